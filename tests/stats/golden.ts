import { readFileSync } from 'node:fs';

/** Reference values from scipy; see tests/golden/make_golden.py. */
export interface Golden {
  readonly scipy: string;
  readonly normalQuantile: readonly { readonly p: number; readonly z: number }[];
  readonly quantile: readonly { readonly values: number[]; readonly p: number; readonly value: number }[];
  readonly trend: readonly TrendCase[];
  readonly exactShare: readonly ShareCase[];
}

interface ShareCase {
  readonly hits: number;
  readonly runs: number;
  readonly confidence: number;
  readonly low: number;
  readonly high: number;
}

interface TrendCase {
  readonly kind: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly confidence: number;
  readonly slope: number;
  readonly low: number;
  readonly high: number;
  readonly scoreVariance: number;
  readonly serialInflation: number;
}

/** One real series; see its `about`. */
export interface Measured {
  readonly behaviour: string;
  readonly jit: boolean;
  readonly iterations: readonly number[];
  readonly heap: readonly number[];
  readonly external: readonly number[];
  readonly population: readonly (number | null)[];
}

export const golden: Golden = read('statistics.json');
export const measured: readonly Measured[] = read<{ series: Measured[] }>('measured.json').series;

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../golden/${name}`, import.meta.url), 'utf8')) as T;
}
