/**
 * Every `patched()` name in use, when it came, which stored history shows the old side, and when it may go.
 * None yet. What a run's own input tells apart needs no patch, for the input is in its history:
 *
 * - `campaign` started without `units` (before 22 November 2026, second release) asks for them and opens nothing together;
 *   shown by `campaign/finished.2026-11.json`. May go when no such run is open.
 * - `unitCampaign` started without `together` plans itself at once; shown by the histories of `unit-campaign` of that time.
 *   Stays: a unit may always be started alone.
 */
export const patches = {} as const satisfies Record<string, { since: string }>;
