import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { EngineHost, EngineSession } from '../../../harness/scenario.ts';
import { Host } from '../../../harness/targets/engine/host.ts';
import { folderWith, write } from '../../engine/support.ts';

const ZONES = '.:{port} {\n  auto {\n    directory zones\n  }\n}\n';

function hostOf(build = 'fixed'): { host: Host; folder: string } {
  const folder = folderWith();
  return { host: new Host(build, folder), folder };
}

/** A session that is stopped with the test. */
async function started(starting: Promise<EngineSession>): Promise<EngineSession> {
  const session = await starting;
  onTestFinished(() => session.stop());
  return session;
}

function start(host: EngineHost, input: Parameters<EngineHost['start']>[0]): Promise<EngineSession> {
  return started(host.start(input));
}

describe('start()', () => {
  test('writes the files into its folder and serves them on a port of its own', async () => {
    const { host, folder } = hostOf();
    const text = host.zoneText({ origin: 'a.example', records: 2 });
    const session = await start(host, { corefile: ZONES, files: { 'zones/db.a.example': text } });
    expect(session.directory).toBe(folder);
    expect(readFileSync(join(folder, 'zones/db.a.example'), 'utf8')).toBe(text);
    expect(session.port).toBeGreaterThan(0);
    for (const transport of ['udp', 'tcp'] as const) {
      expect(await session.ask('host1.a.example', 'A', transport)).toEqual({
        rcode: 'NOERROR',
        answers: ['host1.a.example A 10.0.0.2'],
      });
    }
  });

  test('puts the same port in for every {port}', async () => {
    const { host } = hostOf();
    const corefile = 'a.example:{port} {\n  whoami\n}\nb.example:{port} {\n  whoami\n}\n';
    const session = await start(host, { corefile });
    for (const name of ['a.example', 'b.example'])
      expect((await session.ask(name, 'A')).rcode).toBe('NOERROR');
    expect(session.corefile).toBe(corefile);
  });

  test('rejects what the engine refuses, and counts nothing as running', async () => {
    const { host } = hostOf();
    await expect(host.start({ corefile: '.:{port} {\n  nonsense\n}\n' })).rejects.toThrow('nonsense');
    expect(host.running).toBe(0);
  });

  test('refuses a build there is not', () => {
    expect(() => new Host('toString', '/nowhere')).toThrow(
      'Cannot start an engine as its build must be one of fixed, leaky, upstream: "toString"',
    );
  });
});

describe('startZones()', () => {
  test('serves so many zones of so many records, at the addresses it tells', async () => {
    const { host } = hostOf();
    const session = await started(host.startZones({ zones: 2, records: 300 }));
    for (const name of ['host0.zone0.example', 'host299.zone1.example']) {
      const address = host.addressOf(name.startsWith('host0') ? 0 : 299);
      expect((await session.ask(name, 'A')).answers).toEqual([`${name} A ${address}`]);
    }
    expect((await session.ask('host300.zone0.example', 'A')).rcode).toBe('NXDOMAIN');
    expect((await session.ask('host0.zone2.example', 'A')).rcode).toBe('REFUSED');
  });

  test('gives its Corefile for a reload with something added', async () => {
    const { host } = hostOf();
    const session = await started(host.startZones({ zones: 1, records: 1 }));
    await session.reload(`${session.corefile}other.example:{port} {\n  whoami\n}\n`);
    expect((await session.ask('other.example', 'A')).rcode).toBe('NOERROR');
    expect((await session.ask('host0.zone0.example', 'A')).rcode).toBe('NOERROR');
  });
});

describe('reload()', () => {
  test('loads the zones again, on the same port', async () => {
    const { host, folder } = hostOf();
    const session = await started(host.startZones({ zones: 1, records: 1 }));
    const { port } = session;
    write(join(folder, 'zones/db.new.example'), host.zoneText({ origin: 'new.example', records: 1 }));
    await session.reload();
    expect((await session.ask('host0.new.example', 'A')).rcode).toBe('NOERROR');
    expect(session.port).toBe(port);
  });

  test.each([
    ['a directive there is not', '.:{port} {\n  nonsense\n}\n'],
    ['a bad argument', '.:{port} {\n  reload 1s\n}\n'],
    ['a brace left open', '.:{port} {\n'],
  ])('rejects %s, and the old configuration goes on answering', async (_what, corefile) => {
    const { host } = hostOf();
    const session = await started(host.startZones({ zones: 1, records: 1 }));
    await expect(session.reload(corefile)).rejects.toThrow(/Corefile|interval/);
    for (const transport of ['udp', 'tcp'] as const)
      expect((await session.ask('host0.zone0.example', 'A', transport)).rcode).toBe('NOERROR');
  });
});

describe('running', () => {
  test('counts the engines that have not been stopped', async () => {
    const { host } = hostOf();
    const one = await host.startZones({ zones: 1, records: 1 });
    const other = await host.startZones({ zones: 1, records: 1 });
    expect(host.running).toBe(2);
    await one.stop();
    expect(host.running).toBe(1);
    await other.stop();
    expect(host.running).toBe(0);
  });
});

describe('parsing', () => {
  test('gives no error for what is right', () => {
    const { host } = hostOf();
    expect(host.parseCorefile('. {\n  whoami\n}\n')).toBeUndefined();
    const zone = host.zoneText({ origin: 'a.example', records: 3 });
    expect(host.parseZone(zone, 'a.example.')).toBeUndefined();
  });

  test('gives the parser’s own error for what is wrong', () => {
    const { host } = hostOf();
    expect(host.parseCorefile('. {\n  nonsense\n}\n')?.message).toMatch(/Corefile:2 .*nonsense/);
    expect(host.parseZone('@ IN NOSUCH x\n', 'a.example.')?.message).toContain('NOSUCH');
  });

  test('throws any other error: the parser is at fault then', () => {
    const { host } = hostOf();
    expect(() => host.parseCorefile(undefined as never)).toThrow(TypeError);
    expect(() => host.parseZone(undefined as never, 'a.example.')).toThrow(TypeError);
  });
});
