import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { canonicalJson, sha256 } from '../canonical.js';

/** The state of the log at an instant: so many entries with this root. */
export interface TreeHead {
  v: 1;
  /** The installation whose log it is; made with its key. */
  installation: string;
  size: number;
  /** Lower-case hex. */
  root: string;
  /** By the clock of the machine, not the demonstration's; ISO with offset. */
  at: string;
}
export interface SignedHead {
  head: TreeHead;
  /** Which key: SHA-256 (hex) of its public half in SPKI form. */
  key: string;
  /** Ed25519 over the head in canonical JSON; Base64. */
  signature: string;
}
/** Signs heads; kept outside the database. Both halves in DER and Base64 (PKCS#8, SPKI). */
export interface LogKey { installation: string; publicKey: string; privateKey: string }

/** A new key for an installation's log. */
export function newLogKey(installation: string): LogKey {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { installation, publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'), privateKey: privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64') };
}

/** The name of a public key. @param publicKey SPKI, Base64 */
export const keyId = (publicKey: string): string => sha256(Buffer.from(publicKey, 'base64'));

/** Ed25519 over a text (UTF-8), Base64. */
export const signText = (text: string, { privateKey }: Pick<LogKey, 'privateKey'>): string =>
  sign(null, Buffer.from(text, 'utf8'), createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' })).toString('base64');

/** Whether the holder of the key signed this text; false too for what is no signature or no key. */
export function signed(text: string, signature: string, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ed25519' && verify(null, Buffer.from(text, 'utf8'), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}

/** A head as it is signed. */
export const headText = ({ v, installation, size, root, at }: TreeHead): string => canonicalJson({ v, installation, size, root, at });

export const signHead = (head: TreeHead, key: LogKey): SignedHead => ({ head, key: keyId(key.publicKey), signature: signText(headText(head), key) });

export const headSigned = ({ head, key, signature }: SignedHead, publicKey: string): boolean =>
  key === keyId(publicKey) && signed(headText(head), signature, publicKey);
