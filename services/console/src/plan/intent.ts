import { useEffect, useState } from 'react';
import { nothing, type Intent } from './plan.js';

const place = 'zhijian-plan';

function kept(): Intent {
  try {
    return { ...nothing, ...(JSON.parse(sessionStorage.getItem(place) ?? '{}') as Partial<Intent>) };
  } catch {
    return nothing;
  }
}

/** What is being planned, kept in this window until it is drafted. */
export function useIntent(): { intent: Intent; put: (more: Partial<Intent>) => void; clear: () => void } {
  const [intent, setIntent] = useState<Intent>(kept);
  useEffect(() => sessionStorage.setItem(place, JSON.stringify(intent)), [intent]);
  return { intent, put: (more) => setIntent((before) => ({ ...before, ...more })), clear: () => setIntent(nothing) };
}
