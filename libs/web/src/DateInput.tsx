import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import type { FieldProps } from './Field.js';

/** A civil date, typed as `2023-04-12` or picked; the panel opens at the system's today. */
export function DateInput({ value, onChange, today, ...field }: { value: string | null; onChange: (on: string | null) => void; today?: string; disabled?: boolean } & Partial<FieldProps>) {
  return (
    <DatePicker
      {...field} className="zj-date" format="YYYY-MM-DD" placeholder="年-月-日" showNow={false}
      value={value ? dayjs(value) : null} {...(today ? { defaultPickerValue: dayjs(today) } : {})}
      onKeyDown={(event) => { if (event.key === 'Enter') event.preventDefault(); }} // Enter takes the date; it does not send the form
      onChange={(on) => onChange(on ? on.format('YYYY-MM-DD') : null)}
      status={field['aria-invalid'] ? 'error' : ''}
    />
  );
}
