import { useLoad } from '../api/use-load.js';
import { fingerprintGroups } from './fingerprint.js';

/** Undefined for the moment that the device takes to make it. */
export function useFingerprint(publicKey: string): readonly string[] | undefined {
  return useLoad(publicKey, () => fingerprintGroups(publicKey)).data;
}
