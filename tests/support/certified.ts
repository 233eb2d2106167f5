import { plantOf, powerCurve } from '../../harness/certify.ts';
import type { Certification, CertifiedKind, CertifiedRun, Plant, PlantKind } from '../../harness/model.ts';
import { DEFAULT_OPTIONS } from '../../harness/options.ts';
import { cleanReport } from './report-fixture.ts';

/** A run without a plant. */
export function cleanRun(nth: number, run: Partial<CertifiedRun> = {}): CertifiedRun {
  return {
    trial: `subject/default/${nth}`,
    outcome: 'steady',
    found: [],
    limit: { bytesPerIteration: 17, objectEvery: 140, handleEvery: 580 },
    iterations: 2037,
    wall: 2000,
    ...run,
  };
}

/** A run with a plant that leaks, and that the gate finds by what gives its kind away. */
export function caughtRun(plant: Plant, trial = 'planted'): CertifiedRun {
  return { trial, plant, outcome: 'leak', found: [METRICS[plant.kind]], iterations: 4074, wall: 5000 };
}

/** The same, and nothing was seen. */
export function missedRun(plant: Plant, trial = 'planted'): CertifiedRun {
  return { trial, plant, outcome: 'steady', found: [], iterations: 8148, wall: 9000 };
}

const METRICS: { readonly [kind in PlantKind]: string } = {
  heap: 'heap.used',
  object: 'population',
  'off-heap': 'heap.external',
  timer: 'timers',
  'unref-timer': 'timers',
  descriptor: 'descriptors.file',
};

/** Two kinds, of which one agrees with what was stated. */
export function exampleCertification(): Certification {
  const heap = [10, 15, 22, 33].flatMap(growth => runsAt('heap', growth, growth >= 22));
  const timers = [680, 330, 220, 150].flatMap(every => runsAt('timer', 1 / every, every <= 220));
  const runs = [cleanRun(1), cleanRun(2), ...heap, ...timers];
  const rule = { iterations: 2000, allowance: 16, repetitions: 3, seed: 1 };
  const { environment, scenarios } = cleanReport();
  const [scenario] = scenarios;
  if (!scenario) throw new Error('Cannot make an example as a report must have a scenario');
  return {
    schemaVersion: '1.0.0',
    environment,
    scenario,
    repetitions: 3,
    share: 0.95,
    confidence: 0.95,
    builds: [
      {
        build: 'fixed',
        trialOptions: DEFAULT_OPTIONS,
        parameters: {},
        curves: [powerCurve('heap', runs, rule), powerCurve('timer', runs, rule)],
        runs,
      },
    ],
    elapsed: 83_412,
    complete: true,
  };
}

function runsAt(kind: CertifiedKind, growth: number, isCaught: boolean): CertifiedRun[] {
  return [0, 1, 2].map(nth => {
    const plant = plantOf(kind, growth, nth, 1);
    return isCaught ? caughtRun(plant) : missedRun(plant);
  });
}
