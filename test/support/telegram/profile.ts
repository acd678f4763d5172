import type { BotProfile, JsonRecord } from './types.js';

/** What the bot says of itself. */
export interface Profile extends BotProfile {
  readonly commands: Map<string, readonly { readonly command: string; readonly description: string }[]>;
  readonly descriptions: Map<string, string>;
  readonly shortDescriptions: Map<string, string>;
  menuButton: JsonRecord | undefined;
}

export const createProfile = (): Profile => ({
  commands: new Map(),
  descriptions: new Map(),
  shortDescriptions: new Map(),
  menuButton: undefined,
});
