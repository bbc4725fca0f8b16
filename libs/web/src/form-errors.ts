import { createContext, useContext } from 'react';

export interface FieldError { path: string; message: string }

/** The errors of the form around a field. */
export const FormErrors = createContext<readonly FieldError[]>([]);

/** The element id of the field at a JSON Pointer. */
export const fieldId = (pointer: string): string => `field${pointer.replaceAll('/', '-')}`;

/** The message for this field: of its own pointer, or, where it stands for all below it, of what lies there. */
export function useFieldError(pointer: string, below = true): string | null {
  const errors = useContext(FormErrors);
  return errors.find(({ path }) => path === pointer || (below && path.startsWith(`${pointer}/`)))?.message ?? null;
}
