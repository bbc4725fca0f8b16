declare module 'kafkajs/src/network/requestQueue/index.js' {
  export interface Queue { pending: readonly unknown[]; scheduleCheckPendingRequests(): void }
  const RequestQueue: { prototype: Queue };
  export default RequestQueue;
}
