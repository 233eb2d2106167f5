import { expect, test } from 'vitest';
import { toSeries } from '../harness/series.ts';
import { census, POPULATION, RSS, sampled, TIMERS } from './support/judge-input.ts';

test('series hold the readings there are, in the order of the metrics', () => {
  const input = sampled([
    [TIMERS, () => 3],
    [POPULATION, census(() => 9)],
    [RSS, () => undefined],
  ]);
  expect(toSeries(input)).toMatchObject([
    { metric: TIMERS },
    { metric: POPULATION, points: [0, 679, 1358, 2037].map(iteration => ({ iteration, value: 9 })) },
  ]);
});
