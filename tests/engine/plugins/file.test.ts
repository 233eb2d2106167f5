import { rmSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Handler } from '../../../harness/engine/plugin.ts';
import { folderWith, query, setUp, summary, write, zoneText } from '../support.ts';

beforeEach(() =>
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] }),
);
afterEach(() => vi.useRealTimers());

const ask = async (handler: Handler, name: string, type = 'A') =>
  summary(await handler.serve(query(name, type)));

async function start(lines: string, files: { readonly [path: string]: string }, key = 'example.org') {
  const folder = folderWith(files);
  const loaded = await setUp(`${key} {\n${lines}\n}`, { folder });
  await loaded.hooks.run('startup');
  return { ...loaded, folder };
}

describe('file serves', () => {
  test('the zones of its block', async () => {
    const { handler } = await start('file db', { db: zoneText() });
    expect(await ask(handler, 'a.example.org.')).toBe('NOERROR; a.example.org. A 192.0.2.1; +1+0');
    expect(await ask(handler, 'b.example.org.')).toBe('NXDOMAIN; +1+0');
  });

  test('the zones it names instead, each from the same file, networks too', async () => {
    const { handler } = await start('file db a.org 10.0.0.0/8', { db: zoneText() });
    expect(await ask(handler, 'a.a.org.')).toBe('NOERROR; a.a.org. A 192.0.2.1; +1+0');
    expect(await ask(handler, 'a.10.in-addr.arpa.')).toBe('NOERROR; a.10.in-addr.arpa. A 192.0.2.1; +1+0');
    expect(await ask(handler, 'a.example.org.')).toBe('REFUSED; +0+0');
  });

  test('the closest zone, several files in one block', async () => {
    const files = { one: zoneText(1, '192.0.2.1'), two: zoneText(1, '192.0.2.2') };
    const { handler } = await start('file one org\nfile two sub.org', files);
    expect(await ask(handler, 'a.sub.org.')).toBe('NOERROR; a.sub.org. A 192.0.2.2; +1+0');
    expect(await ask(handler, 'a.org.')).toBe('NOERROR; a.org. A 192.0.2.1; +1+0');
  });

  test('from a path relative to root', async () => {
    const { handler } = await start('root zones\nfile db', { 'zones/db': zoneText() });
    expect(await ask(handler, 'a.example.org.')).toMatch(/^NOERROR/);
  });

  test('no transfers', async () => {
    const { handler } = await start('file db', { db: zoneText() });
    expect(await ask(handler, 'example.org.', 'AXFR')).toBe('REFUSED; +0+0');
    expect(await ask(handler, 'example.org.', 'IXFR')).toBe('REFUSED; +0+0');
  });

  test('names outside its zones from the next plugin', async () => {
    const { handler } = await start('file db a.org\nwhoami', { db: zoneText() });
    expect(await ask(handler, 'b.org.')).toBe('NOERROR; +0+2');
  });
});

describe('fallthrough', () => {
  const db = zoneText(1, '192.0.2.1', 'x.ent IN A 192.0.2.9');

  test.each([
    ['', 'b.example.org.', 'NXDOMAIN; +1+0'],
    ['fallthrough', 'b.example.org.', 'NOERROR; +0+2'],
    ['fallthrough', 'ent.example.org.', 'NOERROR; +0+2'],
    ['fallthrough', 'a.example.org.', 'NOERROR; a.example.org. A 192.0.2.1; +1+0'],
    ['fallthrough b.example.org', 'b.example.org.', 'NOERROR; +0+2'],
    ['fallthrough b.example.org', 'c.example.org.', 'NXDOMAIN; +1+0'],
  ])('with `%s`, %s gives %s', async (property, name, expected) => {
    const { handler } = await start(`file db {\n${property}\n}\nwhoami`, { db });
    expect(await ask(handler, name)).toBe(expected);
  });

  test('a name that exists without the type does not fall through', async () => {
    const { handler } = await start('file db {\nfallthrough\n}\nwhoami', { db });
    expect(await ask(handler, 'a.example.org.', 'TXT')).toBe('NOERROR; +1+0');
  });
});

describe('a changed file', () => {
  test('is served once its serial differs, higher or lower', async () => {
    const { handler, folder } = await start('file db {\nreload 10s\n}', { db: zoneText(5) });
    write(join(folder, 'db'), zoneText(5, '192.0.2.2'));
    vi.advanceTimersByTime(10_000);
    expect(await ask(handler, 'a.example.org.')).toContain('192.0.2.1');
    write(join(folder, 'db'), zoneText(4, '192.0.2.3'));
    vi.advanceTimersByTime(10_000);
    expect(await ask(handler, 'a.example.org.')).toContain('192.0.2.3');
  });

  test('that is broken or gone leaves the zone as it was', async () => {
    const { handler, folder, lines } = await start('file db {\nreload 10s\n}', { db: zoneText() });
    write(join(folder, 'db'), 'nonsense');
    vi.advanceTimersByTime(10_000);
    rmSync(join(folder, 'db'));
    vi.advanceTimersByTime(10_000);
    expect(await ask(handler, 'a.example.org.')).toContain('192.0.2.1');
    expect(lines).toHaveLength(2);
  });

  test('is not looked at with `reload 0`', async () => {
    await start('file db {\nreload 0\n}', { db: zoneText() });
    expect(vi.getTimerCount()).toBe(0);
  });

  test('with reload_by_mtime is served whatever its serial, and read once per change', async () => {
    const { handler, folder, lines } = await start('file db {\nreload 10s\nreload_by_mtime\n}', {
      db: zoneText(),
    });
    const db = join(folder, 'db');
    write(db, zoneText(1, '192.0.2.2'));
    const later = Date.now() / 1000 + 10;
    utimesSync(db, later, later);
    vi.advanceTimersByTime(10_000);
    expect(await ask(handler, 'a.example.org.')).toContain('192.0.2.2');
    vi.advanceTimersByTime(30_000);
    expect(lines.filter(line => line.includes('Successfully reloaded zone'))).toHaveLength(1);
    rmSync(db);
    vi.advanceTimersByTime(10_000);
    expect(await ask(handler, 'a.example.org.')).toContain('192.0.2.2');
  });
});

test('with reload_by_mtime a change between the set-up and the start is not lost', async () => {
  const folder = folderWith({ db: zoneText() });
  const { handler, hooks } = await setUp('example.org {\nfile db {\nreload 10s\nreload_by_mtime\n}\n}', {
    folder,
  });
  const db = join(folder, 'db');
  write(db, zoneText(1, '192.0.2.2'));
  const later = Date.now() / 1000 + 10;
  utimesSync(db, later, later);
  await hooks.run('startup');
  vi.advanceTimersByTime(10_000);
  expect(await ask(handler, 'a.example.org.')).toContain('192.0.2.2');
});

describe('a file that is not there', () => {
  test.each(['', 'reload_by_mtime'])('may come later (%s)', async property => {
    const { handler, folder, lines } = await start(`file db {\n${property}\n}`, {});
    expect(lines[0]).toMatch(/^warning plugin\/file: Failed to open ".*db": trying again in 1m0s/);
    expect(await ask(handler, 'a.example.org.')).toBe('SERVFAIL; +0+0');
    write(join(folder, 'db'), zoneText());
    vi.advanceTimersByTime(60_000);
    expect(await ask(handler, 'a.example.org.')).toContain('192.0.2.1');
  });

  test('is an error when nobody would look again', async () => {
    await expect(start('file db {\nreload 0\n}', {})).rejects.toThrow(/^plugin\/file: .*ENOENT/);
  });
});

describe('timers', () => {
  test.each([
    ['file db', 1],
    ['file db a.org b.org', 2],
    ['file db a.org a.org', 1],
    ['file db a.org\nfile db a.org', 1],
  ])('`%s` has %d', async (lines, timers) => {
    const { scope } = await start(lines, { db: zoneText() });
    expect(vi.getTimerCount()).toBe(timers);
    await scope.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('start with the instance, not with the set-up', async () => {
    const folder = folderWith({ db: zoneText() });
    await setUp('example.org {\nfile db\n}', { folder });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the set-up refuses', () => {
  test.each([
    ['file', /^plugin\/file: .*:2 - Error during parsing: Wrong argument count/],
    ['file db {\nreload\n}', /Wrong argument count/],
    ['file db {\nreload 1s 2s\n}', /Wrong argument count/],
    ['file db {\nreload -1s\n}', /invalid duration: -1s/],
    ['file db {\nreload soon\n}', /Cannot parse duration/],
    ['file db {\nreload_by_mtime yes\n}', /Wrong argument count/],
    ['file db {\nno_reload\n}', /unknown property 'no_reload'/],
    ['file db a..b', /domain name/],
    ['file broken', /^plugin\/file: .*broken: dns: /],
    ['file zero', /no change in SOA serial/],
    ['file empty', /has no SOA record for origin example\.org\./],
  ])('`%s`', async (lines, message) => {
    const files = { db: zoneText(), broken: `${zoneText()}b IN A nonsense\n`, zero: zoneText(0), empty: '' };
    await expect(start(lines, files)).rejects.toThrow(message);
  });
});
