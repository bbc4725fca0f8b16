import RequestQueue, { type Queue } from 'kafkajs/src/network/requestQueue/index.js';

/**
 * kafkajs 2.2.4 looks for waiting requests every millisecond on every connection, also when none waits: it asks Node for a
 * timer that has passed already, and again when that has fired. Whatever is left waiting asks for the look itself, and an
 * answer looks anyway; so without anything waiting there is nothing to look for.
 */
const look = Reflect.get(RequestQueue.prototype, 'scheduleCheckPendingRequests');
RequestQueue.prototype.scheduleCheckPendingRequests = function whenSomethingWaits(this: Queue): void {
  if (this.pending.length > 0) look.call(this);
};
