import { Refusal } from '../../http/refusal.js';

/**
 * The `seq` that a watermark stands for; 0, the start, without one or for the empty one that clients begin with.
 * @throws Refusal `InvalidWatermark`.
 */
export function readWatermark(watermark: unknown): number {
  if (watermark === undefined || watermark === null || watermark === '') return 0;
  if (typeof watermark !== 'string' || !/^\d{1,15}$/.test(watermark)) throw new Refusal('InvalidWatermark');
  return Number(watermark);
}
