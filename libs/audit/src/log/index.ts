export { consistencyRanges, continues, emptyRoot, Frontier, includes, inclusionRanges, nodeHash, proofFrom, rootOf, subtreesOf, type Range, type Subtree } from './merkle.js';
export { headSigned, headText, keyId, newLogKey, signed, signHead, signText, type LogKey, type SignedHead, type TreeHead } from './head.js';
export { countersign, countersigned, treeOf, type Countersignature, type Witnessed } from './witness.js';
export { verifyLeaves, verifyLog, type LogFault, type LogVerdict } from './verify.js';
