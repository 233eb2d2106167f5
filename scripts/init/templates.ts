import { basename } from 'node:path';
import type { Project } from './project.ts';

/** One request after another to a server, whatever port it asks for. */
export function serverScenario(entry: string): string {
  return `import { subscribe } from 'node:diagnostics_channel';
import { fileURLToPath } from 'node:url';

// Any free port, if the server asks its environment for one.
process.env.PORT = '0';
// fetch would keep the timings of its first 250 responses.
performance.setResourceTimingBufferSize(0);

/** Resolves with the address of the server once it listens, however it is started. */
const listening = new Promise(resolve => {
  subscribe('tracing:net.server.listen:asyncEnd', ({ server }) => resolve(server.address()));
});

/** The address, or undefined if nothing listens after so many milliseconds. */
function addressWithin(time) {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, time);
    listening.then(address => {
      clearTimeout(timer);
      resolve(address);
    });
  });
}

export default {
  name: '${nameOf(entry)}',
  unit: 'request',
  async setup() {
    process.argv[1] = fileURLToPath(new URL(${quoted(importPath(entry))}, import.meta.url));
    const { default: exported } = await import(${quoted(importPath(entry))});
    // Where it listens only as the main module, but exports what can.
    if (!(await addressWithin(2000))) exported?.listen?.({ port: 0 });
    const address = await addressWithin(10_000);
    if (!address) throw new Error(${quoted(`${entry} must listen when it is imported, or export what has a listen(): nothing listens after 10 s`)});
    return \`http://localhost:\${address.port}\`;
  },
  // Once through the path that you suspect: change it to the request that matters.
  async iterate(origin) {
    const response = await fetch(\`\${origin}/\`);
    await response.arrayBuffer();
    // Of a wrong path nothing would leak either.
    if (!response.ok) throw new Error(\`\${response.url} must be answered with success: \${response.status} \${response.statusText}\`);
  },
  options: { iterations: 1000 },
};
`;
}

/** What a module exports cannot be guessed at: the scenario fails until it says what to repeat. */
export function moduleScenario(entry: string): string {
  return `import * as subject from ${quoted(importPath(entry))};

export default {
  name: '${nameOf(entry)}',
  // Made once, and handed to every iteration.
  setup: () => subject,
  // Once through the path that you suspect, such as: open, use, close.
  iterate(exported) {
    const names = Object.keys(exported).join(', ');
    throw new Error(${quoted(`Say in leaks/${nameOf(entry)}.mjs what to repeat, of what ${entry} exports: `)} + names);
  },
};
`;
}

export function scenarioPath(entry: string): string {
  return `leaks/${nameOf(entry)}.mjs`;
}

/** A JavaScript file takes its types from a comment, so that it needs no package to be loaded. */
export function configFile({ typeScript }: Pick<Project, 'typeScript'>): {
  readonly path: string;
  readonly text: string;
} {
  return typeScript
    ? {
        path: 'leakgate.config.ts',
        text: `import { defineConfig } from 'leakgate/config';

export default defineConfig({
  scenarios: ['leaks/*.mjs'],
});
`,
      }
    : {
        path: 'leakgate.config.mjs',
        text: `/** @type {import('leakgate/config').Config} */
export default {
  scenarios: ['leaks/*.mjs'],
};
`,
      };
}

/** From the project's folder: GitHub looks for workflows at the top of the repository only. */
export function workflowPath({ inRepository = '' }: Pick<Project, 'inRepository'>): string {
  if (inRepository === '') return '.github/workflows/leakgate.yml';
  return `${inRepository.replace(/[^/]+/g, '..')}/.github/workflows/leakgate-${inRepository.replaceAll('/', '-')}.yml`;
}

/** Where the package.json names no version, the action wants one. */
const PNPM_MAJOR = 10;
/** The first that imports TypeScript as it is (22.18). */
const TYPESCRIPT_MAJOR = 22;

/** The gate on every pull request, with its results kept. */
export function workflow(
  project: Pick<Project, 'manager' | 'lockFile' | 'scripts' | 'inRepository' | 'pinsManager'>,
  entry: string,
  nodeMajor: number,
): string {
  const { manager, lockFile, scripts, pinsManager, inRepository = '' } = project;
  const below = inRepository === '' ? '' : `${inRepository}/`;
  const tool = {
    npm: [],
    yarn: [],
    pnpm: ['- uses: pnpm/action-setup@v4', ...(pinsManager ? [] : ['  with:', `    version: ${PNPM_MAJOR}`])],
    bun: ['- uses: oven-sh/setup-bun@v2'],
  }[manager.name];
  const cached = lockFile !== undefined && manager.name !== 'bun';
  const steps = [
    '- uses: actions/checkout@v4',
    ...tool,
    '- uses: actions/setup-node@v4',
    '  with:',
    `    node-version: ${isTypeScript(entry) ? Math.max(nodeMajor, TYPESCRIPT_MAJOR) : nodeMajor}`,
    ...(cached ? [`    cache: ${manager.name}`] : []),
    ...(cached && below !== '' ? [`    cache-dependency-path: ${yamlText(lockFile)}`] : []),
    `- run: ${lockFile === undefined ? `${manager.name} install` : manager.install}`,
    ...(scripts.includes('build') ? [`- run: ${manager.run} build`] : []),
    `- run: ${manager.execute} leakgate run --out out/leakgate`,
    '- uses: actions/upload-artifact@v4',
    '  if: always()',
    '  with:',
    '    name: leakgate',
    `    path: ${yamlText(`${below}out/leakgate`)}`,
    '    if-no-files-found: ignore',
  ];
  return `name: ${yamlText(`leakgate${below === '' ? '' : ` ${inRepository}`}`)}
on:
  push:
    branches: [main, master]
  pull_request:
permissions:
  contents: read
jobs:
  leakgate:
    runs-on: ubuntu-latest
    timeout-minutes: 15
${below === '' ? '' : `    defaults:\n      run:\n        working-directory: ${yamlText(inRepository)}\n`}    steps:
${steps.map(step => `      ${step}`).join('\n')}
`;
}

/** A file that Node runs only where it strips types. */
export function isTypeScript(entry: string): boolean {
  return /\.[cm]?ts$/.test(entry);
}

/** From the folder of the scenario, as a URI reference (RFC 3986). */
function importPath(entry: string): string {
  return `../${entry.split('/').map(encodeURIComponent).join('/')}`;
}

/** As code. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** Folders may be called what YAML takes for something else, as `@scope`. */
function yamlText(text: string): string {
  return /^\w[\w./-]*$/.test(text) ? text : JSON.stringify(text);
}

function nameOf(entry: string): string {
  return basename(entry)
    .replace(/\.[cm]?[jt]s$/, '')
    .replace(/[^\w.-]+/g, '-');
}
