/** Who may import whom (docs/architecture.md). Paths are those of the sources. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: [...allowed, '^node_modules/', '^node:'], dependencyTypesNot: ['core'] },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    only('stats', '^harness/stats/', ['^harness/(stats/|scrambled\\.ts$)'], 'pure arithmetic'),
    only('engine', '^harness/engine/(?!plugins/)', ['^harness/engine/'], 'can be lifted out whole'),
    only(
      'plugins',
      '^harness/engine/plugins/([^/]+)/',
      [
        '^harness/engine/plugins/$1/',
        '^harness/engine/(plugin|scope|log)\\.ts$',
        '^harness/engine/(zone|corefile)/',
      ],
      'a plugin knows no other plugin and nothing of the machinery that runs it',
    ),
    only(
      'measured-process',
      '^harness/(probes|worker)/',
      [
        '^harness/(model|scenario|options|errors|scrambled|stages|count-unit|nearest-word)\\.ts$',
        '^harness/(probes|worker|targets|ledger)/',
      ],
      'the measured heap holds the subject and little else',
    ),
    {
      name: 'measured-process-takes-types-only',
      comment: 'of the model, so that it loads nothing of it',
      severity: 'error',
      from: {
        path: '^harness/((probes|ledger|targets|worker)/|(scenario|options|errors|scrambled|stages|count-unit|nearest-word)\\.ts$)',
      },
      to: { path: '^harness/model', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'measured-process-stays-clean',
      severity: 'error',
      from: { path: '^harness/(probes|worker|spawn|targets|engine|snapshot|evidence|ledger)/' },
      to: {
        path: '^(harness/(stats|judge|course)/|harness/(judge|base|compare-entries|report|run|plan)\\.ts|reports/|scripts/)',
      },
    },
    {
      name: 'measured-process-never-reaches-the-parent',
      comment: 'not by any detour: whatever is loaded lies in the measured heap',
      severity: 'error',
      from: { path: '^harness/worker/main\\.ts$' },
      to: {
        path: [
          '^harness/((stats|judge|course|snapshot|evidence)/|(judge|base|compare-entries|report|run|plan)\\.ts)',
          '^(reports|scripts)/',
          'node_modules/(jiti|zod|chalk|commander|tinybench|cli-table3|d3-[a-z]+|@resvg/[^/]+)/',
        ],
        reachable: true,
      },
    },
    {
      name: 'parent-never-reaches-the-subject',
      comment: 'not by any detour: a runaway leak must not hurt the judge',
      severity: 'error',
      from: {
        path: '^harness/((judge|course|spawn)/|(run|plan|judge|base|compare-entries|report|shard|merge)\\.ts$)',
      },
      to: { path: '^(harness/(engine|targets|probes)/|scenarios/)', reachable: true },
    },
    only(
      'snapshot',
      '^harness/snapshot/',
      ['^harness/(snapshot/|model\\.ts$)'],
      'reads files, and nothing of a running process',
    ),
    only(
      'evidence-of-heaps',
      '^harness/evidence/heap/',
      ['^harness/(evidence/(heap/|source-position\\.ts$)|snapshot/|model\\.ts$)'],
      'compares snapshots, and nothing of a running process',
    ),
    {
      name: 'evidence-comes-last',
      comment: 'what is measured, and what is judged, does without',
      severity: 'error',
      from: { path: '^harness/((snapshot|probes|targets|worker|spawn|ledger|judge|course)/|judge\\.ts$)' },
      to: { path: '^harness/evidence/' },
    },
    only(
      'judge',
      '^harness/judge/',
      ['^harness/(judge|stats|snapshot)/', '^harness/(model|options|stages|count-unit)\\.ts$'],
      'what is known of a trial, not what to do next',
    ),
    {
      name: 'snapshot-names-only',
      comment: 'a judge reads tables of classes, not snapshots',
      severity: 'error',
      from: { path: '^harness/judge/' },
      to: { path: '^harness/snapshot/(?!(class-rank|container-stores)\\.ts$)' },
    },
    {
      name: 'spawn-knows-the-worker-by-its-messages',
      severity: 'error',
      from: { path: '^harness/spawn/' },
      to: { path: '^harness/worker/(?!protocol\\.ts$)' },
    },
    only('scenarios', '^scenarios/', ['^harness/scenario\\.ts$'], 'the only import a scenario needs'),
    only(
      'reports',
      '^reports/',
      ['^reports/', '^harness/(model|leads-outside)\\.ts$'],
      'nothing here measures',
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
