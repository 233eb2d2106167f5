import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { queryObjects } from 'node:v8';
import { describe, expect, test } from 'vitest';
import { DIRECTIVES } from '../../harness/engine/directives.ts';
import { Instance } from '../../harness/engine/instance.ts';
import { folderWith, openHandles, recorder, startEngine, zoneText } from '../engine/support.ts';

const PLUGINS = new URL('../../harness/engine/plugins/', import.meta.url);
const FILES = { 'db.example.org': zoneText(), 'zones/db.example.org': zoneText() };

function readme(name: string): string {
  return readFileSync(new URL(`${name}/README.md`, PLUGINS), 'utf8');
}

/** The Corefile under `## Example`. */
function exampleOf(name: string): string {
  const corefile = /^## Example\n[\s\S]*?^```corefile\n([\s\S]*?)^```$/m.exec(readme(name))?.[1];
  if (corefile === undefined) throw new Error(`no example for ${name}`);
  return corefile;
}

test('every plugin folder has one row in the list of directives', () => {
  expect(DIRECTIVES.map(({ name }) => name).sort()).toEqual(readdirSync(PLUGINS).sort());
});

describe.each(DIRECTIVES.map(({ name }) => name))('%s', name => {
  test('has a README with the fixed sections', () => {
    const sections = readme(name).match(/^##? .*/gm);
    expect(sections).toEqual([`# ${name}`, '## Name', '## Syntax', '## Cleanups', '## Example']);
    expect(exampleOf(name)).toMatch(new RegExp(`^\\s+${name}\\b`, 'm'));
  });

  test('serves from the example of its README, survives 7 reloads, and leaves nothing', async () => {
    const { log, lines } = recorder();
    const corefile = { path: join(folderWith(FILES), 'Corefile'), text: exampleOf(name) };
    const before = await openHandles();
    const engine = await startEngine({ corefile, port: 0, log });
    const running = await openHandles();
    const instances = queryObjects(Instance, { format: 'count' });
    for (let reload = 1; reload <= 7; reload++) {
      await engine.reload();
      expect(await openHandles()).toEqual(running);
    }
    expect(queryObjects(Instance, { format: 'count' })).toBe(instances);
    await engine.stop();
    expect(await openHandles()).toEqual(before);
    expect(lines.filter(line => /^(warning|error)/.test(line))).toEqual([]);
  });

  test('lets a reload fail after its set-up, and leaves nothing of it', async () => {
    const path = join(folderWith(FILES), 'Corefile');
    const engine = await startEngine({ corefile: { path, text: '.:0 {\n whoami\n}\n' }, port: 0 });
    const running = await openHandles();
    const example = exampleOf(name);
    for (let reload = 1; reload <= 3; reload++) {
      const failed = await engine.reload(`${example}taken.org:99999 {\n whoami\n}\n`).catch(() => true);
      expect(failed).toBe(true);
      expect(await openHandles()).toEqual(running);
    }
    await engine.stop();
  });
});
