import type { Conversations } from '../../domain/conversations.js';
import type { TurnHandler } from '../../pipeline/turn.js';
import type { ChannelLog } from '../channel.js';

export interface BotFrameworkDependencies {
  readonly conversations: Conversations;
  readonly turns: TurnHandler;
  readonly log: ChannelLog;
  /** Makes relative links of cards absolute. Absent: taken from each request. */
  readonly publicUrl?: string;
  readonly trustProxy: number;
  readonly settings: BotFrameworkSettings;
}

export interface BotFrameworkSettings {
  /** Both, or the endpoint stays shut to Bot Framework channels. */
  readonly appId?: string;
  readonly appPassword?: string;
  readonly appType: 'MultiTenant' | 'SingleTenant';
  readonly appTenantId?: string;
  /** Opens the endpoint without authentication to an Emulator on this very machine. Ignored beside credentials. */
  readonly emulator: boolean;
}
