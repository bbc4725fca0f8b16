// @ts-expect-error the package carries no types
import { DmnModdle } from 'dmn-moddle';

/** The parts of dmn-moddle's element tree that are read here; the package itself carries no types. */
interface Text { text?: string; typeRef?: string }
interface Named { name?: string; typeRef?: string }
interface Requirement { requiredDecision?: { href: string }; requiredInput?: { href: string }; requiredKnowledge?: { href: string } }
export interface ModdleExpression {
  $type: string;
  text?: string;
  contextEntry?: { variable?: Named; value?: ModdleExpression }[];
  calledFunction?: ModdleExpression;
  binding?: { parameter?: Named; bindingFormula?: ModdleExpression }[];
  elements?: ModdleExpression[];
  column?: Named[];
  row?: ModdleExpression[];
  formalParameter?: Named[];
  body?: ModdleExpression;
}
export interface ModdleTable extends ModdleExpression {
  hitPolicy?: string;
  aggregation?: string;
  input?: { label?: string; inputExpression?: Text; inputValues?: Text }[];
  output?: { name?: string; label?: string; typeRef?: string; outputValues?: Text; defaultOutputEntry?: Text }[];
  rule?: { id?: string; description?: string; inputEntry?: Text[]; outputEntry?: Text[]; annotationEntry?: Text[] }[];
}
export interface ModdleElement {
  $type: string;
  id: string;
  name?: string;
  variable?: Named;
  informationRequirement?: Requirement[];
  knowledgeRequirement?: Requirement[];
  decisionLogic?: ModdleExpression;
  encapsulatedLogic?: ModdleExpression;
}
export interface ModdleDefinitions { drgElement?: ModdleElement[] }

interface Reader { fromXML(xml: string): Promise<{ rootElement: unknown; warnings: { message: string }[] }> }
const Moddle = DmnModdle as new () => Reader;

/** DMN 1.4 and 1.5 add nothing that is used here: their namespaces are read as that of 1.3, the one dmn-moddle knows. */
const later = /https:\/\/www\.omg\.org\/spec\/DMN\/(?:20211108|20230324)\//g;

/** Reads DMN XML (1.3 to 1.5) into dmn-moddle's elements, with its warnings. Throws on XML that cannot be read. */
export const readDmn: Reader['fromXML'] = (xml) => new Moddle().fromXML(xml.replace(later, 'https://www.omg.org/spec/DMN/20191111/'));

export const isTable = (logic: ModdleExpression | undefined): logic is ModdleTable => logic?.$type === 'dmn:DecisionTable';
