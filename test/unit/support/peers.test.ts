import { describe, expect, it } from '@jest/globals';
import { createPeerLine, type JoinedPeers } from '../../support/peers.js';

function listenTo(peers: JoinedPeers): unknown[] {
  const heard: unknown[] = [];
  peers.listen('change', (content) => heard.push(content));
  return heard;
}

describe('a line between processes within a test', () => {
  it('brings what is told to all others, in its order, after the call and as a copy', async () => {
    const line = createPeerLine();
    const [one, two, three] = [line.join(), line.join(), line.join()];
    const heard = [one, two, three].map(listenTo);

    const content = { of: 'first' };
    one.tell('change', content);
    one.tell('change', { of: 'second' });
    expect(heard).toEqual([[], [], []]);
    await line.idle();

    expect(heard).toEqual([[], [{ of: 'first' }, { of: 'second' }], [{ of: 'first' }, { of: 'second' }]]);
    expect(heard[1]?.[0]).not.toBe(content);
  });

  it('asks all others and gives the first answer', async () => {
    const line = createPeerLine();
    const [one, two, three] = [line.join(), line.join(), line.join()];
    two.answer('secret', () => undefined);
    three.answer('secret', (question) => ({ of: three.self, asked: JSON.stringify(question) }));

    expect(await one.ask('secret', { id: 'a' }, 300)).toEqual({ of: three.self, asked: '{"id":"a"}' });
  });

  it('gives no answer when nobody has one within the limit, and none at once when nobody is there', async () => {
    const rings: (() => void)[] = [];
    const line = createPeerLine({
      set(task) {
        rings.push(task);
        return () => undefined;
      },
    });
    const one = line.join();
    expect(await one.ask('secret', {}, 300)).toBeUndefined();
    expect(rings).toHaveLength(0);

    line.join();
    const answer = one.ask('secret', {}, 300);
    await line.idle();
    for (const ring of rings) ring();
    expect(await answer).toBeUndefined();
    expect(rings).toHaveLength(1);
  });

  it('is cut for one or for all, heals, and says so', async () => {
    const line = createPeerLine();
    const [one, two] = [line.join(), line.join()];
    const heard = listenTo(two);
    const states: string[] = [];
    two.watch((state) => states.push(state));

    line.cut();
    one.tell('change', { of: 'lost' });
    line.heal();
    two.cut();
    expect([one.state(), two.state()]).toEqual(['together', 'apart']);
    one.tell('change', { of: 'lost' });
    await line.idle();
    two.heal();
    one.tell('change', { of: 'heard' });
    await line.idle();

    expect(heard).toEqual([{ of: 'heard' }]);
    expect(states).toEqual(['apart', 'together', 'apart', 'together']);
  });

  it('delays, loses and forges, and keeps all that was said', async () => {
    const line = createPeerLine();
    const [one, two] = [line.join(), line.join()];
    const heard = listenTo(two);

    line.delay();
    one.tell('change', { of: 'late' });
    await line.idle();
    expect(heard).toEqual([]);
    line.release();
    await line.idle();
    line.lose(({ from }) => from === one.self);
    one.tell('change', { of: 'lost' });
    line.forge('change', 7);
    await line.idle();

    expect(heard).toEqual([{ of: 'late' }, 7]);
    expect(line.passed.map(({ content }) => content)).toEqual([{ of: 'late' }, { of: 'lost' }, 7]);
  });

  it('hears nobody who has left', async () => {
    const line = createPeerLine();
    const [one, two] = [line.join(), line.join()];
    const heard = listenTo(two);
    one.leave();
    one.tell('change', { of: 'late' });
    await line.idle();
    expect(heard).toEqual([]);
  });
});
