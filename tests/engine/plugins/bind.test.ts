import { networkInterfaces } from 'node:os';
import { describe, expect, test } from 'vitest';
import { setUp } from '../support.ts';

const [loopback] =
  Object.entries(networkInterfaces()).find(([, found]) => found?.some(({ internal }) => internal)) ?? [];

describe('bind', () => {
  test.each([
    ['bind 127.0.0.1', ['127.0.0.1']],
    ['bind 127.0.0.1 ::1', ['127.0.0.1', '::1']],
    ['bind 127.0.0.1\n bind 127.0.0.2', ['127.0.0.1', '127.0.0.2']],
    ['bind 127.0.0.1 127.0.0.1', ['127.0.0.1']],
    ['whoami', []],
  ])('`%s` listens on %j', async (line, hosts) => {
    expect((await setUp(`. {\n ${line}\n}`)).block.config.listenHosts).toEqual(hosts);
  });

  test('an interface stands for its addresses', async () => {
    const { block } = await setUp(`. {\n bind ${loopback}\n}`);
    expect(block.config.listenHosts).toContain('127.0.0.1');
  });

  test.each([
    ['bind', /^plugin\/bind: .*:2 - Error during parsing: Wrong argument count/],
    ['bind nowhere0', /not a valid IP address or interface name: "nowhere0"$/],
    ['bind 127.0.0.1 {\n except lo\n }', /Unexpected '\{'/],
  ])('refuses `%s`', async (line, message) => {
    await expect(setUp(`. {\n ${line}\n}`)).rejects.toThrow(message);
  });
});
