/** What weighs heavily (a penalty, a draw, an approval, a publication) needs a sign-in not older than this. */
export const stepUpMinutes = 10;

/**
 * Whether somebody showed the issuer lately who they are. Real time: the demonstration clock never decides it.
 * @param authenticatedAt ISO instant; never lately when unknown or lying more than half a minute ahead
 */
export function lately(authenticatedAt: string | undefined, now: number): boolean {
  const age = now - Date.parse(authenticatedAt ?? '');
  return age >= -30_000 && age <= stepUpMinutes * 60_000;
}
