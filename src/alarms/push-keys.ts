import webPush from 'web-push';
import { isDomainError } from '../domain/errors.js';
import type { SettingsStore } from '../storage/ports/settings-store.js';

/** VAPID key pair (RFC 8292), base64url. */
export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** The server's own pair; made at the first start, and the same in every process and for ever after. */
export async function loadPushKeys(settings: SettingsStore): Promise<PushKeys> {
  const stored = await settings.load('push-keys');
  if (stored) return toKeys(stored.value);
  const { publicKey, privateKey } = webPush.generateVAPIDKeys();
  try {
    await settings.save('push-keys', { publicKey, privateKey });
  } catch (error) {
    // Another process made them first: its pair counts.
    if (!isDomainError(error, 'revision-conflict')) throw error;
    return loadPushKeys(settings);
  }
  return { publicKey, privateKey };
}

function toKeys({ publicKey, privateKey }: Readonly<Record<string, unknown>>): PushKeys {
  if (typeof publicKey !== 'string' || typeof privateKey !== 'string')
    throw new Error('The stored push keys are no keys');
  return { publicKey, privateKey };
}
