import { once } from 'node:events';
import { mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Handler } from '../../../harness/engine/plugin.ts';
import { OriginPattern } from '../../../harness/engine/plugins/auto/origin.ts';
import { folderWith, query, setUp, summary, write, zoneText } from '../support.ts';

beforeEach(() => vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
afterEach(() => vi.useRealTimers());

const ask = async (handler: Handler, name: string, type = 'A') =>
  summary(await handler.serve(query(name, type)));
const found = (address = '192.0.2.1') => expect.stringContaining(` A ${address}; `);
const REFUSED = 'REFUSED; +0+0';

async function start(files: { readonly [path: string]: string }, properties = 'directory zones', after = '') {
  const folder = folderWith(files);
  const loaded = await setUp(`. {\nauto {\n${properties}\n}\n${after}\n}`, { folder });
  await loaded.hooks.run('startup');
  return { ...loaded, folder, zones: join(folder, 'zones') };
}
const walkAgain = () => vi.advanceTimersByTime(60_000);

describe('a walk', () => {
  test('loads every matching file, in sub-folders too, and says so', async () => {
    const files = {
      'zones/db.a.org': zoneText(),
      'zones/x/y/db.B.org': zoneText(),
      'zones/readme': 'not a zone',
    };
    const { handler, lines, zones } = await start(files);
    expect(await ask(handler, 'a.a.org.')).toEqual(found());
    expect(await ask(handler, 'a.b.org.')).toEqual(found());
    expect(lines).toEqual([
      `info plugin/auto: Inserting zone \`a.org.' from: ${zones}/db.a.org`,
      `info plugin/auto: Inserting zone \`b.org.' from: ${zones}/x/y/db.B.org`,
    ]);
  });

  test('adds the zones of new files and removes those of files that have gone', async () => {
    const { handler, lines, zones } = await start({ 'zones/db.a.org': zoneText() });
    write(join(zones, 'db.b.org'), zoneText());
    rmSync(join(zones, 'db.a.org'));
    walkAgain();
    expect(await ask(handler, 'a.a.org.')).toBe(REFUSED);
    expect(await ask(handler, 'a.b.org.')).toEqual(found());
    expect(lines.at(-1)).toBe("info plugin/auto: Deleting zone `a.org.'");
    expect(vi.getTimerCount()).toBe(2);
  });

  test('leaves a known zone to its own timer, which takes a new serial', async () => {
    const { handler, zones } = await start({ 'zones/db.a.org': zoneText(1) });
    write(join(zones, 'db.a.org'), zoneText(2, '192.0.2.2'));
    walkAgain();
    expect(await ask(handler, 'a.a.org.')).toEqual(found('192.0.2.2'));
  });

  test('tells a known zone where its file is now', async () => {
    const { handler, zones } = await start({ 'zones/db.a.org': zoneText(1), 'zones/b/x': '' });
    renameSync(join(zones, 'db.a.org'), join(zones, 'b/db.a.org'));
    walkAgain();
    write(join(zones, 'b/db.a.org'), zoneText(2, '192.0.2.2'));
    walkAgain();
    expect(await ask(handler, 'a.a.org.')).toEqual(found('192.0.2.2'));
  });

  test('follows links to files and a link to the directory, but not links to folders', async () => {
    const folder = folderWith({
      'real/db.a.org': zoneText(),
      'other/b': zoneText(),
      'third/db.c.org': zoneText(),
    });
    symlinkSync(join(folder, 'real'), join(folder, 'zones'));
    symlinkSync(join(folder, 'other/b'), join(folder, 'real/db.b.org'));
    symlinkSync(join(folder, 'third'), join(folder, 'real/third'));
    const { handler, hooks, lines } = await setUp('. {\nauto {\ndirectory zones\n}\n}', { folder });
    await hooks.run('startup');
    expect(await ask(handler, 'a.a.org.')).toEqual(found());
    expect(await ask(handler, 'a.b.org.')).toEqual(found());
    expect(await ask(handler, 'a.c.org.')).toBe(REFUSED);
    expect(lines).toHaveLength(2);
  });

  test('follows a link to wherever it points now', async () => {
    const { handler, zones, folder } = await start({
      'zones/readme': '',
      one: zoneText(1),
      two: zoneText(2, '192.0.2.2'),
    });
    const link = join(zones, 'db.a.org');
    symlinkSync(join(folder, 'one'), link);
    walkAgain();
    rmSync(link);
    symlinkSync(join(folder, 'two'), link);
    walkAgain();
    walkAgain();
    expect(await ask(handler, 'a.a.org.')).toEqual(found('192.0.2.2'));
  });

  test('passes over what is no file, and warns of a link to nowhere', async () => {
    const folder = folderWith({ 'zones/db.a.org': zoneText() });
    const socket = createServer().listen(join(folder, 'zones/db.socket'));
    onTestFinished(() => void socket.close());
    await once(socket, 'listening');
    symlinkSync(join(folder, 'zones/db.socket'), join(folder, 'zones/db.linked'));
    symlinkSync(join(folder, 'missing'), join(folder, 'zones/db.b.org'));
    const { hooks, lines } = await setUp('. {\nauto {\ndirectory zones\n}\n}', { folder });
    await hooks.run('startup');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^warning plugin\/auto: Failed to load zone "b\.org\." from ".*": ENOENT/);
  });

  test('of two files for one zone takes the first, and warns of the other at every walk', async () => {
    const { handler, lines, zones } = await start({
      'zones/db.a.org': zoneText(1),
      'zones/other/db.a.org': zoneText(1, '192.0.2.2'),
    });
    walkAgain();
    expect(await ask(handler, 'a.a.org.')).toEqual(found('192.0.2.1'));
    const warning = `warning plugin/auto: Multiple zone files match origin "a.org.": using "${zones}/db.a.org" instead of "${zones}/other/db.a.org"`;
    expect(lines.filter(line => line.startsWith('warning'))).toEqual([warning, warning]);
  });

  test('the first claimant has the zone even if it cannot be parsed; it is tried again each time', async () => {
    const { handler, lines, zones } = await start({
      'zones/1/db.a.org': 'nonsense',
      'zones/2/db.a.org': zoneText(),
    });
    expect(await ask(handler, 'a.a.org.')).toBe(REFUSED);
    walkAgain();
    expect(lines.filter(line => line.includes('Failed to load zone "a.org."'))).toHaveLength(2);
    write(join(zones, '1/db.a.org'), zoneText(1, '192.0.2.3'));
    walkAgain();
    expect(await ask(handler, 'a.a.org.')).toEqual(found('192.0.2.3'));
  });

  test('does not load serial 0', async () => {
    const { handler, lines } = await start({ 'zones/db.a.org': zoneText(0) });
    expect(await ask(handler, 'a.a.org.')).toBe(REFUSED);
    expect(lines[0]).toContain('no change in SOA serial');
  });

  test('warns of a file name that makes no zone name', async () => {
    const { lines } = await start({ 'zones/db.a..org': zoneText(), 'zones/db.b.org': zoneText() });
    expect(lines[0]).toMatch(/^warning plugin\/auto: No zone can be named after ".*db\.a\.\.org"/);
    expect(lines[1]).toContain('Inserting zone');
  });

  test('deletes every zone when the directory has gone, and finds them again', async () => {
    const { handler, lines, zones } = await start({
      'zones/db.a.org': zoneText(),
      'zones/db.b.org': zoneText(),
    });
    renameSync(zones, `${zones}.away`);
    walkAgain();
    expect(await ask(handler, 'a.a.org.')).toBe(REFUSED);
    expect(lines.slice(2)).toEqual([
      expect.stringMatching(/^warning plugin\/auto: Failed to walk directory ".*zones": ENOENT/),
      "info plugin/auto: Deleting zone `a.org.'",
      "info plugin/auto: Deleting zone `b.org.'",
    ]);
    expect(vi.getTimerCount()).toBe(1);
    renameSync(`${zones}.away`, zones);
    walkAgain();
    expect(await ask(handler, 'a.b.org.')).toEqual(found());
  });
});

describe('serving', () => {
  test('what is in no zone goes to the next plugin', async () => {
    const { handler } = await start({ 'zones/db.a.org': zoneText() }, 'directory zones', 'whoami');
    expect(await ask(handler, 'b.org.')).toBe('NOERROR; +0+2');
    expect(await ask(handler, 'b.a.org.')).toBe('NXDOMAIN; +1+0');
  });

  test('zones outside the ones it answers for are loaded but never asked', async () => {
    const folder = folderWith({ 'zones/db.a.org': zoneText(), 'zones/db.b.org': zoneText() });
    const { handler, hooks, lines } = await setUp('. {\nauto a.org {\ndirectory zones\n}\n}', { folder });
    await hooks.run('startup');
    expect(await ask(handler, 'a.a.org.')).toEqual(found());
    expect(await ask(handler, 'a.b.org.')).toBe(REFUSED);
    expect(lines).toHaveLength(2);
  });

  test('the closest zone answers', async () => {
    const { handler } = await start({
      'zones/db.org': zoneText(),
      'zones/db.sub.org': zoneText(1, '192.0.2.2'),
    });
    expect(await ask(handler, 'a.sub.org.')).toEqual(found('192.0.2.2'));
    expect(await ask(handler, 'a.org.')).toEqual(found('192.0.2.1'));
  });

  test.each(['AXFR', 'IXFR'])('%s is refused', async type => {
    const { handler } = await start({ 'zones/db.a.org': zoneText() });
    expect(await ask(handler, 'a.org.', type)).toBe(REFUSED);
  });
});

describe('options', () => {
  test('a path is relative to root, and several directives are one', async () => {
    const folder = folderWith({ 'r/zones/zone-a.org.txt': zoneText() });
    const text = `a.org b.org {
      auto b.org {
        reload 5s
      }
      root r
      auto {
        directory zones zone-(.*)\\.txt {1}
      }
    }`;
    const { handler, hooks } = await setUp(text, { folder });
    await hooks.run('startup');
    expect(await ask(handler, 'a.a.org.')).toEqual(found());
    write(join(folder, 'r/zones/zone-b.org.txt'), zoneText());
    vi.advanceTimersByTime(5000);
    expect(await ask(handler, 'a.b.org.')).toEqual(found());
  });

  test('without a directory says once that there will be no zone, and looks for none', async () => {
    const { handler, lines } = await start({}, 'reload 10s');
    vi.advanceTimersByTime(60_000);
    expect(lines).toEqual(['warning plugin/auto: No directory is given, so that no zone is ever found']);
    expect(vi.getTimerCount()).toBe(0);
    expect(await ask(handler, 'a.a.org.')).toBe(REFUSED);
  });

  test('a directory that does not exist yet is only a warning', async () => {
    const { handler, lines, zones } = await start({});
    expect(lines[0]).toBe(`warning plugin/auto: Directory does not exist: ${zones}`);
    mkdirSync(zones);
    write(join(zones, 'db.a.org'), zoneText());
    walkAgain();
    expect(await ask(handler, 'a.a.org.')).toEqual(found());
  });

  test('`reload 0` starts no timer', async () => {
    await start({ 'zones/db.a.org': zoneText() }, 'directory zones\nreload 0');
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([
    ['directory', /^plugin\/auto: .*:3 - Error during parsing: Wrong argument count/],
    ['directory zones (.*)', /Wrong argument count/],
    ['directory zones (.*) {1} 60', /Wrong argument count/],
    ['directory zones .* {1}', /Need at least one sub expression/],
    ['directory zones ( {1}', /Invalid regular expression/],
    [`directory zones (${'x'.repeat(10_000)}) {1}`, /regexp too large: 10002 > 10000/],
    ['reload', /reload duration value is expected/],
    ['reload -1s', /plugin\/file: invalid duration/],
    ['reload soon', /Cannot parse duration/],
    ['no_reload', /unknown property 'no_reload'/],
    ['transfer to *', /unknown property 'transfer'/],
  ])('`%s` is refused', async (property, message) => {
    await expect(start({}, property)).rejects.toThrow(message);
  });

  test('`upstream` and further arguments of `reload` are swallowed', async () => {
    await start({ 'zones/db.a.org': zoneText() }, 'directory zones\nupstream 8.8.8.8\nreload 1s 2s');
    expect(vi.getTimerCount()).toBe(2);
  });
});

describe('the origin of a file', () => {
  test.each<[string | undefined, string | undefined, string, string | undefined]>([
    [undefined, undefined, 'db.example.org', 'example.org.'],
    [undefined, undefined, 'db.Example.ORG', 'example.org.'],
    [undefined, undefined, 'x.db.example.org', 'example.org.'],
    [undefined, undefined, 'db.', undefined],
    [undefined, undefined, 'example.org', undefined],
    ['(.*)\\.(.*)\\.zone', '{2}.{1}', 'org.example.zone', 'example.org.'],
    ['db\\.(.*)', 'sub.{1}', 'db.org', 'sub.org.'],
    ['db\\.(.*)', '$' + '{1}', 'db.org', 'org.'],
    ['db\\.(.*)', '$1', 'db.org', 'org.'],
    ['db\\.(?P<zone>.*)', '{zone}', 'db.org', 'org.'],
    ['db\\.(?<zone>.*)', '{zone}.net', 'db.org', 'org.net.'],
    ['db\\.(.*)', '{2}', 'db.org', undefined],
    ['db\\.(a)|db\\.(b)', '{2}', 'db.a', undefined],
    ['db\\.(.*)', 'fixed.org', 'db.x', 'fixed.org.'],
  ])('%s and %s make of %s: %s', (regexp, template, name, origin) => {
    expect(new OriginPattern(regexp, template).originOf(name)).toBe(origin);
  });
});

describe('the end', () => {
  test('1 + Z timers while it runs, none after, and nothing is read any more', async () => {
    const { scope, lines, zones } = await start({
      'zones/db.a.org': zoneText(),
      'zones/db.b.org': zoneText(),
    });
    expect(vi.getTimerCount()).toBe(3);
    await scope.close();
    expect(vi.getTimerCount()).toBe(0);
    const before = lines.length;
    rmSync(zones, { recursive: true });
    walkAgain();
    expect(lines).toHaveLength(before);
  });

  test('comes while a zone is being reloaded, and does not hang', async () => {
    const folder = folderWith({ 'zones/db.a.org': zoneText(), 'zones/db.b.org': zoneText() });
    let closing: Promise<void> | undefined;
    const loaded = await setUp('. {\nauto {\ndirectory zones\nreload 10s\n}\n}', { folder });
    const remember = loaded.lines.push.bind(loaded.lines);
    // The zone's own timer logs in the middle of its work: the end begins there.
    loaded.lines.push = (...lines) => {
      if (lines.some(line => line.includes('Successfully reloaded'))) closing ??= loaded.scope.close();
      return remember(...lines);
    };
    await loaded.hooks.run('startup');
    for (const zone of ['a', 'b']) write(join(folder, `zones/db.${zone}.org`), zoneText(2));
    vi.advanceTimersByTime(10_000);
    expect(closing).toBeDefined();
    await closing;
    expect(vi.getTimerCount()).toBe(0);
  });
});
