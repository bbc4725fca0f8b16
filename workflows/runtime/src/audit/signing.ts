import { keyId, signText, type LogKey } from '@zhijian/audit';
import type { ManifestSignature } from '@zhijian/audit/bundle';

/** Signs the list of what an auditor takes away, with the key of the log. */
export const signedBy = (key: LogKey, manifest: string): ManifestSignature => ({ algorithm: 'Ed25519', keyId: keyId(key.publicKey), publicKey: key.publicKey, signature: signText(manifest, key) });
