import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';

interface Packed {
  readonly files: readonly { readonly path: string }[];
}

let files: string[];
beforeAll(() => {
  const text = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  // A list up to npm 11, an object by name from npm 12 on.
  const [packed] = Object.values(JSON.parse(text) as { readonly [key: string]: Packed });
  files = packed?.files.map(({ path }) => path) ?? [];
});

describe('the package', () => {
  test('holds beside what is compiled and documents only what is read from there', () => {
    const documents = /^dist\/|^(docs|harness\/engine\/plugins)\/.*\.md$/;
    expect(files.filter(path => !documents.test(path)).sort()).toEqual([
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'package.json',
      'reports/baseline.schema.json',
      'reports/certification.schema.json',
      'reports/fonts/DejaVuSans-Bold.ttf',
      'reports/fonts/DejaVuSans.ttf',
      'reports/fonts/LICENSE.txt',
      'reports/html/report.css',
      'reports/html/report.js',
      'reports/report.schema.json',
      'reports/sample/heap-growth.png',
      'reports/sample/heap-growth.svg',
      'reports/sample/report.md',
      'scripts/testing/index.cjs',
      'scripts/testing/index.d.cts',
    ]);
  });

  test('holds of what is compiled programs and types, without what only a checkout runs', () => {
    const compiled = files.filter(path => path.startsWith('dist/'));
    expect(compiled.filter(path => !/\.(js|d\.ts)$/.test(path))).toEqual([]);
    expect(compiled.filter(path => !/^dist\/(harness|reports|scenarios|scripts)\//.test(path))).toEqual([]);
    expect(
      compiled.filter(path => /scripts\/(bench-|check-layers|consistency|corpus|numbers)/.test(path)),
    ).toEqual([]);
  });

  test('holds what its documents link to', () => {
    const documents = files.filter(path => path.endsWith('.md'));
    expect(documents.length).toBeGreaterThan(20);
    for (const document of documents) {
      for (const [, link = ''] of readFileSync(document, 'utf8').matchAll(
        /\]\((?!https?:)([^)#]+)[^)]*\)/g,
      )) {
        const linked = posix.join(posix.dirname(document), link);
        expect(
          files.filter(path => path === linked || path.startsWith(`${linked}/`)),
          `${document} links to ${link}`,
        ).not.toEqual([]);
      }
    }
  });

  test('holds every file that its package.json names', () => {
    const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as { bin: object; exports: object };
    const named =
      JSON.stringify([manifest.bin, manifest.exports]).match(/"[^"]+\.(js|cjs|ts|cts|json)"/g) ?? [];
    const paths = named.map(text => text.slice(1, -1).replace(/^\.\//, ''));
    expect(paths.length).toBeGreaterThan(8);
    expect(paths.filter(path => !files.includes(path))).toEqual([]);
  });
});
