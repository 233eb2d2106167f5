import { join } from 'node:path';
import { queryObjects } from 'node:v8';
import { describe, expect, onTestFinished, test } from 'vitest';
import { CorefileError } from '../../harness/engine/corefile/error.ts';
import { DIRECTIVES } from '../../harness/engine/directives.ts';
import { Instance } from '../../harness/engine/instance.ts';
import type { Directive } from '../../harness/engine/plugin.ts';
import { Scope } from '../../harness/engine/scope.ts';
import { Zone } from '../../harness/engine/zone/zone.ts';
import { Client } from '../../harness/targets/engine/client.ts';
import { folderWith, noEngine, recorder, startEngine, zoneText } from './support.ts';

async function load(text: string, directives: readonly Directive[] = DIRECTIVES) {
  const scope = new Scope();
  onTestFinished(() => scope.close());
  const { log, lines } = recorder();
  const corefile = { path: '/nowhere/Corefile', text };
  const instance = await Instance.load({ corefile, port: 5353, directives, scope, log, engine: noEngine });
  return { instance, lines };
}
const keysOf = ({ servers }: Instance) => servers.map(({ key }) => key);

describe('an instance', () => {
  test('has one server per address, in the order of the file', async () => {
    const { instance } = await load(`
      b.org:1053 a.org {
        whoami
      }
      c.org:1053 {
        whoami
      }
      d.org:1053 {
        bind ::1 127.0.0.2
        whoami
      }`);
    expect(keysOf(instance)).toEqual([
      'dns://127.0.0.1:1053',
      'dns://127.0.0.1:5353',
      'dns://[::1]:1053',
      'dns://127.0.0.2:1053',
    ]);
  });

  test('has the hash of the Corefile, which does not depend on what its directives do', async () => {
    const one = (await load('. {\nwhoami\n}')).instance.hash;
    expect(one).toMatch(/^[0-9a-f]{128}$/);
    expect((await load('. {\nwhoami\n}', [{ name: 'whoami', setup: () => {} }])).instance.hash).toBe(one);
    expect((await load('. {\n\nwhoami\n}')).instance.hash).not.toBe(one);
  });

  test('warns of a pattern of imports that matches nothing', async () => {
    const { lines } = await load('. {\nimport nothing*\nwhoami\n}');
    expect(lines[0]).toMatch(/^warning No files matching import glob pattern: nothing\*/);
  });

  test.each([
    ['. {\nnonsense\n}', "/nowhere/Corefile:2 - Error during parsing: Unknown directive 'nonsense'"],
    ['. {\nwhoami', "/nowhere/Corefile:2 - Syntax error: Unexpected token 'whoami', expecting '}'"],
  ])('cannot be made of %j', async (text, message) => {
    await expect(load(text)).rejects.toThrow(CorefileError);
    await expect(load(text)).rejects.toThrow(message);
  });

  test.each([
    ['. {\nwhoami\n}\n. {\nwhoami\n}', 'cannot serve dns://.:5353 - it is already defined'],
    ['. . {\nwhoami\n}', 'cannot serve dns://.:5353 - it is already defined'],
    [
      '. {\nwhoami\n}\n. {\nbind 127.0.0.1\nwhoami\n}',
      'cannot serve dns://.:5353 on 127.0.0.1 - zone overlap listener capacity with dns://.:5353',
    ],
    [
      '. {\nbind 127.0.0.1 ::1\nwhoami\n}\n. {\nbind ::1\nwhoami\n}',
      'cannot serve dns://.:5353 on ::1 - it is already defined',
    ],
  ])('cannot have the same zone twice: %j', async (text, message) => {
    await expect(load(text)).rejects.toThrow(message);
  });

  test('can have the same zone on two addresses', async () => {
    const { instance } = await load('. {\nbind 127.0.0.1\nwhoami\n}\n. {\nbind ::1\nwhoami\n}');
    expect(instance.servers).toHaveLength(2);
  });

  test('puts file and line before what a set-up throws, and keeps its cause', async () => {
    const cause = new Error('no good');
    const broken: Directive = {
      name: 'broken',
      setup({ tokens }) {
        tokens.next();
        throw cause;
      },
    };
    const failure: unknown = await load('. {\n\nbroken\n}', [broken]).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      message: 'plugin/broken: /nowhere/Corefile:3 - Error during parsing: no good',
      cause,
    });
  });
});

test('of 50 generations only the last one stays, with its zones', async () => {
  const files = { 'zones/db.a.org': zoneText(), 'zones/db.b.org': zoneText(), 'db.c': zoneText() };
  const folder = folderWith(files);
  const text = `.:0 {
    reload
    errors {
      consolidate 1m x
    }
    log
    auto {
      directory zones
    }
    file db.c c.org
    whoami
  }`;
  const before = { instances: count(Instance), zones: count(Zone) };
  const engine = await startEngine({ corefile: { path: join(folder, 'Corefile'), text } });
  const client = new Client(engine.port);
  onTestFinished(() => client.close());
  for (let reload = 0; reload < 50; reload++) {
    await engine.reload();
    if (reload % 5 === 0) await engine.reload('.:0 {').catch(() => {});
    for (const transport of ['udp', 'tcp'] as const) {
      if (reload % 10 === 0) expect((await client.ask('a.a.org', 'A', transport)).rcode).toBe('NOERROR');
    }
  }
  await new Promise(resolve => setImmediate(resolve));
  expect({ instances: count(Instance), zones: count(Zone) }).toEqual({
    instances: before.instances + 1,
    zones: before.zones + 3,
  });
});

function count(type: typeof Zone | typeof Instance): number {
  return Number(queryObjects(type, { format: 'count' }));
}
