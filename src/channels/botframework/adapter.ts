import { type Activity, CloudAdapter, ConfigurationBotFrameworkAuthentication, type TurnContext } from 'botbuilder';
import type { BotFrameworkSettings } from './deps.js';

/** What the channel needs of botbuilder's adapter. */
export interface BotAdapter {
  /**
   * Authenticates the activity, then runs `logic` for it.
   * @throws Error with `statusCode` 401 or 403 when it is not authentic; whatever `logic` throws.
   */
  authenticateAndRun(
    authorization: string,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<void>;
}

/** `CloudAdapter.process` would print errors and answer by itself; its inner step does neither. */
class QuietCloudAdapter extends CloudAdapter implements BotAdapter {
  async authenticateAndRun(
    authorization: string,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    await this.processActivity(authorization, activity, logic);
  }
}

/** Without credentials the adapter lets anybody in: only for callers on this very machine. */
export function createBotAdapter(settings: BotFrameworkSettings): BotAdapter {
  return new QuietCloudAdapter(
    new ConfigurationBotFrameworkAuthentication({
      MicrosoftAppType: settings.appType,
      ...(settings.appId !== undefined && { MicrosoftAppId: settings.appId }),
      ...(settings.appPassword !== undefined && { MicrosoftAppPassword: settings.appPassword }),
      ...(settings.appTenantId !== undefined && { MicrosoftAppTenantId: settings.appTenantId }),
    }),
  );
}
