export { room } from './room.js';
