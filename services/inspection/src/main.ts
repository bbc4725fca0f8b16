import { start } from '@zhijian/service-kit';
import { inspectionRoom } from './room.js';

await start(inspectionRoom);
