import type { Manifest, ManifestSignature } from '../bundle/format.js';
import { bundleFormat } from '../bundle/format.js';
import { keyId as nameOf, signed as signedBy } from '../log/index.js';

/**
 * Whom the reader trusts: keys by their ids, and the one installation it asks about. No list of keys: the reader has the bundle
 * from its own system and asks nobody; an empty one: it knows nobody, and nothing is looked at.
 */
export interface Trust { keys?: readonly string[]; installation?: string }

const isManifest = (value: unknown): value is Manifest => {
  const { format, installation, madeAt, workflowId, runId, gathering, files } = (value ?? {}) as Partial<Manifest>;
  return format === bundleFormat && [installation, madeAt, workflowId, runId].every((text) => typeof text === 'string') && ['undefined', 'number'].includes(typeof gathering) && Array.isArray(files)
    && files.every((file) => typeof file?.path === 'string' && typeof file.sha256 === 'string' && typeof file.bytes === 'number');
};

/** Reads a manifest. @returns null when it is none of this format */
export function manifestOf(bytes: Uint8Array): Manifest | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return isManifest(value) ? value : null;
  } catch {
    return null;
  }
}

export function signatureOf(bytes: Uint8Array): ManifestSignature | null {
  try {
    const value = JSON.parse(Buffer.from(bytes).toString('utf8')) as ManifestSignature;
    const fits = value.algorithm === 'Ed25519' && [value.keyId, value.publicKey, value.signature].every((text) => typeof text === 'string');
    return fits && nameOf(value.publicKey) === value.keyId ? value : null;
  } catch {
    return null;
  }
}

/** Why a bundle is not looked at, and under which name: signed by a key nobody here knows, or made by another installation. Null: it is. */
export function stranger(manifest: Manifest, { keyId }: ManifestSignature, { keys, installation }: Trust): { check: 'key' | 'signature' | 'installation'; message: string } | null {
  if (keys?.length === 0) return { check: 'key', message: `核验包由密钥 ${keyId} 签名，没有可信的密钥可以比对，未作任何核验` };
  if (keys && !keys.includes(keyId)) return { check: 'signature', message: `核验包由未知的密钥 ${keyId} 签名，未作任何核验` };
  if (installation !== undefined && manifest.installation !== installation) return { check: 'installation', message: `核验包出自另一套系统 ${manifest.installation}，不是 ${installation}，未作任何核验` };
  return null;
}

export const signed = (manifest: Uint8Array, { publicKey, signature }: ManifestSignature): boolean => signedBy(Buffer.from(manifest).toString('utf8'), signature, publicKey);
