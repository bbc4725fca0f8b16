import type { LocalDate } from '@zhijian/calendar';

interface Dated { readonly dueOn: string; readonly firm: boolean }

/** Whether a day counted anew takes the place of one that stands: what is certain is never shortened, nor made uncertain, and what has passed stays. */
export const recounted = (stood: Dated, anew: { readonly on: LocalDate; readonly firm: boolean }, today: LocalDate): boolean =>
  stood.firm ? anew.firm && anew.on > stood.dueOn && stood.dueOn >= today : anew.firm || anew.on !== stood.dueOn;
