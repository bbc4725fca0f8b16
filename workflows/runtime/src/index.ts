export { bundle, bundlePath } from './bundle.js';
export { bridgeHandlers } from './bridge/bridge.js';
export { routes, type Move } from './bridge/routes.js';
export { quietRuntime, replaying } from './audit/replay.js';
export { Alarms, type Alarm } from './log/alarms.js';
export { KeptFile } from './log/kept-file.js';
export { type Remembered } from './log/sealed-tree.js';
export { Sequencer, type SequencerOptions } from './log/sequencer.js';
export { Watcher, type Held, type WatcherOptions } from './log/watcher.js';
