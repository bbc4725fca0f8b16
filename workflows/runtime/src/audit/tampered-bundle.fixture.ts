import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { canonicalJson, keyId, sha256, signHead, signText, type LogKey } from '@zhijian/audit';
import { bundlePaths, eventHashes, type Files, type History, type LogProofs, type Manifest, type RoomPart } from '@zhijian/audit/bundle';
import { bytesOf, historyOf } from '../archive/history-bytes.js';

/** A bundle in somebody's hands: what they change, they change here. */
export class Bundle {
  readonly files: Map<string, Buffer>;
  constructor(files: Files) {
    this.files = new Map(files);
  }

  read<T>(path: string): T {
    return JSON.parse(this.files.get(path)!.toString('utf8')) as T;
  }

  json<T>(path: string, change: (value: T) => void): void {
    const value = this.read<T>(path);
    change(value);
    this.files.set(path, Buffer.from(canonicalJson(value), 'utf8'));
  }

  room(name: string, change: (part: RoomPart) => void): void {
    this.json(bundlePaths.room(name), change);
  }

  history(change: (history: History) => void): void {
    const history = historyOf(this.files.get(bundlePaths.history)!);
    change(history);
    this.files.set(bundlePaths.history, bytesOf(historyFromJSON(history)));
  }

  /** The list of the events' hashes is made to fit, so that the log alone tells. */
  relisted(): void {
    this.files.set(bundlePaths.events, Buffer.from(eventHashes(this.files.get(bundlePaths.history)!), 'utf8'));
  }

  /** Whoever holds the key makes a new list and signs it. */
  signedBy(key: LogKey): void {
    const manifest = this.read<Manifest>(bundlePaths.manifest);
    const listed = [...this.files].filter(([path]) => path !== bundlePaths.manifest && path !== bundlePaths.signature).sort(([a], [b]) => (a < b ? -1 : 1));
    const text = canonicalJson({ ...manifest, files: listed.map(([path, content]) => ({ path, sha256: sha256(content), bytes: content.length })) });
    this.files.set(bundlePaths.manifest, Buffer.from(text, 'utf8'));
    this.files.set(bundlePaths.signature, Buffer.from(canonicalJson({ algorithm: 'Ed25519', keyId: keyId(key.publicKey), publicKey: key.publicKey, signature: signText(text, key) }), 'utf8'));
  }

  /** The same bundle of an installation whose key the test holds. */
  movedTo(key: LogKey): void {
    this.json<LogProofs>(bundlePaths.proofs, (proofs) => {
      proofs.head = signHead({ ...proofs.head.head, installation: key.installation }, key);
      proofs.publicKey = key.publicKey;
    });
    this.json<Manifest>(bundlePaths.manifest, (manifest) => {
      manifest.installation = key.installation;
      manifest.treeHead = this.read<LogProofs>(bundlePaths.proofs).head;
    });
    this.signedBy(key);
  }
}
