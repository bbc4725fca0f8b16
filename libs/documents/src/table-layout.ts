/** A ledger that comes in and goes out as a plain table: one line of column names, one line an entry. */
export interface TableLayout {
  readonly title: string;
  /** The sheet that must hold it; without it the only sheet with content. A csv has no sheets. */
  readonly sheet?: string;
  readonly columns: readonly TableColumn[];
}

export interface TableColumn {
  readonly key: string;
  readonly title: string;
  /** Other names under which the column is known. */
  readonly also?: readonly string[];
  readonly required?: boolean;
  /** The whole column may be missing from the file. */
  readonly optional?: boolean;
  /**
   * text: trimmed; code: half-width capitals without spaces; date: `YYYY-MM-DD`; yes-no: 是/否 as boolean;
   * integer: a whole number, not negative; list: texts between 、 or other commas.
   */
  readonly parse: 'text' | 'code' | 'date' | 'yes-no' | 'integer' | 'list';
  /** Whoever fills it in writes freely here: a reason, a remark, whose task something is. */
  readonly words?: boolean;
  /** Most characters of a text, largest integer, most entries of a list. */
  readonly max?: number;
  /** No two lines may have the same. */
  readonly unique?: boolean;
  /** What is printed for each value; the value is given and taken, the words stand in the file. */
  readonly choices?: Readonly<Record<string, string>>;
  /** Takes the text as read, gives what is wrong with it in Chinese, or null. */
  readonly check?: (value: string) => string | null;
  readonly width?: number;
}
