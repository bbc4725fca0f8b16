/** How the driver turns a value into what goes over the wire. */
declare module 'pg/lib/utils.js' {
  const utils: { prepareValue: (this: void, value: unknown) => string | Buffer | null };
  export default utils;
}
