import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/**
 * What src/sealing does, written a second time from RFC 9180 and RFC 5869 with the primitives of Node (OpenSSL) alone: a
 * second witness of every byte. It shares no line with what it is compared with.
 */
export interface HpkeMessage {
  readonly info: Buffer;
  readonly aad: Buffer;
  /** 1: AES-128-GCM; 2: AES-256-GCM. */
  readonly aeadId: 1 | 2;
}

const KEM = Buffer.from('4b454d0020', 'hex');
const KEY_BYTES = { 1: 16, 2: 32 } as const;
const CIPHER = { 1: 'aes-128-gcm', 2: 'aes-256-gcm' } as const;
const PKCS8 = Buffer.from('302e020100300506032b656e04220420', 'hex');
const SPKI = Buffer.from('302a300506032b656e032100', 'hex');
const NONE = Buffer.alloc(0);

/** Section 4, LabeledExtract. */
function extract(suite: Buffer, salt: Buffer, label: string, material: Buffer): Buffer {
  return createHmac('sha256', salt)
    .update(Buffer.concat([Buffer.from('HPKE-v1'), suite, Buffer.from(label), material]))
    .digest();
}

/** Section 4, LabeledExpand; one block is enough for everything here. */
function expand(suite: Buffer, { key, label, info }: { key: Buffer; label: string; info: Buffer }, length: number) {
  const head = Buffer.alloc(2);
  head.writeUInt16BE(length);
  const labeled = Buffer.concat([head, Buffer.from('HPKE-v1'), suite, Buffer.from(label), info]);
  return createHmac('sha256', key)
    .update(Buffer.concat([labeled, Buffer.of(1)]))
    .digest()
    .subarray(0, length);
}

/** Section 7.1.3, for X25519. */
export function deriveKeyPairByHand(material: Buffer): { privateKey: Buffer; publicKey: Buffer } {
  const key = extract(KEM, NONE, 'dkp_prk', material);
  const privateKey = expand(KEM, { key, label: 'sk', info: NONE }, 32);
  return { privateKey, publicKey: publicKeyByHand(privateKey) };
}

export function publicKeyByHand(privateKey: Buffer): Buffer {
  return createPublicKey(importPrivate(privateKey)).export({ format: 'der', type: 'spki' }).subarray(-32);
}

/** Section 4.1, both sides of it: `own` is the ephemeral key of a sender, the private one of a recipient. */
export function sharedSecretByHand(own: Buffer, other: Buffer, context: Buffer): Buffer {
  const publicKey = createPublicKey({ key: Buffer.concat([SPKI, other]), format: 'der', type: 'spki' });
  const dh = diffieHellman({ privateKey: importPrivate(own), publicKey });
  const key = extract(KEM, NONE, 'eae_prk', dh);
  return expand(KEM, { key, label: 'shared_secret', info: context }, 32);
}

/** Section 5.1, mode base. */
export function scheduleByHand(shared: Buffer, { info, aeadId }: Pick<HpkeMessage, 'info' | 'aeadId'>) {
  const suite = Buffer.from(`48504b4500200001000${aeadId}`, 'hex');
  const context = Buffer.concat([
    Buffer.of(0),
    extract(suite, NONE, 'psk_id_hash', NONE),
    extract(suite, NONE, 'info_hash', info),
  ]);
  const secret = extract(suite, shared, 'secret', NONE);
  return {
    key: expand(suite, { key: secret, label: 'key', info: context }, KEY_BYTES[aeadId]),
    nonce: expand(suite, { key: secret, label: 'base_nonce', info: context }, 12),
    exporter: expand(suite, { key: secret, label: 'exp', info: context }, 32),
  };
}

/** `enc` and the first message, as the library gives them. @param ephemeral at random unless a vector has one. */
export function hpkeSealByHand(
  recipient: Buffer,
  text: Buffer,
  message: HpkeMessage,
  ephemeral: Buffer = randomBytes(32),
) {
  const enc = publicKeyByHand(ephemeral);
  const shared = sharedSecretByHand(ephemeral, recipient, Buffer.concat([enc, recipient]));
  const { key, nonce } = scheduleByHand(shared, message);
  return Buffer.concat([enc, gcmSealByHand(key, nonce, message.aad, text)]);
}

/** @throws Error when it does not open. */
export function hpkeOpenByHand(privateKey: Buffer, sealed: Buffer, message: HpkeMessage): Buffer {
  const enc = sealed.subarray(0, 32);
  const shared = sharedSecretByHand(privateKey, enc, Buffer.concat([enc, publicKeyByHand(privateKey)]));
  const { key, nonce } = scheduleByHand(shared, message);
  return gcmOpenByHand(key, nonce, message.aad, sealed.subarray(32));
}

export function gcmSealByHand(key: Buffer, nonce: Buffer, aad: Buffer, text: Buffer): Buffer {
  const cipher = createCipheriv(CIPHER[key.length === 16 ? 1 : 2], key, nonce).setAAD(aad);
  return Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
}

/** @throws Error when it does not open. */
export function gcmOpenByHand(key: Buffer, nonce: Buffer, aad: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(CIPHER[key.length === 16 ? 1 : 2], key, nonce, { authTagLength: 16 })
    .setAAD(aad)
    .setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
}

/** Four bytes of length, the text, zeros up to a multiple of 512. */
export function padByHand(text: string): Buffer {
  const bytes = Buffer.from(text);
  const padded = Buffer.alloc(Math.ceil((4 + bytes.length) / 512) * 512);
  padded.writeUInt32BE(bytes.length);
  bytes.copy(padded, 4);
  return padded;
}

export function unpadByHand(padded: Buffer): string {
  return padded.subarray(4, 4 + padded.readUInt32BE()).toString();
}

/** @param symbols of a receipt, without hyphens and check character. */
export function receiptKeysByHand(symbols: string) {
  const derive = (info: string) => Buffer.from(hkdfSync('sha256', symbols, '', info, 32));
  const lookupId = derive('permanence/report-lookup/v1');
  return { lookupId, ...deriveKeyPairByHand(derive('permanence/reporter-key/v1')) };
}

export function digestByHand(sealed: string): string {
  return createHash('sha256').update(Buffer.from(sealed, 'base64url')).digest('base64url');
}

function importPrivate(raw: Buffer): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8, raw]), format: 'der', type: 'pkcs8' });
}
