// @ts-expect-error the package carries no types
import { DmnModdle } from 'dmn-moddle';

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

interface Reader { fromXML(xml: string): Promise<{ rootElement: unknown; warnings: { message: string }[] }> }
const Moddle = DmnModdle as new () => Reader;

/** Reads DMN 1.3 XML into dmn-moddle's elements, with its warnings. Throws on XML that cannot be read. */
export const readDmn: Reader['fromXML'] = (xml) => new Moddle().fromXML(xml);
