import type { HandoffContent } from '../domain/message.js';

/** A change of who speaks, as an event activity of the Bot Framework's handoff protocol (see botbuilder's EventFactory). */
export type HandoffEvent =
  /** `value` is free for the agents' hub to define; it is an object. */
  | { readonly name: 'handoff.initiate'; readonly value: Readonly<Record<string, never>> }
  | { readonly name: 'handoff.status'; readonly value: { readonly state: 'accepted' | 'completed' | 'failed' } };

export function toHandoffEvent(content: HandoffContent): HandoffEvent {
  if (content.event === 'initiate') return { name: 'handoff.initiate', value: {} };
  return { name: 'handoff.status', value: { state: content.state } };
}
