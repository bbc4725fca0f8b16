/**
 * Every `patched()` name in use, when it came, which stored history shows the old side, and when it may go.
 * None yet: no workflow has changed since the first histories were stored.
 */
export const patches = {} as const satisfies Record<string, { since: string }>;
