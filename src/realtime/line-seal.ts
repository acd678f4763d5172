import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

const VERSION = 1;
const NAME_BYTES = 16;
const COUNT_BYTES = 8;
const HEADER_BYTES = 1 + NAME_BYTES + COUNT_BYTES;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;
/** Processes whose counts are remembered; the one that was silent for longest gives way. */
const MOST_SENDERS = 256;

export interface Opened {
  /** `self` of the process that sealed it. */
  readonly from: string;
  readonly text: string;
}

export interface LineSeal {
  seal(text: string): Buffer;
  /** Undefined for what was not sealed under the key, was altered, or was heard before. */
  open(bytes: Buffer): Opened | undefined;
}

interface Sender {
  readonly key: Buffer;
  count: bigint;
}

/**
 * AES-256-GCM under a key of the sender's own, made of the common one and its name (HKDF-SHA256, RFC 5869). A name is new
 * at each start and a count never comes again under it, so that no nonce does (NIST SP 800-38D, 8.2.1). Counts only grow:
 * whoever holds the line cannot have the same said twice by a process that has been heard.
 * @param self 16 bytes in base64url.
 */
export function createLineSeal(commonKey: Uint8Array, self: string): LineSeal {
  const name = Buffer.from(self, 'base64url');
  if (name.length !== NAME_BYTES) throw new Error('The name of a process has 16 bytes');
  const ownKey = keyOf(commonKey, name);
  const senders = new Map<string, Sender>();
  let count = 0n;

  function remember(from: string, sender: Sender): void {
    senders.delete(from);
    senders.set(from, sender);
    const [oldest] = senders.keys();
    if (senders.size > MOST_SENDERS && oldest !== undefined) senders.delete(oldest);
  }

  return {
    seal(text) {
      count += 1n;
      const header = Buffer.alloc(HEADER_BYTES);
      header.writeUInt8(VERSION);
      name.copy(header, 1);
      header.writeBigUInt64BE(count, 1 + NAME_BYTES);
      const cipher = createCipheriv('aes-256-gcm', ownKey, nonceOf(header)).setAAD(header);
      return Buffer.concat([header, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    },
    open(bytes) {
      if (bytes.length < HEADER_BYTES + TAG_BYTES || bytes[0] !== VERSION) return undefined;
      const header = bytes.subarray(0, HEADER_BYTES);
      const senderName = header.subarray(1, 1 + NAME_BYTES);
      const from = senderName.toString('base64url');
      const known = senders.get(from);
      const sentCount = header.readBigUInt64BE(1 + NAME_BYTES);
      if (known && sentCount <= known.count) return undefined;
      const key = known?.key ?? keyOf(commonKey, senderName);
      const text = decrypt(key, header, bytes.subarray(HEADER_BYTES));
      if (text === undefined) return undefined;
      remember(from, { key, count: sentCount });
      return { from, text };
    },
  };
}

function keyOf(commonKey: Uint8Array, name: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', commonKey, name, 'process', KEY_BYTES));
}

function nonceOf(header: Buffer): Buffer {
  return Buffer.concat([Buffer.alloc(NONCE_BYTES - COUNT_BYTES), header.subarray(1 + NAME_BYTES)]);
}

function decrypt(key: Buffer, header: Buffer, sealed: Buffer): string | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(header), { authTagLength: TAG_BYTES })
    .setAAD(header)
    .setAuthTag(sealed.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
