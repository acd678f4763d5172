import type { Answers } from '../../src/domain/answers.js';
import type { Facts, Place } from '../../src/domain/facts.js';
import type { Card, Position } from '../../src/domain/message.js';
import type { Responder } from '../dialog-turn.js';
import { permanenceOf, type Wording } from '../wording.js';

export interface InformationDependencies {
  readonly answers: Answers;
  readonly facts: Facts;
  readonly wording: Wording;
}

/** An answer that the facts' own words complete: `{district}`, `{city}`, and help numbers as `{17}`. */
export function answerWith(id: string, { answers, facts, wording }: InformationDependencies): Responder {
  return ({ channel }) => answers.render(answers.inChannel(id, channel), { ...wording.numbers(), ...facts.town });
}

export function answerLocation({ answers, facts, wording }: InformationDependencies): Responder {
  return () => {
    const place = facts.places.find(({ id }) => id === permanenceOf(facts, 'delegates').placeId);
    if (!place) throw new Error('The permanence has no place');
    const position = positionOf(place);
    const card: Card = {
      title: place.name,
      text: `${place.street}, ${place.district}, ${place.city}`,
      ...(position && { position }),
      links: [{ title: answers.phrase('link.map'), url: place.mapUrl }],
    };
    return answers.render('permanence.location', { address: wording.address(place.id) }, { card });
  };
}

export function answerComplaint({ answers, wording }: InformationDependencies): Responder {
  return () => {
    const links = wording.serviceLinks(['plainte-en-ligne', 'pre-plainte-en-ligne']);
    const card = links.length > 0 ? { title: answers.phrase('card.complaint'), links } : undefined;
    return answers.render('complaint.file', {}, { card });
  };
}

/** An answer that says when and where the delegates can be met. */
export function answerWithMeeting(id: string, { answers, wording }: InformationDependencies): Responder {
  return ({ now }) => answers.render(id, { meet: wording.meet(now) });
}

function positionOf({ latitude, longitude }: Place): Position | undefined {
  return latitude === undefined || longitude === undefined ? undefined : { latitude, longitude };
}
