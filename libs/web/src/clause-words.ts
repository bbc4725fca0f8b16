type Clauses = Record<string, { quote?: string } | undefined>;
/** What a pack, as the API gives it, says in words. */
export interface PackClauses { clauses?: Clauses; laws?: { clauses: Clauses }[] }

/** The words of a clause: of the pack or, where a finding cites it, of the law behind the pack. */
export const clauseWords = ({ clauses, laws = [] }: PackClauses, id: string): string | undefined =>
  [clauses, ...laws.map((law) => law.clauses)].map((all) => all?.[id]?.quote).find((quote) => quote !== undefined);
