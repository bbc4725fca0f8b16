/** Who and where, from the room's own copies: without Nest, so that the gateway may use it too. */
export { Directory, NotInDirectory } from './directory.js';
export { directoryHandlers, keepInDirectory } from './keep.js';
export { whoGrants } from './who-grants.js';
export { offices } from '../task/task.rules.js';
