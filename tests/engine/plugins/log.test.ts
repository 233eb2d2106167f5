import { describe, expect, test } from 'vitest';
import { DIRECTIVES } from '../../../harness/engine/directives.ts';
import { type Directive, emptyReply, type Rcode, type Reply } from '../../../harness/engine/plugin.ts';
import type { ResourceRecord } from '../../../harness/engine/zone/record.ts';
import { query, setUp } from '../support.ts';

const a: ResourceRecord = { name: 'x.', type: 'A', ttl: 1, data: '192.0.2.1' };
const soa: ResourceRecord = {
  name: 'x.',
  type: 'SOA',
  ttl: 1,
  data: { mname: '.', rname: '.', serial: 1, refresh: 1, retry: 1, expire: 1, minimum: 1 },
};
const replies: { readonly [name: string]: Reply } = {
  'success.': { ...emptyReply('NOERROR'), authoritative: true, answers: [a] },
  'referral.': { ...emptyReply('NOERROR'), authorities: [{ name: 'x.', type: 'NS', ttl: 1, data: 'ns.' }] },
  'nodata.': { ...emptyReply('NOERROR'), authorities: [soa] },
  'denial.': emptyReply('NXDOMAIN'),
  'error.': emptyReply('REFUSED'),
};
const scripted: Directive = {
  name: 'scripted',
  setup: ({ addPlugin }) =>
    addPlugin(() => ({
      name: 'scripted',
      serve({ name }) {
        if (name === 'throws.') throw new Error('broken');
        if (name === 'rejects.') return Promise.reject(new Error('broken'));
        return replies[name] ?? emptyReply('NOERROR' satisfies Rcode);
      },
    })),
};
const load = (log: string) => setUp(`. {\n${log}\n scripted\n}`, { directives: [...DIRECTIVES, scripted] });

describe('log', () => {
  test("writes CoreDNS's common format, with a mark for what plugins cannot know", async () => {
    const { handler, lines } = await load('log');
    await handler.serve(query('success.', 'MX', { dnssecOk: true }));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(
      /^info 192\.0\.2\.99:4321 - - "MX IN success\. udp - true -" NOERROR qr,aa - \d+\.\d{9}s$/,
    );
  });

  test.each([
    ['{combined}', /^info 192\.0\.2\.99:4321 - - "A IN x\. udp - false -" NOERROR qr - \d+\.\d{9}s "0"$/],
    ['{common}', /^info 192\.0\.2\.99:4321 - - "A IN x\. udp - false -" NOERROR qr - \d+\.\d{9}s$/],
    ['{name}={type}!', /^info x\.=A!$/],
    ['{proto} {port} {>id}{size}{local}', /^info udp 4321 ---$/],
  ])('the format %s', async (format, line) => {
    const { handler, lines } = await load(`log . "${format}"`);
    await handler.serve(query('x.'));
    expect(lines[0]).toMatch(line);
  });

  test('a format alone applies to all names', async () => {
    const { handler, lines } = await load('log "{name}"');
    await handler.serve(query('x.'));
    expect(lines).toEqual(['info x.']);
  });

  test('puts IPv6 clients in brackets', async () => {
    const { handler, lines } = await load('log . {remote}:{port}');
    await handler.serve(query('x.', 'A', { client: { address: '::1', port: 5 } }));
    expect(lines).toEqual(['info [::1]:5']);
  });

  test('only names in its zones are logged, by the first line that matches', async () => {
    const { handler, lines } = await load('log example.org example.com one:{name}\nlog org two:{name}');
    for (const name of ['a.example.org.', 'example.com.', 'b.org.', 'c.net.'])
      await handler.serve(query(name));
    expect(lines).toEqual(['info one:a.example.org.', 'info one:example.com.', 'info two:b.org.']);
  });

  test.each([
    ['class success', ['success.', 'referral.']],
    ['class denial', ['nodata.', 'denial.']],
    ['class error', ['error.', 'throws.', 'rejects.']],
    ['class denial error', ['nodata.', 'denial.', 'error.', 'throws.', 'rejects.']],
    ['class success\nclass denial', ['success.', 'referral.', 'nodata.', 'denial.']],
    ['class all', ['success.', 'referral.', 'nodata.', 'denial.', 'error.', 'throws.', 'rejects.']],
    ['', ['success.', 'referral.', 'nodata.', 'denial.', 'error.', 'throws.', 'rejects.']],
  ])('`%s` logs %j', async (classes, names) => {
    const { handler, lines } = await load(`log . {name} {\n${classes}\n}`);
    for (const name of [...Object.keys(replies), 'throws.', 'rejects.']) {
      await Promise.resolve()
        .then(() => handler.serve(query(name)))
        .catch(() => {});
    }
    expect(lines).toEqual(names.map(name => `info ${name}`));
  });

  test.each(['throws.', 'rejects.'])(
    'a failure (%s) is logged as SERVFAIL and goes on failing',
    async name => {
      const { handler, lines } = await load('log . {rcode}');
      await expect((async () => handler.serve(query(name)))()).rejects.toThrow('broken');
      expect(lines).toEqual(['info SERVFAIL']);
    },
  );

  test('does not make a promise of an answer', async () => {
    const { handler } = await load('log');
    expect(handler.serve(query('success.'))).toBe(replies['success.']);
  });

  test.each([
    ['log . {nonsense}', /unknown placeholder '\{nonsense\}'/],
    ['log {\n class\n}', /Wrong argument count/],
    ['log {\n class loud\n}', /invalid class: "loud"/],
    ['log {\n colour\n}', /unknown property 'colour'/],
    ['log a..b', /^plugin\/log: .*:2 - Error during parsing: /],
  ])('refuses `%s`', async (lines, message) => {
    await expect(load(lines)).rejects.toThrow(message);
  });
});
