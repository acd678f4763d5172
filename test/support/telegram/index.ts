export { openFakeTelegram } from './open-fake-telegram.js';
export type * from './types.js';
