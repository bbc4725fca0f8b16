export { bundle, bundlePath } from './bundle.js';
export { bridgeHandlers } from './bridge/bridge.js';
export { routes, type Move } from './bridge/routes.js';
export { quietRuntime, replaying } from './audit/replay.js';
