declare module 'kafkajs/src/network/requestQueue/index.js' {
  const RequestQueue: { prototype: { scheduleCheckPendingRequests(this: { pending: readonly unknown[] }): void } };
  export default RequestQueue;
}
