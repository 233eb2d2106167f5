import { expect, onTestFinished, test } from 'vitest';
import { Client } from '../../../harness/targets/engine/client.ts';
import { ADDRESS, startFakeServer } from './fake-server.ts';

function clientOf(port: number): Client {
  const client = new Client(port);
  onTestFinished(() => client.close());
  return client;
}

test.each(['udp', 'tcp'] as const)('asks over %s, one question after the other', async transport => {
  const server = await startFakeServer();
  const client = clientOf(server.port);
  for (const name of ['a.example', 'b.example']) {
    const answer = await client.ask(name, 'A', transport);
    expect(answer).toEqual({ rcode: 'NOERROR', answers: [`${name} A ${ADDRESS}`] });
  }
  expect(server.received[transport]).toBe(2);
});

test('gives up on a lost answer, and gets the next one', async () => {
  const server = await startFakeServer({ behave: sequence => (sequence === 0 ? 'lose' : 'answer') });
  const client = clientOf(server.port);
  await expect(client.ask('a.example', 'A')).rejects.toThrow(
    'Cannot get an answer for a.example A within 2000 ms',
  );
  expect((await client.ask('a.example', 'A')).rcode).toBe('NOERROR');
});

test('fails at once where TCP is refused', async () => {
  await expect(clientOf(1).ask('a.example', 'A', 'tcp')).rejects.toThrow('ECONNREFUSED');
});

test('fails for want of an answer where UDP is refused', async () => {
  await expect(clientOf(1).ask('a.example', 'A', 'udp')).rejects.toThrow('Cannot get an answer');
});
