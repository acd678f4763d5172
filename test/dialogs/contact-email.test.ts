import { describe, test } from '@jest/globals';
import { INTRODUCED } from '../support/report-lines.js';
import { expectTranscript, FACTS } from '../support/transcript.js';

const WITH_EMAIL = {
  sectors: FACTS.sectors.map((sector) =>
    sector.id === 'besancon' ? { ...sector, email: 'planoise@police.example' } : sector,
  ),
};

describe('e-mail of a sector', () => {
  test('asked for, then for other sectors', () =>
    expectTranscript({}, [
      ['résident', "c'est quoi l'adresse mail ?", 'contact.email'],
      ['robot', 'La police a une adresse e-mail par secteur.'],
      ['robot', 'Quel est votre secteur ?'],
      ['boutons', 'Besançon · Pontarlier · Montbéliard · Je ne sais pas'],
      ['résident', 'Pontarlier', { sector: 'pontarlier' }],
      ['robot', "Je n'ai pas encore l'adresse e-mail pour Pontarlier."],
      ['robot', 'Vous pouvez écrire à la police sur Ma Sécurité, jour et nuit.'],
      ['robot', "En cas de danger, n'écrivez pas : appelez le 17."],
      ['carte', 'Écrire à la police · Ouvrir Ma Sécurité → https://www.masecurite.interieur.gouv.fr'],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', 'et à Besançon ?', { sector: 'besancon' }],
      ['robot', "Je n'ai pas encore l'adresse e-mail pour Besançon."],
      [
        'robot',
        "Vous pouvez écrire à la police sur Ma Sécurité, jour et nuit. Vous pouvez aussi venir à la permanence demain, mercredi 25 novembre, l'après-midi.",
      ],
      ['robot', "En cas de danger, n'écrivez pas : appelez le 17."],
      ['carte', 'Écrire à la police · Ouvrir Ma Sécurité → https://www.masecurite.interieur.gouv.fr'],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
      ['résident', 'mail de montbéliard', { intent: 'contact.email', sector: 'montbeliard' }],
      ['robot', "Je n'ai pas encore l'adresse e-mail pour Montbéliard."],
      ['robot', 'Vous pouvez écrire à la police sur Ma Sécurité, jour et nuit.'],
      ['robot', "En cas de danger, n'écrivez pas : appelez le 17."],
      ['carte', 'Écrire à la police · Ouvrir Ma Sécurité → https://www.masecurite.interieur.gouv.fr'],
      ['boutons', "Voir l'adresse · Parler à un délégué"],
    ]));

  test('when the operator has set it', () =>
    expectTranscript({ facts: WITH_EMAIL }, [
      ['résident', 'mail de besançon', { intent: 'contact.email', sector: 'besancon' }],
      ['robot', "Voici l'adresse e-mail pour Besançon : planoise@police.example"],
      ['robot', "En cas de danger, n'écrivez pas : appelez le 17."],
      ['carte', 'Écrire à la police · Écrire un e-mail → mailto:planoise@police.example'],
      ['résident', 'comment vous signaler un tapage', 'report.start'],
      ...INTRODUCED,
    ]));

  test('« je sais pas »', () =>
    expectTranscript({}, [
      ['résident', 'je veux leur écrire', 'contact.email'],
      ['robot', 'La police a une adresse e-mail par secteur.'],
      ['robot', 'Quel est votre secteur ?'],
      ['résident', 'je sais pas'],
      ['robot', "Planoise est dans le secteur de Besançon. Je n'ai pas encore l'adresse e-mail pour Besançon."],
      [
        'robot',
        "Vous pouvez écrire à la police sur Ma Sécurité, jour et nuit. Vous pouvez aussi venir à la permanence demain, mercredi 25 novembre, l'après-midi.",
      ],
      ['robot', "En cas de danger, n'écrivez pas : appelez le 17."],
    ]));

  test('a reply that is not understood is asked for once more, then a delegate is offered', () =>
    expectTranscript({}, [
      ['résident', 'je veux leur écrire', 'contact.email'],
      ['robot', 'La police a une adresse e-mail par secteur.'],
      ['robot', 'Quel est votre secteur ?'],
      ['boutons', 'Besançon · Pontarlier · Montbéliard · Je ne sais pas'],
      ['résident', 'euh bah'],
      ['robot', "Je n'ai pas compris le secteur."],
      ['robot', 'Quel est votre secteur ?'],
      ['boutons', 'Besançon · Pontarlier · Montbéliard · Je ne sais pas'],
      ['résident', 'mmmh'],
      ['robot', 'Je ne comprends toujours pas. Excusez-moi.'],
      ['robot', 'Voulez-vous parler à un délégué ?'],
      ['boutons', 'Parler à un délégué · Voir le menu'],
      ['résident', 'oui'],
      ['robot', "Un délégué est connecté. Je l'ai prévenu."],
      ['robot', "Personne n'attend avant vous."],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Ne plus attendre'],
    ]));

  test('the same request again keeps the question', () =>
    expectTranscript({}, [
      ['résident', 'je veux leur écrire', 'contact.email'],
      ['robot', 'La police a une adresse e-mail par secteur.'],
      ['robot', 'Quel est votre secteur ?'],
      ['résident', "l'adresse mail", 'contact.email'],
      ['robot', 'La police a une adresse e-mail par secteur.'],
      ['robot', 'Quel est votre secteur ?'],
      ['résident', 'montbéliard'],
      ['robot', "Je n'ai pas encore l'adresse e-mail pour Montbéliard."],
      ['robot', 'Vous pouvez écrire à la police sur Ma Sécurité, jour et nuit.'],
      ['robot', "En cas de danger, n'écrivez pas : appelez le 17."],
    ]));
});

describe('the question about the sector is left', () => {
  test('by « annuler »; then there is nothing to cancel', () =>
    expectTranscript({}, [
      ['résident', 'je veux leur écrire', 'contact.email'],
      ['robot', 'La police a une adresse e-mail par secteur.'],
      ['robot', 'Quel est votre secteur ?'],
      ['boutons', 'Besançon · Pontarlier · Montbéliard · Je ne sais pas'],
      ['résident', 'annuler'],
      ['robot', "D'accord, j'arrête là."],
      ['robot', 'Que voulez-vous savoir ?'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
      ['résident', 'annuler'],
      ['robot', "Rien n'est en cours. Que voulez-vous savoir ?"],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
      ['résident', 'retour'],
      ['robot', 'Que voulez-vous savoir ?'],
      ['boutons', 'Horaires · Adresse · Signaler · Parler à un délégué'],
    ]));

  test('by another question, which is answered; its buttons still mean the same', () =>
    expectTranscript({}, [
      ['résident', 'je veux leur écrire', 'contact.email'],
      ['robot', 'La police a une adresse e-mail par secteur.'],
      ['robot', 'Quel est votre secteur ?'],
      ['résident', "c'est où la permanence à besançon ?", { intent: 'permanence.location', sector: 'besancon' }],
      ['robot', 'La permanence a lieu ici : Maison de Services au Public, 7/9 rue Picasso, à Planoise.'],
      [
        'robot',
        "Je ne sais pas quel bus ou quel tram prendre. Je ne sais pas non plus si l'accès est possible en fauteuil.",
      ],
      ['résident', 'Besançon', { sector: 'besancon' }],
      ['robot', "Je n'ai pas encore l'adresse e-mail pour Besançon."],
      [
        'robot',
        "Vous pouvez écrire à la police sur Ma Sécurité, jour et nuit. Vous pouvez aussi venir à la permanence demain, mercredi 25 novembre, l'après-midi.",
      ],
      ['robot', "En cas de danger, n'écrivez pas : appelez le 17."],
    ]));

  test('by the menu, and by asking for help', () =>
    expectTranscript({}, [
      ['résident', 'je veux leur écrire', 'contact.email'],
      ['robot', 'La police a une adresse e-mail par secteur.'],
      ['robot', 'Quel est votre secteur ?'],
      ['résident', 'menu'],
      ['robot', 'Que voulez-vous savoir ?'],
      ['résident', 'je veux leur écrire', 'contact.email'],
      ['robot', 'La police a une adresse e-mail par secteur.'],
      ['robot', 'Quel est votre secteur ?'],
      ['résident', 'à quoi tu sers ?', 'bot.help'],
      [
        'robot',
        'Je réponds sur les permanences, les délégués et la police à Planoise. Vous pouvez aussi faire un signalement ici.',
      ],
      ['robot', 'Choisissez un sujet, ou écrivez votre question.'],
    ]));
});
