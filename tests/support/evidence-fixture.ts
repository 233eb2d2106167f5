/** Evidence of the example report's leaky build, as a real run of the engine gives it, and of one that was skipped. */
import type { Evidence } from '../../harness/model.ts';

export const EVIDENCE: readonly Evidence[] = [
  {
    scenario: 'auto-reload',
    build: 'leaky',
    outcome: 'completed',
    iterations: 291,
    objects: [
      {
        name: 'Zone',
        perIteration: 10,
        exact: true,
        retained: 134_200,
        with: [
          { name: 'Object {type, name, data}', perIteration: 1010 },
          { name: 'string', perIteration: 1030 },
        ],
        paths: [
          {
            count: 2910,
            steps: [
              { name: '(GC roots)' },
              { name: 'Timeout list of 30000 ms' },
              { name: 'Timeout' },
              {
                name: 'closure refresh()',
                position: {
                  file: 'harness/engine/zone/reload.ts',
                  line: 31,
                  column: 18,
                  function: 'refresh',
                },
              },
              { name: 'Zone "example.org."' },
            ],
          },
          { count: 12, steps: [{ name: 'Map' }, { name: 'Zone "example.net."' }] },
        ],
        defined: { file: 'harness/engine/zone/zone.ts', line: 9, column: 14, function: 'Zone' },
        allocated: [
          { file: 'harness/engine/plugins/auto/zones.ts', line: 41, column: 20, function: 'load' },
          { file: 'harness/engine/plugins/auto/walk.ts', line: 77, column: 5, function: '' },
        ],
      },
      {
        name: 'function onDone',
        perIteration: 0.025,
        exact: false,
        retained: 88,
        with: [],
        paths: [{ count: 7, steps: [{ name: 'Array' }] }],
      },
    ],
    resources: [
      {
        kind: 'timer',
        name: 'interval of 30000 ms',
        perIteration: 10,
        exact: true,
        created: [
          { file: 'harness/engine/zone/reload.ts', line: 27, column: 19, function: 'startReloading' },
          { file: 'harness/engine/plugins/auto/zones.ts', line: 52, column: 7, function: 'add' },
        ],
        owner: { label: 'auto:zones', undoes: 'CoreDNS PR 6705' },
      },
    ],
    snapshots: ['out/run/leaky-1.heapsnapshot', 'out/run/leaky-2.heapsnapshot'],
    elapsed: 4210,
  },
  { scenario: 'response-cache', build: 'bounded', outcome: 'skipped', reason: 'it is steady' },
];
