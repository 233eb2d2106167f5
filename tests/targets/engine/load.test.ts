import { describe, expect, onTestFinished, test } from 'vitest';
import type { QueryLoad, QueryLoadInput } from '../../../harness/scenario.ts';
import { startLoad } from '../../../harness/targets/engine/load.ts';
import { ADDRESS, type FakeServer, startFakeServer } from './fake-server.ts';

const INPUT: QueryLoadInput = {
  names: { 'a.example': ADDRESS, 'b.example': ADDRESS },
  queriesPerSecond: 1000,
  tcpShare: 0.25,
};

/** A load whose process ends with the test. */
async function loadOn({ port }: FakeServer, input: Partial<QueryLoadInput> = {}): Promise<QueryLoad> {
  const load = await startLoad(port, { ...INPUT, ...input });
  onTestFinished(async () => void (await load.stop().catch(() => {})));
  return load;
}

async function hasReceived({ received }: FakeServer, count: number): Promise<void> {
  while (received.udp + received.tcp < count) await new Promise(resolve => setTimeout(resolve, 2));
}

/** Asks until the server has got so many queries, and pauses. */
async function askFor(count: number, server: FakeServer, load: QueryLoad) {
  load.resume();
  await hasReceived(server, count);
  return load.pause();
}

function childProcesses(): number {
  return process.getActiveResourcesInfo().filter(resource => resource === 'ProcessWrap').length;
}

describe('a load on a server that answers rightly', () => {
  test('counts every query as answered, with its share over TCP', async () => {
    const server = await startFakeServer();
    const figures = await askFor(100, server, await loadOn(server));
    expect(figures).toMatchObject({ answered: figures.sent, lost: 0, wrong: 0 });
    expect(server.received.udp + server.received.tcp).toBe(figures.sent);
    expect(server.received.tcp).toBe(Math.floor(figures.sent / 4));
  });

  test('asks over UDP alone unless told otherwise', async () => {
    const server = await startFakeServer();
    const load = await startLoad(server.port, { names: INPUT.names, queriesPerSecond: 1000 });
    await askFor(50, server, load);
    await load.stop();
    expect(server.received.tcp).toBe(0);
  });

  test('asks nothing before it is resumed', async () => {
    const server = await startFakeServer();
    const load = await loadOn(server);
    expect(await load.pause()).toEqual({ sent: 0, answered: 0, lost: 0, wrong: 0, seconds: 0 });
  });

  test('waits at a pause for what is in flight, and asks nothing more', async () => {
    const server = await startFakeServer({ delay: 100 });
    const load = await loadOn(server);
    const figures = await askFor(20, server, load);
    expect(figures.answered).toBe(figures.sent);
    expect(figures.seconds).toBeGreaterThan(0);
    expect(await load.pause()).toEqual(figures);
    expect(server.received.udp + server.received.tcp).toBe(figures.sent);
  });

  test('goes on counting after a pause, which is no part of its seconds', async () => {
    const server = await startFakeServer();
    const load = await loadOn(server);
    const first = await askFor(20, server, load);
    await new Promise(resolve => setTimeout(resolve, 300));
    expect((await load.pause()).seconds).toBe(first.seconds);
    const second = await askFor(first.sent + 20, server, load);
    expect(second.sent).toBeGreaterThanOrEqual(first.sent + 20);
    expect(second).toMatchObject({ answered: second.sent, lost: 0, wrong: 0 });
    expect(second.seconds).toBeGreaterThan(first.seconds);
  });

  test('asks no faster when it is resumed again and again', async () => {
    const server = await startFakeServer();
    const load = await loadOn(server, { queriesPerSecond: 500 });
    for (let pause = 1; pause <= 20; pause++) {
      load.resume();
      load.resume();
      await askFor(pause * 5, server, load);
    }
    const { sent, seconds } = await load.pause();
    // One more than is due at each of the 20 starts.
    expect(sent).toBeLessThanOrEqual(seconds * 500 + 20);
  });
});

describe('a load on a server that fails', () => {
  test('counts what is never answered as lost, over either transport', async () => {
    const server = await startFakeServer({
      behave: sequence => (sequence % 10 === 9 ? 'lose' : 'answer'),
    });
    const figures = await askFor(100, server, await loadOn(server));
    const { udp, tcp } = server.received;
    const lost = Math.floor(udp / 10) + Math.floor(tcp / 10);
    expect(figures).toMatchObject({ sent: udp + tcp, lost, answered: udp + tcp - lost, wrong: 0 });
  });

  test.each(['wrong', 'two answers', 'garbage'] as const)(
    'counts %s as an answer, and as wrong',
    async behaviour => {
      const server = await startFakeServer({
        behave: (sequence, transport) => (transport === 'tcp' || sequence % 10 === 9 ? behaviour : 'answer'),
      });
      const figures = await askFor(100, server, await loadOn(server));
      const { udp, tcp } = server.received;
      const wrong = Math.floor(udp / 10) + tcp;
      expect(figures).toMatchObject({ sent: udp + tcp, answered: udp + tcp, lost: 0, wrong });
    },
  );
});

describe('the process of a load', () => {
  test('ends when the load is stopped, with the last figures', async () => {
    const server = await startFakeServer();
    await expect.poll(childProcesses).toBe(0);
    const load = await startLoad(server.port, INPUT);
    expect(childProcesses()).toBe(1);
    const paused = await askFor(20, server, load);
    expect(await load.stop()).toEqual(paused);
    await expect.poll(childProcesses).toBe(0);
  });

  test('ends at once where nobody listens', async () => {
    await expect(startLoad(1, INPUT)).rejects.toThrow(
      'Cannot go on asking as the client process must be running: it ended with 1',
    );
    await expect.poll(childProcesses).toBe(0);
  });
});
