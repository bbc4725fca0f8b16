/** The file an auditor takes away, and its check without our servers. */
export { belongs, caseOf, concerns, homeOf, learntFrom, noticesOf, patternsOf, type AuditedCase, type CaseKind, type Learnt, type NamedCase, type Stated } from './case.js';
export { bundleFormat, bundleLimits, bundlePaths, gatheringNow, isBundlePath, type ArchiveRecord, type KeptFile, type KeptKind, type Manifest, type ManifestFile, type ManifestSignature, type RoomPart } from './format.js';
export { attributesOf, basisOf, bundleOf, eventBytes, eventHashes, kindOf, objectsIn, payloadsOf, type History, type HistoryEvent } from './history.js';
export { brokenSlices, sealOf, stepDigest, type JournalRow, type JournalSeal } from './journal.js';
export { type LogProofs } from './proofs.js';
export { NoBundle, unzipped, zipped } from './zip.js';
export { contentsOf, rowsOf, type Contents, type Files, type Found } from '../verify/contents.js';
export { eventWords } from '../verify/history.check.js';
export { packsIn } from '../verify/policy.check.js';
export { otherRunsIn, unaskedRuns } from '../verify/runs.check.js';
export { type Trust } from '../verify/signature.check.js';
export { verifyBundle, type Divergence, type Replaying, type Verdict } from '../verify/verify.js';
export { storyOf, type StoryLine } from './timeline.js';
export { packWordsIn, type PackWords } from './quotes.js';
export { resultWords } from './words.js';
