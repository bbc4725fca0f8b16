import { boxed, type Scope } from './boxed-expression.js';
import { readDmn, type ModdleDefinitions, type ModdleElement } from './dmn-moddle.js';

/**
 * A DMN file as a whole: decisions that need one another, business knowledge, boxed expressions. A pack's tables are read
 * by `parseDecisions`, which allows far less; this is the evaluator as the compatibility kit of DMN asks for it.
 */
export interface DecisionModel { readonly elements: ReadonlyMap<string, ModdleElement> }

/** Reads DMN 1.3 to 1.5. Throws on XML that cannot be read, or of which a part would be left out. */
export async function readModel(xml: string): Promise<DecisionModel> {
  const { rootElement, warnings: [warning] } = await readDmn(xml);
  if (warning) throw new Error(warning.message);
  return { elements: new Map(((rootElement as ModdleDefinitions).drgElement ?? []).map((element) => [element.id, element])) };
}

/** The value of a decision, found by its name, for the input data given by name; null where DMN gives none. Throws when there is no such decision, or when decisions need one another in a circle. */
export function evaluateModel(model: DecisionModel, decision: string, inputs: Scope): unknown {
  const found = [...model.elements.values()].find((element) => element.$type === 'dmn:Decision' && element.name === decision);
  if (!found) throw new Error(`no decision “${decision}”`);
  return valueOf(model, found, inputs, []);
}

function valueOf(model: DecisionModel, element: ModdleElement, inputs: Scope, asking: readonly string[]): unknown {
  if (asking.includes(element.id)) throw new Error(`“${element.name ?? element.id}” needs itself`);
  const nameOf = (it: ModdleElement): string => it.variable?.name ?? it.name ?? it.id;
  if (element.$type === 'dmn:InputData') return inputs[nameOf(element)] ?? null;
  const scope: Record<string, unknown> = {};
  for (const requirement of [...(element.informationRequirement ?? []), ...(element.knowledgeRequirement ?? [])]) {
    const href = (requirement.requiredDecision ?? requirement.requiredInput ?? requirement.requiredKnowledge)?.href ?? '';
    const needed = model.elements.get(href.slice(href.indexOf('#') + 1));
    if (needed) scope[nameOf(needed)] = valueOf(model, needed, inputs, [...asking, element.id]);
  }
  return boxed(element.decisionLogic ?? element.encapsulatedLogic, scope, nameOf(element));
}
