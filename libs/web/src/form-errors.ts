import { createContext, useContext } from 'react';

export interface FieldError { path: string; message: string }

/** The errors of the form around a field. */
export const FormErrors = createContext<readonly FieldError[]>([]);

/** Which of several forms of a page a field stands in, where two ask for the same thing. */
export const FormScope = createContext('');

/** The element id of the field at a JSON Pointer. */
export const fieldId = (pointer: string, scope = ''): string => `field${scope ? `-${scope}` : ''}${pointer.replaceAll('/', '-')}`;
export const useFieldId = (pointer: string): string => fieldId(pointer, useContext(FormScope));

/** The message for this field: of its own pointer, or, where it stands for all below it, of what lies there. */
export function useFieldError(pointer: string, below = true): string | null {
  const errors = useContext(FormErrors);
  return errors.find(({ path }) => path === pointer || (below && path.startsWith(`${pointer}/`)))?.message ?? null;
}
