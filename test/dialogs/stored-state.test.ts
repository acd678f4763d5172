import { describe, expect, test } from '@jest/globals';
import { type Chat, openChat } from '../support/transcript.js';

interface StoredRoot {
  dialogStack: { id: string; version: string; state: { dialogs: { dialogStack: object[] } } }[];
}

/** The stored state of a chat that waits for a sector. */
async function waitingForSector(): Promise<{ chat: Chat; stored: StoredRoot }> {
  const chat = openChat();
  await chat.say('je veux leur écrire', 'contact.email');
  return { chat, stored: chat.state as StoredRoot };
}

const ASKED_AFRESH = ['robot', "Je n'ai pas compris."];

describe('stored state of an earlier release', () => {
  test.each<[string, (stored: StoredRoot) => unknown]>([
    ['a dialog that no longer exists', ({ dialogStack: [root] }) => withInner(root, [{ id: 'gone', state: {} }])],
    ['another version of the dialogs', ({ dialogStack: [root] }) => ({ dialogStack: [{ ...root, version: '1' }] })],
    ['another root', ({ dialogStack: [root] }) => ({ dialogStack: [{ ...root, id: 'old-root' }] })],
    ['two roots', ({ dialogStack: [root] }) => ({ dialogStack: [root, root] })],
    ['a stack without its state', ({ dialogStack: [root] }) => ({ dialogStack: [{ ...root, state: null }] })],
    ['inner dialogs that are no stack', ({ dialogStack: [root] }) => withInner(root, 'x')],
    ['no stack at all', () => ({ dialogStack: 'x' })],
    ['another shape', () => ({ version: 3 })],
    ['nothing', () => null],
  ])('%s: starts afresh', async (_, change) => {
    const { chat, stored } = await waitingForSector();
    chat.state = change(stored);
    expect(await chat.say('bof')).toContainEqual(ASKED_AFRESH);
    expect(await chat.say('bonjour', 'smalltalk.greeting')).toContainEqual([
      'robot',
      'Bonjour. Que voulez-vous savoir ?',
    ]);
  });

  test('the present one goes on', async () => {
    const { chat } = await waitingForSector();
    expect(await chat.say('bof')).toContainEqual(['robot', "Je n'ai pas compris le secteur."]);
  });

  test('a question without its notes is left, and the message answered', async () => {
    const { chat, stored } = await waitingForSector();
    chat.state = withInner(stored.dialogStack[0], [{ id: 'contact.email', state: {} }]);
    expect(await chat.say('bof')).toContainEqual(ASKED_AFRESH);
  });
});

describe('an answer that a fault has left on the stack', () => {
  const LEFT = { id: 'permanence.hours', state: {} };

  test('leaves no message without one', async () => {
    const { chat, stored } = await waitingForSector();
    chat.state = withInner(stored.dialogStack[0], [LEFT]);
    expect((await chat.say('bonjour', 'smalltalk.greeting'))[0]).toEqual(['robot', expect.stringContaining('Bonjour')]);
    chat.state = withInner(stored.dialogStack[0], [LEFT]);
    expect(await chat.say('bof')).toContainEqual(ASKED_AFRESH);
  });

  test('nor over a question, which is asked again', async () => {
    const chat = openChat();
    await chat.say('Signaler');
    const asked = await chat.say('Commencer');
    const [root] = (chat.state as StoredRoot).dialogStack;
    chat.state = withInner(root, [...(root?.state.dialogs.dialogStack ?? []), LEFT]);
    const said = await chat.say('bonjour', 'smalltalk.greeting');
    expect(said[0]).toEqual(['robot', expect.stringContaining('Bonjour')]);
    expect(said.at(-1)).toEqual(asked.at(-1));
  });
});

describe('what is stored', () => {
  test('is small and holds nothing that was typed', async () => {
    const chat = openChat();
    await chat.say('mon voisin Gaston Lagaffe vend de la drogue', { between: ['report.start', 'complaint.file'] });
    await chat.say('Gaston, vous dis-je');
    const stored = JSON.stringify(chat.state);
    expect(stored).not.toContain('Gaston');
    expect(stored.length).toBeLessThan(400);
  });

  test('does not grow with the conversation', async () => {
    const chat = openChat();
    await chat.say('horaires', 'permanence.hours');
    const before = JSON.stringify(chat.state).length;
    for (let turn = 0; turn < 20; turn += 1) await chat.say('horaires', 'permanence.hours');
    expect(JSON.stringify(chat.state)).toHaveLength(before);
  });
});

function withInner(root: object | undefined, dialogStack: unknown): unknown {
  return { dialogStack: [{ ...root, state: { dialogs: { dialogStack } } }] };
}
