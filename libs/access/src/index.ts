/** Who is calling and where they may act: tokens of the issuer, principals, places. */
export { actorOf, inPlace, mayActFor, ofBody, type Identity, type Place, type Principal } from './principal.js';
export { Areas, holdersIn, holdsOn, principalOn, type AppointmentHeld, type Edge, type Holder, type NotAdmitted, type Span, type Standing } from './directory.rules.js';
export { approversFor, officerFaults, samePerson, type Approval, type Approver, type Decider, type OfficerFault } from './approval.rules.js';
export { claimsMapping, ownClaims, type ClaimsMapping } from './claims.js';
export { lately, stepUpMinutes } from './step-up.rules.js';
export { tokenVerifier, algorithms, type Trusted } from './token.js';
export { IssuerUnavailable, TokenRefused } from './failure.js';
/** What each role may do, from the one reviewed table. */
export { conditions, operationOf, readRights, relations, rightOf, rights, stateAllows, type Condition, type Relation, type Right } from './table.js';
export { matters, type Matter, type Standings } from './matters.js';
