import { start } from '@zhijian/service-kit';
import { commandRoom } from './description.mjs';

await start(commandRoom);
