/** Who is calling and where they may act: tokens of the issuer, principals, places. */
export { actorOf, inPlace, mayActFor, type Place, type Principal } from './principal.js';
export { tokenVerifier, algorithms, type Trusted } from './token.js';
export { IssuerUnavailable, TokenRefused } from './failure.js';
