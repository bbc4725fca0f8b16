/** What the rooms for people share: the API client, formatting, the components of every page. */
export { addresses, type RouteName } from './addresses.js';
export { addressOf, call, ProblemError, request, signIn, upload, type Answer, type BodyInput, type CallInput } from './call.js';
export { newKey } from './key.js';
export { questionKey, useAnswer, worthRetrying } from './use-answer.js';
export { useSubmission, useSubmissionOf, type Submission } from './use-submission.js';
export * from './format.js';
export * from './words.js';
export { fieldId, FormErrors, useFieldError, type FieldError } from './form-errors.js';
export { Field, FieldGroup, type FieldProps } from './Field.js';
export { DateInput } from './DateInput.js';
export { FormShell } from './FormShell.js';
export { ProblemNote } from './ProblemNote.js';
export { Empty, Partial, Shown } from './Shown.js';
export { ClauseNote, PackOnPage, packParts, usePack } from './ClauseNote.js';
export { Chip, DutyChip, InventedLabel, type Tone } from './Chip.js';
export { Table, type Column } from './Table.js';
export { Confirmation, Facts, Page, Part } from './Page.js';
