import { useState } from 'react';
import { emptyDraft, type Draft } from './report.js';

const read = (key: string): Draft | null => {
  try {
    const kept = localStorage.getItem(key);
    return kept ? { ...emptyDraft, ...(JSON.parse(kept) as Partial<Draft>) } : null;
  } catch {
    return null;
  }
};

/** A draft that outlives a closed window; forgotten once it is sent. */
export function useKeptDraft(key: string, first: Draft) {
  const [draft, setDraft] = useState<Draft>(() => read(key) ?? first);
  const put = (more: Partial<Draft>) => setDraft((before) => {
    const next = { ...before, ...more };
    localStorage.setItem(key, JSON.stringify(next));
    return next;
  });
  return { draft, put, forget: () => localStorage.removeItem(key) };
}
