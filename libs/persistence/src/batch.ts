import pg, { type Submittable } from 'pg';
import utils from 'pg/lib/utils.js';
import { noteShape, shapeOf, type Shape, type Statement } from './prepared.js';

/** The driver's own connection: it takes anything that can be submitted, one after the other. */
export interface Connection { query(batch: Submittable): unknown }
export interface Answer { rows: unknown[]; rowCount: number; command: string }

interface Field { name: string; dataTypeID: number; format: string }
interface Wire {
  stream: { cork(): void; uncork(): void };
  parse(statement: { name?: string; text: string }): void;
  bind(statement: { statement?: string; values: unknown[] }): void;
  describe(what: { type: 'P' }): void;
  execute(portal: object): void;
  close(what: { type: 'S'; name: string }): void;
  sync(): void;
}

const shapeFrom = (fields: Field[]): Shape => ({
  names: fields.map(({ name }) => name),
  read: fields.map(({ dataTypeID }) => pg.types.getTypeParser(dataTypeID, 'text') as (text: string) => unknown),
});

/**
 * Statements that go to the server in one write and are answered in one: a single Sync ends them all. The first one that
 * fails ends the batch: the server skips what is behind it, a COMMIT too.
 */
export class Batch implements Submittable {
  private readonly answers: Answer[] = [];
  private readonly shapes: (Shape | undefined)[];
  private readonly values: unknown[][];
  private rows: unknown[] = [];
  private resolve!: (answers: Answer[]) => void;
  private reject!: (error: Error) => void;
  private broken: Error | undefined;
  readonly answered = new Promise<Answer[]>((resolve, reject) => { this.resolve = resolve; this.reject = reject; });
  private wire: Wire | undefined;

  constructor(readonly statements: readonly Statement[]) {
    this.shapes = new Array<Shape | undefined>(statements.length);
    this.values = statements.map(({ values }) => values.map(utils.prepareValue));
  }

  /** The driver calls this when the connection is free, and the `handle…` with what comes back. */
  submit(connection: unknown): void {
    const wire = (this.wire = connection as Wire);
    wire.stream.cork();
    for (const [at, { name, text }] of this.statements.entries()) {
      const shape = (this.shapes[at] = name ? shapeOf(wire, name) : undefined);
      if (!shape) {
        if (name) wire.close({ type: 'S', name }); // a try before may have got no further than this
        wire.parse({ text, ...(name ? { name } : {}) });
      }
      wire.bind({ values: this.values[at]!, ...(name ? { statement: name } : {}) });
      if (!shape) wire.describe({ type: 'P' });
      wire.execute({});
    }
    wire.sync();
    wire.stream.uncork();
  }

  handleRowDescription({ fields }: { fields: Field[] }): void {
    this.shapes[this.answers.length] = shapeFrom(fields);
  }

  handleDataRow({ fields }: { fields: (string | null)[] }): void {
    const { names, read } = this.shapes[this.answers.length]!;
    const row: Record<string, unknown> = {};
    try {
      for (let at = 0; at < names.length; at += 1) {
        const text = fields[at];
        row[names[at]!] = text === null || text === undefined ? null : read[at]!(text);
      }
    } catch (error) {
      this.broken ??= error as Error; // told when the server is ready again
    }
    this.rows.push(row);
  }

  handleCommandComplete({ text }: { text: string }): void {
    const { name } = this.statements[this.answers.length]!;
    if (name && this.wire) noteShape(this.wire, name, this.shapes[this.answers.length] ?? { names: [], read: [] });
    const words = text.split(' ');
    this.answers.push({ rows: this.rows, rowCount: Number(words.at(-1)) || 0, command: words[0]! });
    this.rows = [];
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete({ text: '' });
  }

  handleReadyForQuery(): void {
    if (this.broken) this.reject(this.broken);
    else this.resolve(this.answers);
  }

  handleError(error: Error): void {
    this.reject(error);
  }
}

/**
 * Sends statements as one batch.
 * @throws the server's error of the first one that failed
 */
export async function send(connection: Connection, statements: readonly Statement[]): Promise<Answer[]> {
  const batch = new Batch(statements);
  connection.query(batch);
  try {
    return await batch.answered;
  } catch (error) {
    Error.captureStackTrace(error as Error); // the driver's own trace ends at the socket
    throw error;
  }
}
