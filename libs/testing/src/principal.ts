import type { Principal } from '@zhijian/access';
import type { Role } from '@zhijian/contracts';

/** A person of a role in a place: `aPrincipal('county', '330106')`; an institution's person names the institution too. */
export const aPrincipal = (role: Role, place = '330100', institutionId?: string, id = `${role}-${place}`): Principal =>
  ({ id, name: id, role, places: [{ code: place, ...(institutionId ? { institutionId } : {}) }] });

/** A principal as the bearer token that `verifyTestToken` reads. Real tokens are signed; these are only for `testRoom`. */
export const testToken = (principal: Principal): string => Buffer.from(JSON.stringify(principal)).toString('base64url');

/** @throws when the token is not one of `testToken` */
export const verifyTestToken = async (token: string): Promise<Principal> => JSON.parse(Buffer.from(token, 'base64url').toString()) as Principal;
