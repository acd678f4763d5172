/** Runs vectors by the code that is shipped, alike in Node and in a page: it needs nothing that only one of them has. */
import { Aes128Gcm, Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import type { EventBody, OpenedEvent } from '../../src/domain/report-sealing.js';
import {
  type ChainFindings,
  isSealingFault,
  openDataKey,
  openEvents,
  placeOfEvent,
  reportSealing,
  verifyChain,
} from '../../src/sealing/index.js';
import { runArgon2 } from '../../src/web/inbox/crypto/argon2.js';
import { fromBase64url, toBase64url } from '../../src/web/inbox/crypto/bytes.js';
import { keysOfPassword } from '../../src/web/inbox/crypto/derive.js';
import { importPrivateKey, unwrapPrivateKey } from '../../src/web/inbox/crypto/key-pair.js';
import type { Vector } from './inbox-browser-vectors.js';
import type { HpkeVector } from './report-hpke-vectors.js';
import type { OpenedReport, SealedReport } from './report-vectors.js';

/** What the holders of the keys read. */
export async function openReport(sealed: SealedReport): Promise<OpenedReport & { readonly chain: ChainFindings }> {
  const { reportId, keyId, reader, events, reply, receipt } = sealed;
  const privateKey = await importPrivateKey(fromBase64url(reader.privateKey));
  const pair = { privateKey, publicKey: reader.publicKey };
  const dataKey = await openDataKey(sealed.sealedKey, { reportId, keyId }, pair);
  const openings = await openEvents(reportId, events, new Map([[keyId, dataKey]]));
  const keys = await reportSealing.keysOfReceipt(receipt);
  return {
    dataKey: toBase64url(dataKey),
    events: openings.map(({ opened }) => {
      if (typeof opened === 'string') throw new Error(opened);
      return opened;
    }),
    lookupId: keys.lookupId,
    reporterKey: keys.publicKey,
    reply: await keys.open(placeOfEvent(reportId, reply), reply.toReporter),
    chain: verifyChain(events, openings),
  };
}

/** Seals the same again, under the same key: other nonces, other bytes, another chain. */
export async function sealReport(places: SealedReport, opened: OpenedReport): Promise<SealedReport> {
  const { reportId, keyId, reader } = places;
  const dataKey = fromBase64url(opened.dataKey);
  const events: SealedReport['events'][number][] = [];
  for (const [index, event] of places.events.entries()) {
    const { body } = opened.events[index] as OpenedEvent;
    const digests = events.map(({ digest }) => digest);
    const renewed: EventBody = 'submitted' in body ? { submitted: digests } : body;
    const said = { body: renewed, previous: digests.at(-1) ?? '' };
    const sealed = await reportSealing.sealEvent(dataKey, placeOfEvent(reportId, event), said);
    events.push({ ...event, sealed, digest: await reportSealing.digestOf(sealed) });
  }
  const place = placeOfEvent(reportId, places.reply);
  const toReporter = await reportSealing.sealToReporter(opened.reporterKey, place, opened.reply);
  const sealedKey = await reportSealing.sealDataKey(dataKey, { reportId, keyId }, reader.publicKey);
  return { ...places, sealedKey, events, reply: { ...places.reply, toReporter } };
}

/** How an altered event, a moved one, a cut one, an altered key, a point of low order and a wrong receipt are refused. */
export async function refusals({ reportId, keyId, reader, events, sealedKey }: SealedReport): Promise<string[]> {
  const privateKey = await importPrivateKey(fromBase64url(reader.privateKey));
  const pair = { privateKey, publicKey: reader.publicKey };
  const dataKey = await openDataKey(sealedKey, { reportId, keyId }, pair);
  const [event, next] = events;
  if (!event?.sealed || !next) throw new Error('No events');
  const [place, other] = [placeOfEvent(reportId, event), placeOfEvent(reportId, { ...event, seq: next.seq })];
  const tries = [
    reportSealing.openEvent(dataKey, place, altered(event.sealed)),
    reportSealing.openEvent(dataKey, other, event.sealed),
    reportSealing.openEvent(dataKey, place, event.sealed.slice(0, -4)),
    openDataKey(altered(sealedKey), { reportId, keyId }, pair),
    reportSealing.sealDataKey(dataKey, { reportId, keyId }, 'A'.repeat(43)),
    reportSealing.keysOfReceipt('AAAAA-AAAAA-AAAAA-AAAAA-0'),
  ];
  return Promise.all(
    tries.map((one) =>
      one.then(
        () => 'not refused',
        (error: unknown) => (isSealingFault(error) ? error.code : String(error)),
      ),
    ),
  );
}

/** Its first character is another, all of whose bits count. */
function altered(sealed: string): string {
  return (sealed.startsWith('A') ? 'B' : 'A') + sealed.slice(1);
}

/** A published vector, from its seeds on, by the library. */
export async function runHpkeVector(vector: HpkeVector) {
  const kem = new DhkemX25519HkdfSha256();
  const aead = vector.aeadId === 1 ? new Aes128Gcm() : new Aes256Gcm();
  const suite = new CipherSuite({ kem, kdf: new HkdfSha256(), aead });
  const recipientKey = await kem.deriveKeyPair(fromHex(vector.ikmR));
  const { publicKey: recipientPublicKey } = recipientKey;
  const info = fromHex(vector.info);
  const ekm = fromHex(vector.ikmE);
  const sender = await suite.createSenderContext({ recipientPublicKey, info, ekm });
  const recipient = await suite.createRecipientContext({ recipientKey, enc: sender.enc, info });
  const sealed: string[] = [];
  const texts: string[] = [];
  for (const message of vector.messages) {
    const aad = fromHex(message.aad);
    sealed.push(toHex(await sender.seal(fromHex(vector.text), aad)));
    texts.push(toHex(await recipient.open(fromHex(message.sealed), aad)));
  }
  return {
    skRm: toHex(await kem.serializePrivateKey(recipientKey.privateKey)),
    pkRm: toHex(await kem.serializePublicKey(recipientPublicKey)),
    enc: toHex(sender.enc),
    sealed,
    texts,
    exported: await Promise.all(
      vector.exported.map(async ({ context }) => toHex(await sender.export(fromHex(context), 32))),
    ),
  };
}

/** What `runHpkeVector` should give. */
export function expectedOfHpke({ skRm, pkRm, enc, messages, text, exported }: HpkeVector) {
  return {
    skRm,
    pkRm,
    enc,
    sealed: messages.map(({ sealed }) => sealed),
    texts: messages.map(() => text),
    exported: exported.map(({ value }) => value),
  };
}

/** A delegate's password, down to the private key: Argon2id, HKDF, AES-GCM. */
export async function runPasswordVector({ password, salt, kdf, wrappedPrivateKey: wrapped, publicKey }: Vector) {
  const { authKey, wrapKey } = await keysOfPassword(runArgon2, { password, salt: fromBase64url(salt), kdf });
  return {
    authKey: toBase64url(authKey),
    privateKey: toBase64url(await unwrapPrivateKey(wrapKey, { wrapped, publicKey })),
  };
}

function fromHex(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function toHex(bytes: ArrayBufferLike): string {
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
