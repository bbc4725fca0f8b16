import { useSession } from './session.js';

/** How a place is called, by those who have it among their own; a place that is not theirs keeps its code. */
export function usePlaceName(): (code: string) => string {
  const { me } = useSession();
  return (code) => me.places.find((one) => one.code === code)?.name ?? code;
}

export const PlaceWord = ({ code }: { code: string }) => <>{usePlaceName()(code)}</>;
