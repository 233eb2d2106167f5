import { describe, expect, test } from 'vitest';
import type {
  CompletedEvidence,
  Evidence,
  KeptAllocations,
  KeptObjects,
  KeptResource,
  Report,
  SourcePosition,
} from '../../harness/model.ts';
import { ciCases } from '../../reports/ci-case.ts';
import { evidenceOf } from '../../reports/ci-evidence.ts';
import { renderEvidence } from '../../reports/evidence.ts';
import { renderHtml } from '../../reports/html.ts';
import { renderJson } from '../../reports/json.ts';
import { renderMarkdown } from '../../reports/markdown.ts';
import { readReport } from '../../reports/saved-report.ts';
import { renderText } from '../../reports/text.ts';
import { exampleReport } from '../support/report-fixture.ts';

const at = (file: string, line: number, name = '') => ({ file, line, column: 3, function: name });

const ZONES: KeptObjects = {
  name: 'Timeout',
  perIteration: 10,
  exact: true,
  retained: 136_000,
  with: [
    { name: 'string', perIteration: 1100 },
    { name: 'Zone', perIteration: 10 },
  ],
  paths: [
    {
      count: 5000,
      steps: [
        { name: 'Timeout list' },
        { name: 'Timeout' },
        { name: 'closure', position: at('zones.ts', 59) },
      ],
    },
  ],
};

const TIMER: KeptResource = {
  kind: 'timer',
  name: 'interval of 60,000 ms',
  perIteration: 10,
  exact: true,
  created: [at('zones.ts', 59, 'keepFresh'), at('zones.ts', 41, 'AutoZones.add'), at('walk.ts', 9, 'walk')],
  owner: { label: 'auto:zones', undoes: 'CoreDNS PR 6705' },
};

const ADDED: KeptAllocations = {
  bytes: 120,
  share: 0.83,
  by: at('src/cart.ts', 12, 'add'),
  frames: [at('node_modules/ajv/core.js', 33, 'compile'), at('src/cart.ts', 12, 'add')],
};

const SOCKET: KeptResource = {
  kind: 'handle',
  name: 'tcp socket',
  perIteration: 1 / 40,
  exact: false,
  created: [at('client.ts', 3)],
};

function reportWith(...evidence: Evidence[]): Report {
  return { ...exampleReport(), evidence };
}

function completed(objects: readonly KeptObjects[], resources: readonly KeptResource[]): CompletedEvidence {
  return {
    scenario: 'auto-reload',
    build: 'leaky',
    outcome: 'completed',
    iterations: 500,
    objects,
    resources,
    snapshots: [],
    elapsed: 4000,
  };
}

const plain = { width: 120, color: false };
const wide = { width: 200, color: false };

describe('evidence on a terminal', () => {
  test('tells the whole story in its second line', () => {
    const [title, summary] = renderEvidence(reportWith(completed([ZONES], [TIMER])), plain).split('\n');
    expect(title).toBe('Why auto-reload leaky leaks (per reload, over 500 reloads)');
    expect(summary).toContain('10 Zone per reload, held by a timer started at zones.ts:59, owner auto:zones');
  });

  test('tells it where nearly as many things hold as are kept, or a few more', () => {
    const summaryFor = (perIteration: number) =>
      renderEvidence(reportWith(completed([ZONES], [{ ...TIMER, perIteration }])), plain).split('\n')[1];
    expect(summaryFor(10.9)).toContain('held by a timer started at');
    expect(summaryFor(5.1)).toContain('held by a timer started at');
    expect(summaryFor(20)).not.toContain('held by');
    expect(summaryFor(4.9)).not.toContain('held by');
  });

  test("says of a server's end of a connection that the server accepted it, and of strings that they are several", () => {
    const socket = { ...SOCKET, noun: 'accepted tcp socket', name: 'accepted tcp socket', perIteration: 1 };
    const steps = ['Node / TCPSocketWrap', 'TCP[owner_symbol]', 'Socket'].map(name => ({ name }));
    const beside = [{ name: 'string', perIteration: 3 }];
    const kept = { ...ZONES, name: 'Socket', perIteration: 1, with: beside, paths: [{ count: 9, steps }] };
    const text = renderEvidence(reportWith(completed([kept], [socket])), wide);
    expect(text).toContain('held by a connection accepted by the server opened at client.ts:3');
    expect(text).toContain('1 accepted tcp socket\n     by a server that was created at client.ts:3');
    expect(text).toContain(' with 3 strings\n');
  });

  test('takes no class of the program for a handle of that name', () => {
    const socket = { ...SOCKET, perIteration: 1, exact: true };
    const keptBy = (...names: string[]) => {
      const kept = { ...ZONES, perIteration: 1, paths: [{ count: 9, steps: names.map(name => ({ name })) }] };
      return renderEvidence(reportWith(completed([kept], [socket])), wide);
    };
    expect(keptBy('module src/app.ts', 'Server.entries Map', 'Entry')).not.toContain('held by a handle');
    expect(keptBy('Node / TCPSocketWrap', 'TCP[owner_symbol]', 'Socket')).toContain(
      'held by a handle opened at client.ts:3',
    );
  });

  test('takes no socket for the server that is on the way, and none of two timers that is not', () => {
    const handle = (noun: string, line: number) => ({
      ...SOCKET,
      noun,
      perIteration: 1,
      created: [at('src/net.ts', line)],
    });
    const [udp, tcp] = [handle('udp socket', 3), handle('tcp server', 5)];
    const steps = ['Node / TCPServerWrap', 'TCP[owner_symbol]', 'Server'].map(name => ({ name }));
    const server = { ...ZONES, perIteration: 1, paths: [{ count: 9, steps }] };
    const summaryOf = (...found: Parameters<typeof completed>) =>
      renderEvidence(reportWith(completed(...found)), wide).split('\n')[1];
    expect(summaryOf([server], [udp, tcp])).toContain('held by a handle opened at src/net.ts:5');
    expect(summaryOf([server], [udp])).not.toContain('held by');
    const other = { ...TIMER, created: [at('src/other.ts', 7)] };
    expect(summaryOf([ZONES], [other, TIMER])).toContain('held by a timer started at zones.ts:59');
    expect(summaryOf([ZONES], [other, { ...other, name: 'timeout of 5 ms' }])).not.toContain('held by');
  });

  test('names the line of a package that began what holds it, and the line of the program that called it', () => {
    const listener = { ...TIMER, created: [at('node_modules/p-map/index.js', 44), at('src/sync.ts', 12)] };
    const [, summary] = renderEvidence(reportWith(completed([ZONES], [listener])), wide).split('\n');
    expect(summary).toContain('started at node_modules/p-map/index.js:44, called at src/sync.ts:12, owner');
  });

  test('says which lines probably put there what is kept', () => {
    const [path] = ZONES.paths;
    const kept = {
      ...ZONES,
      paths: path ? [{ ...path, added: [at('src/zones.ts', 16), at('src/zones.ts', 20)] }] : [],
    };
    const text = renderEvidence(reportWith(completed([kept], [])), wide);
    expect(text).toContain('\n     probably put there at src/zones.ts:16, src/zones.ts:20\n');
  });

  test('tells what grows in place by its bytes', () => {
    const list = { ...ZONES, name: 'array store', perIteration: 0, exact: false, retained: 24, with: [] };
    const text = renderEvidence(reportWith(completed([list], [])), plain);
    expect(text).toContain('\n  array store that grows by 24 B per reload\n');
  });

  test('tells what is rarer than the iterations by its distance', () => {
    const text = renderEvidence(reportWith(completed([], [SOCKET])), plain);
    expect(text).toContain('1 tcp socket per 40 reloads\n     created at client.ts:3');
  });

  test('shows of a stack that begins in packages where the program called them', () => {
    const within = at('node_modules/undici/core.js', 114, 'connect');
    const beyond = at('node_modules/undici/client.js', 242, 'Client.connect');
    const textOf = (...created: SourcePosition[]) =>
      renderEvidence(reportWith(completed([], [{ ...SOCKET, created }])), wide);
    expect(textOf(within, beyond, at('src/gateway.ts', 16, 'ask'), at('src/gateway.ts', 9))).toContain(
      'created at node_modules/undici/core.js:114 connect < … < src/gateway.ts:16 ask\n',
    );
    expect(textOf(within, beyond, beyond)).toContain(
      'core.js:114 connect < node_modules/undici/client.js:242',
    );
  });

  test('names who allocated what stays after what is kept, two functions at most', () => {
    const kept = { ...completed([ZONES, ZONES], [TIMER]), allocations: [ADDED, ADDED, ADDED] };
    const lines = renderEvidence(reportWith(kept), wide).split('\n');
    const said = lines.filter(line => line.includes('what stays'));
    expect(said).toEqual(
      Array(2).fill(
        '  83 % of what stays on the heap was allocated by add (src/cart.ts:12), through compile (node_modules/ajv/core.js:33)',
      ),
    );
    const places = ['10 Timeout,', 'created at', 'what stays'].map(words =>
      lines.findIndex(line => line.includes(words)),
    );
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
  });

  test('says of a share too small for a figure that it is', () => {
    const kept = { ...completed([ZONES], [TIMER]), allocations: [{ ...ADDED, share: 0.004 }] };
    expect(renderEvidence(reportWith(kept), plain)).toContain('under 1 % of what stays on the heap');
  });

  test('leaves the share out where it is all, and the way where there is none', () => {
    const all = { ...ADDED, share: 0.997, frames: [ADDED.by] };
    const text = renderEvidence(reportWith({ ...completed([], []), allocations: [all] }), plain);
    expect(text).toContain('\n  what stays on the heap was allocated by add (src/cart.ts:12)\n');
  });

  test.each([40, 80, 120])('takes at most 15 lines, none wider than %i columns', width => {
    const objects = Array.from({ length: 20 }, (_, place) => ({ ...ZONES, name: `Class${place}` }));
    const lines = renderEvidence(reportWith(completed(objects, [TIMER, SOCKET])), { width, color: false })
      .trimEnd()
      .split('\n');
    expect(lines.length).toBeLessThanOrEqual(15);
    expect(Math.max(...lines.map(line => line.length))).toBeLessThanOrEqual(width);
    expect(lines.at(-1)).toMatch(/and \d+ more in the report/);
  });

  test('says in one line why there is none', () => {
    const skipped: Evidence = {
      scenario: 'auto-reload',
      build: 'leaky',
      outcome: 'skipped',
      reason: 'it hung',
    };
    expect(renderEvidence(reportWith(skipped), plain)).toBe(
      'No evidence of what auto-reload leaky keeps: it hung\n',
    );
  });

  test('says where heap snapshots are, and why one is missing', () => {
    const kept = {
      ...completed([], []),
      snapshots: ['out/at-25.heapsnapshot'],
      notKept: 'ENOSPC: no space left on device',
    };
    const text = renderEvidence(reportWith(kept), plain);
    expect(text).toContain('  out/at-25.heapsnapshot\n');
    const why = 'not every heap snapshot could be kept: ENOSPC: no space left on device';
    expect(text).toContain(why);
    expect(renderMarkdown(reportWith(kept))).toContain(`- ${why}`);
    expect(renderHtml(reportWith(kept))).toContain(why);
  });

  test('stands in the report of a run', () => {
    expect(renderText(reportWith(completed([ZONES], [TIMER])), plain)).toContain(
      'held by a timer started at',
    );
  });
});

describe('evidence in a document', () => {
  test('is foldable, and has every frame', () => {
    const text = renderMarkdown(reportWith(completed([ZONES], [TIMER])));
    expect(text).toContain('<details open>\n<summary>Why auto-reload leaky leaks');
    expect(text).toContain('walk.ts:9 walk');
    expect(text).toContain('</details>');
  });

  test('names every function that allocated what stays, with its stack in the page', () => {
    const report = reportWith({ ...completed([ZONES], []), allocations: [ADDED, ADDED, ADDED] });
    expect(renderMarkdown(report).match(/83 % of what stays on the heap was allocated by/g)).toHaveLength(3);
    const html = renderHtml(report).replaceAll('<wbr>', '');
    expect(html).toContain(
      '<strong>83 % of what stays on the heap</strong> was allocated by <code>add</code>',
    );
    expect(html).toContain('node_modules/ajv/core.js:33:3');
  });

  test('points CI at who allocated most of it, where somebody did', () => {
    const told = (share: number) => {
      const report = reportWith({ ...completed([ZONES], []), allocations: [{ ...ADDED, share }] });
      const [leaky] = ciCases(report).filter(({ build }) => build === 'leaky');
      return leaky ? evidenceOf(report, leaky).slice(1) : [];
    };
    expect(told(0.83)).toMatchObject([
      { text: expect.stringMatching(/^83 % .* by add/), created: [ADDED.by] },
    ]);
    expect(told(0.4)).toEqual([]);
  });

  test('says where nobody was found to hold anything, before who allocated what stays', () => {
    const report = reportWith({ ...completed([], []), allocations: [ADDED] });
    const said = 'o holder of anything that grew was found; leakgate explain --iterations looks for longer';
    expect(renderEvidence(report, plain)).toContain(`\n  n${said}\n  83 % of what stays`);
    expect(renderMarkdown(report)).toContain(`\n\nN${said}.\n\n- 83 % of what stays`);
    expect(renderHtml(report)).toContain(`<p>N${said}.</p>`);
    const found = reportWith(completed([ZONES], []));
    for (const text of [renderEvidence(found, plain), renderMarkdown(found), renderHtml(found)])
      expect(text).not.toMatch(/[Nn]o holder of anything/);
  });

  describe('without a verdict', () => {
    const explained = { ...reportWith(completed([ZONES], [TIMER])), trials: [], exitCode: 0 as const };
    const empty = { ...explained, evidence: [{ ...completed([], []), allocations: [ADDED] }] };
    const all = (report: Report) => ({
      terminal: renderEvidence(report, plain),
      text: renderText(report, plain),
      markdown: renderMarkdown(report),
      html: renderHtml(report),
    });

    test('says what builds keep in every format, and neither that they leak nor that nothing was run', () => {
      const { html, ...texts } = all(explained);
      for (const text of Object.values(texts)) {
        expect(text).toContain('What auto-reload leaky keeps (per reload, over 500 reloads)');
        expect(text).toContain('10 Zone per reload, held by a timer started at zones.ts:59');
      }
      expect(html).toContain('<h1 id="outcome" class="exit-0">What is kept</h1>');
      expect(html).toContain('<title>What is kept: auto-reload</title>');
      expect(html).toContain('interval of 60,000 ms');
      for (const text of [html, ...Object.values(texts)])
        expect(text).not.toMatch(/No trial was run|Why .* leaks|0 trials|as its? scenario expects/);
    });

    test('says that nothing kept growing where nothing did', () => {
      const said =
        'othing was found that kept growing (leakgate run says whether anything leaks); what is new may stand in for what was there before';
      const { terminal, markdown, html } = all(empty);
      expect(terminal.replace(/\n {4}/g, ' ')).toContain(`\n  n${said}\n  83 % of what stays`);
      expect(markdown).toContain(`\n\nN${said}.\n\n- 83 % of what stays`);
      expect(html).toContain(`<p>N${said}.</p>`);
    });

    test('says how many builds could be explained where not all could', () => {
      const skipped: Evidence = {
        scenario: 'auto-reload',
        build: 'upstream',
        outcome: 'skipped',
        reason: 'exited by SIGABRT',
      };
      const half = { ...explained, evidence: [...explained.evidence, skipped], exitCode: 2 as const };
      const { text, markdown, html } = all(half);
      for (const said of [text, markdown, html]) expect(said).toContain('1 of 2 builds explained in');
      expect(markdown).toContain('- No evidence of what auto-reload upstream keeps: exited by SIGABRT');
      expect(html).toContain('>leakgate could not do its work</h1>');
      expect(html).toContain('upstream: not looked into: exited by SIGABRT');
    });
  });

  test('survives being written and read as JSON', () => {
    const report = reportWith({
      ...completed([ZONES], [TIMER, SOCKET]),
      allocations: [ADDED],
      notKept: 'ENOSPC',
    });
    expect(readReport(renderJson(report)).evidence).toEqual(report.evidence);
  });
});
