/** Evidence: what was decided and by whom, so that somebody without our servers can check it. */
export { canonicalJson, sha256 } from './canonical.js';
export { certificateBody, decisionKinds, type Basis, type Certificate, type CertificateDraft, type DecisionKind, type RuleRef, type WorkflowStep } from './certificate.js';
export { entryBody, leafHash, type CommandEntry, type Note } from './command-entry.js';
export { commit, holdOf, likeCode, opens, saidUnder, withheld, type Hold, type KeptText } from './commitment.js';
export { decidedFacts, type Decided } from './decided-facts.js';
export * from './log/index.js';
