import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isInWorkspace } from '../../scripts/workspace.ts';
import { temporaryFolder } from '../support/cli.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

function members(...paths: string[]): string[] {
  return paths.filter(path => isInWorkspace(join(folder.path, path), folder.path));
}

function write(name: string, text: string): void {
  writeFileSync(join(folder.path, name), text);
}

describe('the package.json', () => {
  test.each(['["packages/*", "tools/"]', '{"packages": ["./packages/*", "./tools"]}'])(
    'names %s',
    workspaces => {
      write('package.json', `{"workspaces": ${workspaces}}`);
      expect(members('.', 'packages/x', 'packages/x/deep', 'tools', 'examples')).toEqual([
        '.',
        'packages/x',
        'tools',
      ]);
    },
  );

  test.each(['null', '{}', '"packages/*"', '{"packages": 1}'])('names nothing by %s', workspaces => {
    write('package.json', `{"workspaces": ${workspaces}}`);
    expect(members('.', 'packages/x')).toEqual([]);
  });
});

describe('the pnpm-workspace.yaml', () => {
  test('names by lines, and excludes', () => {
    write(
      'pnpm-workspace.yaml',
      [
        'nodeLinker: hoisted',
        'packages: # of ours',
        "  - 'packages/**'",
        '',
        '  # and',
        '  - "apps/*" # those that run',
        '- docs',
        "  - '!**/fixtures/**'",
        'allowBuilds:',
        '  - esbuild',
      ].join('\n'),
    );
    expect(
      members('packages/x', 'packages/x/y', 'packages/fixtures/z', 'apps/a', 'apps/a/b', 'docs', 'esbuild'),
    ).toEqual(['packages/x', 'packages/x/y', 'apps/a', 'docs']);
  });

  test('names nothing where it has only settings', () => {
    write('pnpm-workspace.yaml', 'nodeLinker: hoisted\n');
    expect(members('packages/x')).toEqual([]);
  });
});
