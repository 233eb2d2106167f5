import { describe, expect, test } from 'vitest';
import type { Query } from '../../../harness/engine/plugin.ts';
import { query, setUp } from '../support.ts';

describe('whoami', () => {
  test.each<{ about: string; asked: Partial<Query>; address: unknown; port: unknown }>([
    {
      about: 'an IPv4 client over UDP',
      asked: { client: { address: '192.0.2.7', port: 1111 } },
      address: { name: 'x.org.', type: 'A', ttl: 0, data: '192.0.2.7' },
      port: {
        name: '_udp.x.org.',
        type: 'SRV',
        ttl: 0,
        data: { priority: 0, weight: 0, port: 1111, target: '.' },
      },
    },
    {
      about: 'an IPv6 client over TCP',
      asked: { client: { address: '2001:db8::1', port: 2 }, transport: 'tcp' },
      address: { name: 'x.org.', type: 'AAAA', ttl: 0, data: '2001:db8::1' },
      port: {
        name: '_tcp.x.org.',
        type: 'SRV',
        ttl: 0,
        data: { priority: 0, weight: 0, port: 2, target: '.' },
      },
    },
    {
      about: 'an IPv4 client of a dual-stack socket',
      asked: { client: { address: '::ffff:192.0.2.7', port: 3 } },
      address: { name: 'x.org.', type: 'A', ttl: 0, data: '192.0.2.7' },
      port: {
        name: '_udp.x.org.',
        type: 'SRV',
        ttl: 0,
        data: { priority: 0, weight: 0, port: 3, target: '.' },
      },
    },
    {
      about: 'a query for the root from a link-local client',
      asked: { name: '.', client: { address: 'fe80::1%eth0', port: 4 } },
      address: { name: '.', type: 'AAAA', ttl: 0, data: 'fe80::1' },
      port: { name: '_udp.', type: 'SRV', ttl: 0, data: { priority: 0, weight: 0, port: 4, target: '.' } },
    },
  ])('tells $about its address and port, and nothing else', async ({ asked, address, port }) => {
    const { handler } = await setUp('. {\n whoami\n}');
    expect(handler.serve(query('x.org.', 'TXT', asked))).toEqual({
      rcode: 'NOERROR',
      authoritative: true,
      answers: [],
      authorities: [],
      additionals: [address, port],
    });
  });

  test('leaves the port out where the name leaves no room for the label before it', async () => {
    const { handler } = await setUp('. {\n whoami\n}');
    const longest = `${'a'.repeat(63)}.`.repeat(3).concat(`${'a'.repeat(61)}.`);
    const reply = await handler.serve(query(longest));
    expect(reply.rcode).toBe('NOERROR');
    expect(reply.additionals.map(({ type }) => type)).toEqual(['A']);
  });

  test('takes no argument', async () => {
    await expect(setUp('. {\n whoami x\n}')).rejects.toThrow(
      "plugin/whoami: /nowhere/Corefile:2 - Error during parsing: Wrong argument count or unexpected line ending after 'x'",
    );
  });
});
