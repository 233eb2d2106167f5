import type { Bytes } from '../../harness/model.ts';
import { formatSignedBytes } from '../../reports/format.ts';
import { type Detector, type Judgement, judgement } from './detector.ts';
import { readings } from './exercise.ts';

const LIMIT: Bytes = 10 * 2 ** 20;

/** Resident memory after against before. */
export const rssTenMegabytes: Detector = {
  name: 'rss-10-mb',
  run: 'replayed',
  rule: 'resident memory grew by more than 10 MiB',
  judge: async (trial, directory) =>
    grewByTenMegabytes(await readings(trial, directory, 1, () => process.memoryUsage.rss())),
};

/** Clean loops grow by 4 to 5.5 MB by themselves; Node's own test for nodejs/node#14894 allows 25 MiB. */
export function grewByTenMegabytes(rss: readonly [Bytes, ...Bytes[]]): Judgement {
  const growth = (rss.at(-1) ?? rss[0]) - rss[0];
  return judgement(growth > LIMIT, `RSS ${formatSignedBytes(growth)}`);
}
