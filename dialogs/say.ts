import { type Activity, CardFactory, MessageFactory, type TurnContext } from 'botbuilder';
import type { Card, Content, SuggestedAction, TextContent } from '../src/domain/message.js';

/** What the turn adds to an answer, or takes from it. */
export interface Setting {
  /** What the dialog that was just left has to say. */
  readonly preface?: string;
  readonly beside?: Beside;
}

/** Set while one message gets two answers. */
export interface Beside {
  /** Sentences that the other answer has said. */
  readonly repeated: readonly string[];
  /** True of buttons that are not for here: those of the first answer, and those that the other answer makes useless. */
  hides(action: SuggestedAction): boolean;
}

/**
 * Says the bubbles in their order. A preface goes before the first one and in the same bubble, so that what ends one
 * matter never makes the answer to the next a bubble longer.
 */
export async function say(
  context: TurnContext,
  contents: readonly Content[],
  { preface, beside }: Setting = {},
): Promise<void> {
  const all = contents.filter((content) => content.kind === 'text');
  const texts = beside ? shorten(all, beside) : all;
  await context.sendActivities(prefaced(texts, preface).map(toActivity));
}

/** The words that a stand-in hides begin with no preface: nobody would see it. */
function prefaced(texts: readonly TextContent[], preface: string | undefined): readonly TextContent[] {
  const [first, ...rest] = texts;
  if (!preface || !first) return texts;
  if (first.reveal !== undefined) return [{ kind: 'text', text: preface }, ...texts];
  return [{ ...first, text: `${preface}\n${first.text}` }, ...rest];
}

/** Two bubbles at most: the answer itself, then all the rest. */
function shorten(contents: readonly TextContent[], { repeated, hides }: Beside): readonly TextContent[] {
  const last = contents.at(-1);
  const [first, ...rest] = contents.map(({ text }) => without(text, repeated)).filter((text) => text !== '');
  const isConfided = contents.some(({ reveal }) => reveal !== undefined);
  if (!last || first === undefined || isConfided) return contents;
  const actions = last.actions?.filter((action) => !hides(action)) ?? [];
  const end = { ...(last.card && { card: last.card }), ...(actions.length > 0 && { actions }) };
  if (rest.length === 0) return [{ kind: 'text', text: first, ...end }];
  return [
    { kind: 'text', text: first },
    { kind: 'text', text: rest.join(' '), ...end },
  ];
}

function without(text: string, sentences: readonly string[]): string {
  const left = sentences.reduce((rest, sentence) => rest.replaceAll(sentence, ''), text);
  return left.replace(/ {2,}/g, ' ').trim();
}

function toActivity({ text, card, actions = [], reveal, progress, asksFor }: TextContent): Partial<Activity> {
  const buttons = actions.map(({ title, value }) => ({ type: 'imBack', title, value }));
  const said = buttons.length > 0 ? MessageFactory.suggestedActions(buttons, text) : MessageFactory.text(text);
  const isPlain = reveal === undefined && progress === undefined && asksFor === undefined;
  const channelData = {
    ...(reveal !== undefined && { reveal }),
    ...(progress && { progress }),
    ...(asksFor && { asksFor }),
  };
  const activity = isPlain ? said : { ...said, channelData };
  return card ? { ...activity, attachments: [toHeroCard(card)] } : activity;
}

/** Where the place lies is a member of our own: a hero card has none for it. */
function toHeroCard({ title, text, position, links }: Card) {
  const buttons = links.map((link) => ({ type: 'openUrl', title: link.title, value: link.url }));
  const card = CardFactory.heroCard(title, text ?? '', undefined, buttons);
  return position ? { ...card, content: { ...card.content, position } } : card;
}
