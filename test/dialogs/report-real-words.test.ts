import { beforeAll, describe, expect, test } from '@jest/globals';
import type { ReportAnswer, ReportStep } from '../../src/domain/report-answers.js';
import { assembleNlu, type Nlu } from '../../src/nlu/create-nlu.js';
import { type Chat, openChat } from '../support/transcript.js';
import { CORPUS_DIR, lexicons, loadTestModel } from '../unit/nlu/support.js';

let nlu: Nlu;
beforeAll(async () => {
  nlu = assembleNlu(await loadTestModel(), CORPUS_DIR, lexicons);
}, 120_000);

const BEFORE: Readonly<Record<'where' | 'when' | 'what' | 'more', readonly string[]>> = {
  where: ['Signaler', 'Commencer', 'Rodéos, circulation'],
  when: ['Signaler', 'Commencer', 'Rodéos, circulation', 'Cassin'],
  what: ['Signaler', 'Commencer', 'Rodéos, circulation', 'Cassin', 'hier'],
  more: ['Signaler', 'Commencer', 'Rodéos, circulation', 'Cassin', 'hier', 'deux motos roulent sans casque'],
};

/** Monday 23 November 2026, 10:00 in Paris. */
async function chatAt(step: keyof typeof BEFORE): Promise<Chat> {
  const chat = openChat({ nlu, now: new Date('2026-11-23T09:00:00Z') });
  for (const text of BEFORE[step]) await chat.say(text);
  return chat;
}

async function answerTo(step: keyof typeof BEFORE, text: string): Promise<ReportAnswer | undefined> {
  const chat = await chatAt(step);
  await chat.say(text);
  return answered(chat, step);
}

function answered(chat: Chat, step: ReportStep): ReportAnswer | undefined {
  return chat.reports.draft().find((answer) => answer.step === step);
}

describe('« Où est-ce ? »', () => {
  test.each([
    'rue de picardie',
    'devant le lidl',
    'place Cassin à coté du tram',
    "c'est rue de Dole",
    'dans mon hall au 12 rue de fribourg',
    'chez moi',
    'en bas de chez moi mais dites pas mon adresse',
    'vers la maison de services',
    'rue Picasso',
    'dans tout le quartier',
    'parking souterrain du bat C',
    "a coter de l'ecole",
    'au commissariat',
    'Besançon',
    'arrêt de tram Île-de-France',
    "avenue de l'île de france, en face du kebab",
    "ds ma cage d'escalier 3e etage",
    'Époisses',
    'le parc',
    'in front of the school',
  ])('« %s » is a place', async (text) => {
    expect(await answerTo('where', text)).toEqual({ step: 'where', text });
  });

  test.each(['Je préfère ne pas dire', 'je prefere pas dire', 'jsp', 'je sais pas', 'passer', 'non'])(
    '« %s » passes it over',
    async (text) => {
      expect(await answerTo('where', text)).toEqual({ step: 'where', isSkipped: true });
    },
  );

  test.each(["c'est anonyme ?", 'qui va lire ?', 'c ou la permanence ?', 'pourquoi vous voulez savoir ?', 'hein ?'])(
    '« %s » is no place',
    async (text) => {
      expect(await answerTo('where', text)).toBeUndefined();
    },
  );
});

describe("« C'était quand ? »", () => {
  test.each([
    ['hier soir vers 22h', 'dimanche 22 novembre, vers 22\u00a0h'],
    ['tous les soirs', 'tous les soirs'],
    ['ts les soirs apres 23h', 'tous les soirs, après 23\u00a0h'],
    ['samedi', 'samedi 21 novembre'],
    ['mercredi', 'mercredi 18 novembre'],
    ['le week-end', 'le week-end'],
    ['Le soir', 'le soir'],
    ['le samedi vers minuit', 'le samedi, vers minuit'],
    ['depuis trois semaines', 'depuis le lundi 2 novembre'],
    ['ca fait 2 mois', 'depuis le jeudi 24 septembre'],
    ['tous les soirs depuis la toussaint', 'tous les soirs, depuis le dimanche 1er novembre'],
    ['le 3 novembre', 'mardi 3 novembre'],
    ['cette nuit a 3h du mat', 'dans la nuit du dimanche 22 novembre au lundi 23 novembre, vers 3\u00a0h'],
    ['la semaine derniere', 'du lundi 16 novembre au dimanche 22 novembre'],
    ['lundi 16/11 à 18h30', 'lundi 16 novembre, vers 18\u00a0h\u00a030'],
    ['ce matin', 'lundi 23 novembre, le matin'],
    ['tout le temps', 'souvent'],
    ['tous les vendredis après 23h', 'tous les vendredis, après 23\u00a0h'],
    ['hier', 'dimanche 22 novembre'],
    ['ce week end', 'du samedi 21 novembre au dimanche 22 novembre'],
  ])('« %s » is %s', async (text, words) => {
    const answer = await answerTo('when', text);
    expect(answer).toMatchObject({ step: 'when', moment: { text, words } });
  });

  test.each(["quand les gosses sortent de l'école", "l'été dernier", 'en ce moment même', 'depuis la rentrée'])(
    '« %s » is kept as it is',
    async (text) => {
      expect(await answerTo('when', text)).toEqual({ step: 'when', moment: { text } });
    },
  );

  test.each(['je sais plus', 'je ne sais pas', 'jsp', 'passer'])('« %s » passes it over', async (text) => {
    expect(await answerTo('when', text)).toEqual({ step: 'when', isSkipped: true });
  });

  test.each(['vous êtes ouverts quand ?', 'comment ça ?'])('« %s » is no time', async (text) => {
    expect(await answerTo('when', text)).toBeUndefined();
  });
});

describe("« Que s'est-il passé ? »", () => {
  test.each([
    'ya 3 mecs ki vende du shit dans le hall',
    'mon voisin il crie sur sa femme tout le temps',
    'ils ont cassé ma voiture et personne ne fait rien',
    'je veux parler de mon voisin, il met la musique à fond',
    'un homme avec un couteau a menacé mon fils hier',
    "Je rentrais chez moi quand trois jeunes m'ont demandé où j'allais.",
    'rodéo moto sans casque',
    'la police passe jamais, pourquoi ?',
    "j'ai peur, je ne dors plus",
    'il frappe sa femme, il est en train de la taper',
    "ça deale. c'est anonyme au moins ?",
    "on m'a volé mon vélo, je veux porter plainte",
    "un délégué m'a dit de vous écrire parce que ça recommence tous les soirs en bas",
    'vous pouvez venir voir ? ils sont la tt les jours',
    'bonjour monsieur, je vous écris car mon immeuble est sale',
    "les policiers m'ont insulté pendant le contrôle",
    'they sell drugs in front of the school every day',
    'je suis ouvrier et à midi le kebab est ouvert, les horaires sont pas respectés',
    'merci de faire quelque chose',
    "c'est les gens du 3e ils ont un chien dangereux",
    'stop aux dealers',
    "j'en peux plus, je veux mourir",
  ])('« %s » is told', async (text) => {
    expect(await answerTo('what', text)).toEqual({ step: 'what', text });
  });

  test.each([
    "c'est anonyme ?",
    'qui va lire ?',
    'vous allez dire mon nom ?',
    'quand est ce que vous etes ouvert ?',
    'je veux parler à un délégué',
    'je veux signaler un truc',
    'Bonjour',
    'ok',
    'rien',
    'annuler',
    'au secours',
  ])('« %s » tells nothing', async (text) => {
    expect(await answerTo('what', text)).toBeUndefined();
  });

  test.each(['au secours', 'il frappe sa femme, il est en train de la taper', "j'en peux plus, je veux mourir"])(
    '« %s »: the numbers come first',
    async (text) => {
      const [[, first] = []] = await (await chatAt('what')).say(text);
      expect(first).toMatch(/17|3114/);
    },
  );
});

describe('« Voulez-vous ajouter quelque chose ? »', () => {
  test.each([
    'il y a un pitbull',
    'attention ils ont des armes',
    "le code de la porte c'est 12B4",
    'ne venez pas en voiture de police svp',
    'ya des enfants qui jouent a coté',
    "mon mari ne sait pas que j'écris",
    "c'est le fils du 4e qui fait ça",
    'ils ont un scanner de police',
    'faut passer par la cave',
    'ma mère est malade et elle a peur',
  ])('« %s » is added', async (text) => {
    expect(await answerTo('more', text)).toEqual({ step: 'more', text });
  });

  test.each([
    'non',
    'rien',
    "c'est tout",
    'c tout',
    'non merci',
    'c bon',
    'passer',
    'je veux rester anonyme',
    "non rien d'autre merci",
    'jsp',
    'voilà',
    "Non, c'est tout",
  ])('« %s » adds nothing', async (text) => {
    expect(await answerTo('more', text)).toEqual({ step: 'more', isSkipped: true });
  });

  test.each(['oui', 'vous gardez ça combien de temps ?', 'à quelle heure ouvre la permanence ?'])(
    '« %s » is no answer',
    async (text) => {
      expect(await answerTo('more', text)).toBeUndefined();
    },
  );
});

describe('a first message', () => {
  test.each([
    ['y a des rodéos tous les soirs rue de Picardie', ['traffic', 'rue de Picardie', 'tous les soirs']],
    ['ca deal dans mon hall tt les soirs', ['dealing', undefined, 'tous les soirs']],
    ['ils ont encore brûlé des poubelles cette nuit', ['damage', undefined, 'dans la nuit du']],
    ['mon voisin met la musique à fond jusqu’à 3h du mat', ['noise', undefined, undefined]],
    ['vitesse excessive rue de dole devant l’école, un jour il y aura un mort', ['traffic', 'rue de dole', undefined]],
    [
      'salut c pr dire kya des mecs ki vendent devant le collège tt les midis',
      ['dealing', undefined, 'tous les midis'],
    ],
    ['ma femme a été suivie lundi jusqu’à notre porte', ['unsafe', undefined, 'lundi 23 novembre']],
  ] as const)('« %s » fills in what it says', async (text, [category, where, when]) => {
    const chat = openChat({ nlu, now: new Date('2026-11-23T09:00:00Z') });
    await chat.say(text);
    await chat.say('Commencer');
    expect(answered(chat, 'category')).toEqual({ step: 'category', category });
    expect(answered(chat, 'what')).toEqual({ step: 'what', text });
    expect(answered(chat, 'where')).toEqual(where === undefined ? undefined : { step: 'where', text: where });
    const moment = answered(chat, 'when');
    if (when === undefined) expect(moment).toBeUndefined();
    else expect(moment).toMatchObject({ moment: { words: expect.stringContaining(when) } });
  });

  test.each(['je veux faire un signalement', 'jveu signaler un truc', 'signalement', 'Signaler'])(
    '« %s » tells no story',
    async (text) => {
      const chat = openChat({ nlu });
      await chat.say(text);
      await chat.say('Commencer');
      expect(chat.reports.draft()).toEqual([]);
      expect(chat.stored()).toContain(text);
    },
  );
});
