import { describe, expect, test } from '@jest/globals';
import { VECTORS } from '../../support/inbox-browser-vectors.js';
import {
  deriveKeyPairByHand,
  gcmSealByHand,
  hpkeOpenByHand,
  hpkeSealByHand,
  scheduleByHand,
  sharedSecretByHand,
} from '../../support/report-by-hand.js';
import { HPKE_VECTORS } from '../../support/report-hpke-vectors.js';
import { OPENED_REPORT, SEALED_REPORT } from '../../support/report-vectors.js';
import {
  expectedOfHpke,
  openReport,
  runHpkeVector,
  runPasswordVector,
  sealReport,
} from '../../support/report-vectors-run.js';

describe.each(HPKE_VECTORS)('$name', (vector) => {
  const hex = (text: string) => Buffer.from(text, 'hex');
  const { info, aeadId } = { info: hex(vector.info), aeadId: vector.aeadId };

  test('the library gives every byte of it', async () => {
    expect(await runHpkeVector(vector)).toEqual(expectedOfHpke(vector));
  });

  test('so does HPKE written from the RFC, which the reports below were made with', () => {
    const recipient = deriveKeyPairByHand(hex(vector.ikmR));
    const ephemeral = deriveKeyPairByHand(hex(vector.ikmE));
    expect(recipient).toEqual({ privateKey: hex(vector.skRm), publicKey: hex(vector.pkRm) });
    expect(ephemeral).toEqual({ privateKey: hex(vector.skEm), publicKey: hex(vector.enc) });
    const context = Buffer.concat([ephemeral.publicKey, recipient.publicKey]);
    const shared = sharedSecretByHand(recipient.privateKey, ephemeral.publicKey, context);
    expect(shared).toEqual(hex(vector.sharedSecret));
    const { key, nonce, exporter } = scheduleByHand(shared, { info, aeadId });
    expect([key, nonce, exporter]).toEqual([hex(vector.key), hex(vector.baseNonce), hex(vector.exporterSecret)]);
    const [first] = vector.messages.map(({ aad, sealed }) => ({ aad: hex(aad), sealed: hex(sealed) }));
    const aad = first?.aad ?? Buffer.alloc(0);
    const whole = Buffer.concat([ephemeral.publicKey, first?.sealed ?? Buffer.alloc(0)]);
    expect(gcmSealByHand(key, nonce, aad, hex(vector.text))).toEqual(first?.sealed);
    const message = { info, aad, aeadId };
    expect(hpkeSealByHand(recipient.publicKey, hex(vector.text), message, ephemeral.privateKey)).toEqual(whole);
    expect(hpkeOpenByHand(recipient.privateKey, whole, message)).toEqual(hex(vector.text));
  });
});

describe('a report that was sealed once by other means', () => {
  const whole = { events: SEALED_REPORT.events.map(() => 'ok'), isComplete: true };

  test('opens, wholly', async () => {
    expect(await openReport(SEALED_REPORT)).toEqual({ ...OPENED_REPORT, chain: whole });
  });

  test('opens again when it was sealed again', async () => {
    const again = await sealReport(SEALED_REPORT, OPENED_REPORT);
    const { events, chain, ...rest } = await openReport(again);
    const { events: before, ...restBefore } = OPENED_REPORT;
    expect(rest).toEqual(restBefore);
    expect(chain).toEqual(whole);
    const words = before.map(({ body }) => ('submitted' in body ? 'submitted' : body));
    expect(events.map(({ body }) => ('submitted' in body ? 'submitted' : body))).toEqual(words);
  });
});

test.each(VECTORS)('a delegate’s password opens their private key: $#', async (vector) => {
  const { authKey, privateKey } = vector;
  expect(await runPasswordVector(vector)).toEqual({ authKey, privateKey });
});
