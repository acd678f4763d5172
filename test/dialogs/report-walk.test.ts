import { describe, test } from '@jest/globals';
import {
  ASKED_CATEGORY,
  ASKED_CONTACT,
  ASKED_MORE,
  ASKED_WHAT,
  ASKED_WHEN,
  ASKED_WHERE,
  BEGUN,
  HINT,
  INTRO,
  MENU,
  recap,
  SENT,
  UNTIL_CONTACT,
  UNTIL_WHAT,
  UNTIL_WHEN,
} from '../support/report-lines.js';
import { expectTranscript } from '../support/transcript.js';

describe('a report', () => {
  test('with everything told', () =>
    expectTranscript({}, [
      ...BEGUN,
      ['résident', 'Rodéos, circulation'],
      ...ASKED_WHERE,
      ['résident', 'rue de Picardie, devant le 12'],
      ...ASKED_WHEN,
      ['résident', 'hier soir vers 22 h'],
      ['robot', "J'ai noté : lundi 23 novembre, vers 22 h."],
      ...ASKED_WHAT,
      ['résident', 'deux motos font des roues sans casque'],
      ...ASKED_MORE,
      ['résident', 'il y a des enfants en bas'],
      ...ASKED_CONTACT,
      ['résident', 'Marie 06 12 34 56 78'],
      ...recap(
        'Sujet : Rodéos, circulation',
        'Lieu : rue de Picardie, devant le 12',
        'Quand : lundi 23 novembre, vers 22 h (« hier soir vers 22 h »)',
        'Faits : deux motos font des roues sans casque',
        'En plus : il y a des enfants en bas',
        'Contact : Marie, 06 12 34 56 78',
      ),
      ['résident', 'Envoyer'],
      ...SENT,
    ]));

  test('passing over all that may be', () =>
    expectTranscript({}, [
      ['résident', 'Faire un signalement'],
      ...INTRO,
      ['résident', 'oui'],
      HINT,
      ...ASKED_CATEGORY,
      ['résident', 'Un autre sujet'],
      ...ASKED_WHERE,
      ['résident', 'Je préfère ne pas dire'],
      ...ASKED_WHEN,
      ['résident', 'Je ne sais pas'],
      ...ASKED_WHAT,
      ['résident', 'passer'],
      ['robot', "Étape 4 sur 7. Il me faut cette réponse. Écrivez ce qui s'est passé, avec vos mots."],
      ['boutons', 'Retour · Annuler'],
      ['résident', 'mon voisin est seul et ne sort plus'],
      ...ASKED_MORE,
      ['résident', "Non, c'est tout"],
      ...ASKED_CONTACT,
      ['résident', 'Rester anonyme'],
      ...recap(
        'Sujet : Un autre sujet',
        'Lieu : pas de réponse',
        'Quand : pas de réponse',
        'Faits : mon voisin est seul et ne sort plus',
        'En plus : pas de réponse',
        'Contact : anonyme',
      ),
      ['résident', 'oui'],
      ...SENT,
    ]));

  test('in words only', () =>
    expectTranscript({}, [
      ['résident', 'je veux signaler un problème', 'report.start'],
      ...INTRO,
      ['résident', "d'accord"],
      HINT,
      ...ASKED_CATEGORY,
      ['résident', 'des rodéos'],
      ...ASKED_WHERE,
      ['résident', 'à côté du tram'],
      ...ASKED_WHEN,
      ['résident', 'ts les soirs'],
      ['robot', "J'ai noté : tous les soirs."],
      ...ASKED_WHAT,
      ['résident', "ils passent à fond devant l'école"],
      ...ASKED_MORE,
      ['résident', "rien d'autre merci"],
      ...ASKED_CONTACT,
      ['résident', 'anonyme'],
      ...recap(
        'Sujet : Rodéos, circulation',
        'Lieu : à côté du tram',
        'Quand : tous les soirs (« ts les soirs »)',
        "Faits : ils passent à fond devant l'école",
        'En plus : pas de réponse',
        'Contact : anonyme',
      ),
      ['résident', "c'est bon"],
      ...SENT,
    ]));

  test('with a date that is not understood', () =>
    expectTranscript({}, [
      ...UNTIL_WHEN,
      ['résident', "quand les petits sortent de l'école"],
      ['robot', "Je n'ai pas reconnu de date. Je garde vos mots."],
      ...ASKED_WHAT,
      ['résident', "ils se battent devant l'école"],
      ...ASKED_MORE,
    ]));

  test('told in several messages', () =>
    expectTranscript({}, [
      ...UNTIL_WHAT,
      ['résident', 'ils crient sous ma fenêtre'],
      ...ASKED_MORE,
      ['résident', 'ils cassent aussi les bouteilles'],
      ...ASKED_CONTACT,
      ['résident', 'et ils reviennent chaque vendredi avec des motos', 'report.start'],
      ['robot', "J'ai ajouté ce texte à votre signalement."],
      ...ASKED_CONTACT,
      ['résident', 'non'],
      ...recap(
        'Sujet : Bruit, nuisances',
        'Lieu : Cassin',
        'Quand : lundi 23 novembre (« hier »)',
        'Faits : ils crient sous ma fenêtre',
        'En plus : ils cassent aussi les bouteilles\net ils reviennent chaque vendredi avec des motos',
        'Contact : anonyme',
      ),
      ['résident', "ah et j'ai oublié de dire pour le chien du voisin"],
      ...recap(
        'Sujet : Bruit, nuisances',
        'Lieu : Cassin',
        'Quand : lundi 23 novembre (« hier »)',
        'Faits : ils crient sous ma fenêtre',
        "En plus : ils cassent aussi les bouteilles\net ils reviennent chaque vendredi avec des motos\nah et j'ai oublié de dire pour le chien du voisin",
        'Contact : anonyme',
      ),
      ['résident', 'Envoyer'],
      ...SENT,
    ]));

  test('with a long story, which is read back shortened', () =>
    expectTranscript({}, [
      ...UNTIL_WHAT,
      [
        'résident',
        "Depuis la rentrée, chaque soir vers vingt-deux heures, une dizaine de jeunes se retrouvent sous ma fenêtre, mettent la musique très fort, crient, cassent des bouteilles contre le mur et repartent vers deux heures du matin sans que personne ne vienne, et le matin c'est moi qui ramasse le verre devant la porte.",
      ],
      ...ASKED_MORE,
      ['résident', 'non'],
      ...ASKED_CONTACT,
      ['résident', 'non'],
      ...recap(
        'Sujet : Bruit, nuisances',
        'Lieu : Cassin',
        'Quand : lundi 23 novembre (« hier »)',
        "Faits : Depuis la rentrée, chaque soir vers vingt-deux heures, une dizaine de jeunes se retrouvent sous ma fenêtre, mettent la musique très fort, crient, cassent des bouteilles contre le mur et repartent vers deux heures du matin sans que personne ne vienne, et le matin c'est moi qui ram… (la suite est gardée)",
        'En plus : pas de réponse',
        'Contact : anonyme',
      ),
    ]));

  test('on Telegram: who sees the text on its way', () =>
    expectTranscript({ channel: 'telegram' }, [
      ['résident', 'Signaler'],
      [
        'robot',
        "Sur Telegram, une discussion avec un robot n'est pas chiffrée de bout en bout : l'entreprise Telegram peut la lire. Ce serveur voit aussi votre texte quand il passe. Pour des faits sensibles, parlez plutôt aux délégués à la permanence.",
      ],
      ['robot', "Vous pouvez signaler un problème aux délégués de la police. Ce signalement n'est pas une plainte."],
      ['robot', "Ce n'est pas une ligne d'urgence. En cas de danger : 17, 112, ou SMS au 114."],
      [
        'robot',
        "Chez nous, seuls les délégués le liront. Votre nom n'est pas obligatoire.\nLa loi oblige à transmettre certains faits graves au procureur. Accuser quelqu'un en sachant que c'est faux est puni par la loi.",
      ],
      ['boutons', 'Commencer · Non merci · Qui lit mes messages ?'],
      ['résident', 'Non merci'],
      ['robot', "D'accord. Je n'ai rien gardé."],
      ['robot', 'Que voulez-vous savoir ?'],
      MENU,
      ['résident', 'Signaler'],
      ['robot', "Vous pouvez signaler un problème aux délégués de la police. Ce signalement n'est pas une plainte."],
      ['robot', "Ce n'est pas une ligne d'urgence. En cas de danger : 17, 112, ou SMS au 114."],
      [
        'robot',
        "Chez nous, seuls les délégués le liront. Votre nom n'est pas obligatoire.\nLa loi oblige à transmettre certains faits graves au procureur. Accuser quelqu'un en sachant que c'est faux est puni par la loi.\nTelegram et ce serveur voient votre texte quand il passe. Pour des faits sensibles, préférez la page web.",
      ],
      ['boutons', 'Commencer · Non merci · Qui lit mes messages ?'],
    ]));
});

describe('a contact', () => {
  test('a first name, then a number or an address', () =>
    expectTranscript({}, [
      ...UNTIL_CONTACT,
      ['résident', '06 12 34'],
      ['robot', 'Il manque des chiffres. Un numéro français a 10 chiffres. Écrivez-le encore une fois.'],
      ['boutons', 'Rester anonyme · Retour'],
      ['résident', 'marie@'],
      ['robot', "Cette adresse e-mail n'est pas complète. Écrivez-la encore une fois, comme nom@exemple.fr."],
      ['boutons', 'Rester anonyme · Retour'],
      ['résident', 'Marie'],
      [
        'robot',
        "Étape 6 sur 7. Ajoutez un numéro ou un e-mail, pour qu'un délégué puisse vous joindre. Vous pouvez passer.",
      ],
      ['boutons', 'Passer · Retour'],
      ['résident', 'marie@exemple.fr'],
      ...recap(
        'Sujet : Bruit, nuisances',
        'Lieu : Cassin',
        'Quand : lundi 23 novembre (« hier »)',
        'Faits : ils crient sous ma fenêtre',
        'En plus : pas de réponse',
        'Contact : Marie, marie@exemple.fr',
      ),
    ]));

  test('a first name alone', () =>
    expectTranscript({}, [
      ...UNTIL_CONTACT,
      ['résident', "je m'appelle Karim"],
      [
        'robot',
        "Étape 6 sur 7. Ajoutez un numéro ou un e-mail, pour qu'un délégué puisse vous joindre. Vous pouvez passer.",
      ],
      ['boutons', 'Passer · Retour'],
      ['résident', 'Passer'],
      ...recap(
        'Sujet : Bruit, nuisances',
        'Lieu : Cassin',
        'Quand : lundi 23 novembre (« hier »)',
        'Faits : ils crient sous ma fenêtre',
        'En plus : pas de réponse',
        'Contact : Karim',
      ),
    ]));

  test('« appelez-moi » is no way yet', () =>
    expectTranscript({}, [
      ...UNTIL_CONTACT,
      ['résident', 'rappelez-moi'],
      ['robot', 'Étape 6 sur 7. Écrivez un prénom, avec un numéro ou un e-mail. Ou touchez « Rester anonyme ».'],
      ['boutons', 'Rester anonyme · Retour'],
      ['résident', '0612345678'],
      ...recap(
        'Sujet : Bruit, nuisances',
        'Lieu : Cassin',
        'Quand : lundi 23 novembre (« hier »)',
        'Faits : ils crient sous ma fenêtre',
        'En plus : pas de réponse',
        'Contact : 06 12 34 56 78',
      ),
    ]));
});
