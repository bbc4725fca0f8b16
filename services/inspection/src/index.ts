export { inspectionRoom } from './room.js';
