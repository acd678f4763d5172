import {
  type Activity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type ConversationReference,
  type TurnContext,
} from 'botbuilder';
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
  /**
   * Sends one activity to a conversation, once: the service is not asked again, whatever it answers.
   * @param reply.replyToId the id, in the channel, of the activity that it answers.
   * @throws what the connector throws: an Error with `statusCode` and `response`, or with the `code` of the connection.
   */
  send(reference: Partial<ConversationReference>, reply: Partial<Activity>): Promise<void>;
}

/** Less than the 15 s that Bot Framework waits for the answer to the message that a reply answers. */
const ANSWER_MS = 10_000;

/** `CloudAdapter.process` would print errors and answer by itself; its inner step does neither. */
class QuietCloudAdapter extends CloudAdapter implements BotAdapter {
  readonly #appId: string;

  constructor(authentication: ConfigurationBotFrameworkAuthentication, appId: string) {
    super(authentication);
    this.#appId = appId;
  }

  async authenticateAndRun(
    authorization: string,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<void> {
    await this.processActivity(authorization, activity, logic);
  }

  async send(reference: Partial<ConversationReference>, { replyToId, ...reply }: Partial<Activity>): Promise<void> {
    await this.continueConversationAsync(this.#appId, reference, async (context) => {
      askOnce(context.turnState.get(this.ConnectorClientKey));
      // What is sent answers this id, which botbuilder makes up; without one it stands alone.
      context.activity.id = replyToId ?? '';
      await context.sendActivity(reply);
    });
  }
}

interface Abortable {
  abortSignal?: AbortSignal;
}

/** The part of a connector client by which its calls are shaped. */
interface Pipelined {
  readonly client: {
    readonly pipeline: {
      removePolicy(which: { readonly phase: 'Retry' }): unknown;
      addPolicy(policy: {
        readonly name: string;
        sendRequest<Answer>(request: Abortable, next: (request: Abortable) => Promise<Answer>): Promise<Answer>;
      }): void;
    };
  };
}

/**
 * The connector's client asks up to four times by itself when a connection breaks, which would double messages, and waits
 * without an end. It has no option for that, so its pipeline is changed.
 */
function askOnce(connector: Pipelined): void {
  const { pipeline } = connector.client;
  pipeline.removePolicy({ phase: 'Retry' });
  pipeline.addPolicy({
    name: 'AnswerInTime',
    async sendRequest(request, next) {
      const end = new AbortController();
      const timer = setTimeout(() => end.abort(), ANSWER_MS);
      request.abortSignal = end.signal;
      try {
        return await next(request);
      } finally {
        clearTimeout(timer);
      }
    },
  });
}

/** Without credentials the adapter lets anybody in: only for callers on this very machine. */
export function createBotAdapter(settings: BotFrameworkSettings): BotAdapter {
  const authentication = new ConfigurationBotFrameworkAuthentication({
    MicrosoftAppType: settings.appType,
    ...(settings.appId !== undefined && { MicrosoftAppId: settings.appId }),
    ...(settings.appPassword !== undefined && { MicrosoftAppPassword: settings.appPassword }),
    ...(settings.appTenantId !== undefined && { MicrosoftAppTenantId: settings.appTenantId }),
  });
  return new QuietCloudAdapter(authentication, settings.appId ?? '');
}
