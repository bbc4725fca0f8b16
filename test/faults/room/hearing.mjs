import { start } from '@zhijian/service-kit';
import { hearingRoom } from './description.mjs';

await start(hearingRoom);
