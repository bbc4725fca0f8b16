import { decisionKinds, type DecisionKind } from '@zhijian/contracts';
import { canonicalJson, sha256 } from './canonical.js';

export { decisionKinds, type DecisionKind };

/** `rule`: computed from the pack and the calendar, anybody computes it again. `person`: an officer weighed it; reasons are part of the inputs. */
export type Basis = 'rule' | 'person';

/** Which rule; its full text is kept once under its hash (table `rule_text`) and travels with an exported certificate. */
export interface RuleRef {
  /** `table`, `period`, `date`, `band`, … the forms that `libs/audit` can compute again. */
  form: string;
  /** Its id in the pack. */
  name: string;
  /** SHA-256 of the rule's text in canonical JSON. */
  sha256: string;
}

export interface WorkflowStep { id: string; run: string; activity: string }

export interface Certificate {
  id: string;
  kind: DecisionKind;
  basis: Basis;
  /** What it is about: an institution, an obligation, a duty of a unit, … by its id. */
  subject: string;
  /** Whom else it decides for alike, by their ids in order: the bodies of a list, the obligations of a duty. Left out where there is nobody. */
  about?: readonly string[];
  jurisdiction: string;
  inputs: Record<string, unknown>;
  inputsSha256: string;
  /** The result; null when undetermined. */
  outcome: unknown;
  determined: boolean;
  /** Why, or why undetermined; one Chinese sentence. */
  reason: string | null;
  pack: { id: string; version: number; sha256: string } | null;
  rule: RuleRef | null;
  /** The clauses with their words. */
  clauses: { id: string; quote: string }[];
  /** Version of the calendar; null where no day was counted. */
  calendar: string | null;
  actor: string;
  cause: string;
  workflow: WorkflowStep | null;
  at: string;
}

/** What the deciding code gives; actor, cause, step and time come from the transaction, never from a caller's body. */
export type CertificateDraft = Omit<Certificate, 'id' | 'inputsSha256' | 'actor' | 'cause' | 'workflow' | 'at' | 'jurisdiction' | 'rule' | 'determined'> & {
  jurisdiction?: string;
  determined?: boolean;
  /** The rule with its full text (JSON). */
  rule: { form: string; name: string; text: unknown } | null;
};

/** A certificate as it is stored and hashed: canonical JSON. */
export function certificateBody(certificate: Certificate): { body: string; sha256: string } {
  const body = canonicalJson(certificate);
  return { body, sha256: sha256(body) };
}
