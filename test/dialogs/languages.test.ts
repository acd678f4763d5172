import { describe, test } from '@jest/globals';
import { expectTranscript } from '../support/transcript.js';

describe('other languages', () => {
  test('English', () =>
    expectTranscript({}, [
      ['résident', 'Where is the police station?', { language: 'en' }],
      ['robot', 'This assistant is a robot. It only speaks French.'],
      ['robot', 'In danger now: call 17 or 112. If you cannot speak, send an SMS to 114.'],
      ['carte', 'Emergency numbers · Call 17 → tel:17 · Call 112 → tel:112 · Send an SMS to 114 → sms:114'],
      ['boutons', 'Talk to a person · Parler à un délégué'],
      ['résident', 'Parler à un délégué'],
      ['robot', "Un délégué est connecté. Je l'ai prévenu."],
      ['robot', "Personne n'attend avant vous."],
      ['robot', 'En cas de danger : 17, 112, ou SMS au 114.'],
      ['boutons', 'Être rappelé · Ne plus attendre'],
    ]));

  test('Arabic', () =>
    expectTranscript({}, [
      ['résident', 'أين الشرطة؟', { language: 'ar' }],
      ['robot', '\u200f\u2067هذا المساعد روبوت. لا يتكلم إلا الفرنسية.\u2069'],
      [
        'robot',
        '\u200f\u2067في حالة خطر الآن: اتصل بالرقم 17 أو 112. إذا كنت لا تستطيع الكلام، أرسل رسالة SMS إلى الرقم 114.\u2069',
      ],
      [
        'carte',
        '\u200f\u2067أرقام الطوارئ\u2069 · \u200f\u2067اتصل بالرقم 17\u2069 → tel:17 · \u200f\u2067اتصل بالرقم 112\u2069 → tel:112 · \u200f\u2067أرسل رسالة SMS إلى 114\u2069 → sms:114',
      ],
      ['boutons', '\u200f\u2067التحدث إلى شخص\u2069 · Parler à un délégué'],
    ]));

  test('Turkish', () =>
    expectTranscript({}, [
      ['résident', 'Polis nerede?', { language: 'tr' }],
      ['robot', 'Bu asistan bir robottur. Yalnızca Fransızca konuşur.'],
      ['robot', 'Şu anda tehlikedeyseniz 17 veya 112 numarasını arayın. Konuşamıyorsanız 114 numarasına SMS gönderin.'],
      [
        'carte',
        'Acil numaralar · 17 numarasını ara → tel:17 · 112 numarasını ara → tel:112 · 114 numarasına SMS gönder → sms:114',
      ],
      ['boutons', 'Bir kişiyle konuş · Parler à un délégué'],
    ]));

  test('Spanish', () =>
    expectTranscript({}, [
      ['résident', '¿Dónde está la comisaría?', { language: 'es' }],
      ['robot', 'Este asistente es un robot. Solo habla francés.'],
      ['robot', 'En peligro ahora: llame al 17 o al 112. Si no puede hablar, envíe un SMS al 114.'],
      [
        'carte',
        'Números de emergencia · Llamar al 17 → tel:17 · Llamar al 112 → tel:112 · Enviar un SMS al 114 → sms:114',
      ],
      ['boutons', 'Hablar con una persona · Parler à un délégué'],
    ]));

  test('Portuguese', () =>
    expectTranscript({}, [
      ['résident', 'Onde fica a delegacia?', { language: 'pt' }],
      ['robot', 'Este assistente é um robô. Só fala francês.'],
      ['robot', 'Em perigo agora: ligue para o 17 ou o 112. Se não pode falar, envie um SMS para o 114.'],
      [
        'carte',
        'Números de emergência · Ligar para o 17 → tel:17 · Ligar para o 112 → tel:112 · Enviar um SMS para o 114 → sms:114',
      ],
      ['boutons', 'Falar com uma pessoa · Parler à un délégué'],
    ]));

  test('a danger under way that is recognised: the French numbers, then these lines, no question', () =>
    expectTranscript({}, [
      ['résident', 'help me he has a knife', { language: 'en', danger: [2, 'violence'] }],
      ['robot', "Appelez tout de suite le 17 ou le 112. Mettez-vous à l'abri si vous pouvez."],
      ['robot', "Je suis un robot et je n'ai prévenu personne. Ce service n'est pas une ligne d'urgence."],
      ['robot', 'This assistant is a robot. It only speaks French.'],
      ['robot', 'In danger now: call 17 or 112. If you cannot speak, send an SMS to 114.'],
      ['boutons', 'Talk to a person · Parler à un délégué'],
    ]));

  test('a danger that is past: the numbers once', () =>
    expectTranscript({}, [
      ['résident', 'he hit me last year', { language: 'en', danger: [1] }],
      ['robot', 'This assistant is a robot. It only speaks French.'],
      ['robot', 'In danger now: call 17 or 112. If you cannot speak, send an SMS to 114.'],
      ['carte', 'Emergency numbers · Call 17 → tel:17 · Call 112 → tel:112 · Send an SMS to 114 → sms:114'],
      ['boutons', 'Talk to a person · Parler à un délégué'],
    ]));

  test('« yes » and « no » are replies in any language', () =>
    expectTranscript({}, [
      ['résident', 'effacer', 'privacy.delete'],
      ['robot', 'Vous voulez une copie de vos messages ? Demandez-la à un délégué, à la permanence.'],
      [
        'robot',
        'Je peux effacer toute cette conversation, avec un signalement pas encore envoyé. On ne peut pas les retrouver ensuite.',
      ],
      ['robot', 'Voulez-vous tout effacer ?'],
      ['boutons', 'Oui, tout effacer · Non, tout garder'],
      ['résident', 'no', { language: 'en' }],
      ['robot', "D'accord. Je n'ai rien effacé."],
      ['boutons', 'Qui lit mes messages ? · Voir le menu · Parler à un délégué'],
    ]));

  test('a question that waits is left, and says what became of it', () =>
    expectTranscript({}, [
      ['résident', 'effacer', 'privacy.delete'],
      ['robot', 'Vous voulez une copie de vos messages ? Demandez-la à un délégué, à la permanence.'],
      [
        'robot',
        'Je peux effacer toute cette conversation, avec un signalement pas encore envoyé. On ne peut pas les retrouver ensuite.',
      ],
      ['robot', 'Voulez-vous tout effacer ?'],
      ['boutons', 'Oui, tout effacer · Non, tout garder'],
      ['résident', 'I do not understand', { language: 'en' }],
      ['robot', "Je n'ai rien effacé."],
      ['robot', 'This assistant is a robot. It only speaks French.'],
      ['robot', 'In danger now: call 17 or 112. If you cannot speak, send an SMS to 114.'],
      ['boutons', 'Talk to a person · Parler à un délégué'],
    ]));
});
