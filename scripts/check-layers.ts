/**
 * Checks who imports whom, and that no plugin opens anything but through its scope: `npm run layers`.
 * @module
 */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { packageRoot } from './package-root.ts';

const FOLDERS = ['harness', 'scenarios', 'reports', 'scripts'];

/** What acquires a resource by itself: a plugin asks its scope instead, which registers the release. */
const RAW_RESOURCE =
  /\b(setInterval|setTimeout|setImmediate|createSocket|createServer|createReadStream|createWriteStream|openSync|fs\.open|watch|watchFile|new Worker|spawn|fork)\s*\(/;

const root = fileURLToPath(packageRoot());
const complaints = [...rawResources()];
for (const complaint of complaints) console.error(complaint);
cruise();
process.exitCode = complaints.length > 0 ? 1 : process.exitCode;

function* rawResources(): Generator<string> {
  const plugins = readdirSync(`${root}harness/engine/plugins`, { recursive: true, encoding: 'utf8' });
  for (const file of plugins.filter(path => path.endsWith('.ts'))) {
    const lines = readFileSync(`${root}harness/engine/plugins/${file}`, 'utf8').split('\n');
    for (const [index, line] of lines.entries()) {
      const code = line.replace(/^\s*(\/\/|\*).*/, '');
      const found = RAW_RESOURCE.exec(code)?.[1];
      if (found) yield `harness/engine/plugins/${file}:${index + 1}: ${found} must go through the scope`;
    }
  }
}

function cruise(): void {
  try {
    const report = execFileSync(
      process.execPath,
      [
        'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
        '--config',
        '.dependency-cruiser.cjs',
        ...FOLDERS,
      ],
      { cwd: root, encoding: 'utf8' },
    );
    // Zero modules would be a false green: it happens when the TypeScript compiler cannot be loaded.
    const modules = Number(/\((\d+) modules/.exec(report)?.[1] ?? 0);
    if (modules < 50)
      throw new Error(`Cannot trust the check as it must see the whole tree: ${modules} modules`);
    console.log(report.trim());
  } catch (error) {
    const { stdout } = error as { stdout?: string };
    console.error(stdout ?? String(error));
    process.exitCode = 1;
  }
}
