import { start } from '@zhijian/service-kit';
import { room } from './room.js';

await start(room);
