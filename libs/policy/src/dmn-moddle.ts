/** The parts of dmn-moddle's element tree that a decision table uses; the package itself carries no types. */
interface Text { text?: string; typeRef?: string }
export interface ModdleTable {
  $type: string;
  hitPolicy?: string;
  aggregation?: string;
  input?: { label?: string; inputExpression?: Text; inputValues?: Text }[];
  output?: { name?: string; label?: string; typeRef?: string; outputValues?: Text; defaultOutputEntry?: Text }[];
  rule?: { id?: string; description?: string; inputEntry?: Text[]; outputEntry?: Text[]; annotationEntry?: Text[] }[];
}
export interface ModdleDecision { $type: 'dmn:Decision'; id: string; name?: string; decisionLogic?: ModdleTable }
export interface ModdleDefinitions { drgElement?: (ModdleDecision | { $type: string })[] }
