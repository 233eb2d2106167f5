/** What there is to say of a certification: sizes, shares, and what follows from them. */
import type {
  Certification,
  CertifiedBuild,
  CertifiedKind,
  CertifiedRun,
  Plant,
  PowerCurve,
  PowerPoint,
} from '../harness/model.ts';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatEvery,
  formatNumber,
  formatOften,
  formatRatio,
  formatShare,
  plural,
} from './format.ts';

/** What is kept, and by what it is caught. */
export const KIND_TITLES: { readonly [kind in CertifiedKind]: string } = {
  heap: 'text on the heap, by its slope',
  object: 'objects, by counting',
  'off-heap': 'array buffers, by their slope',
  timer: "timers, ref'd and unref'd, by counting",
  descriptor: 'open files, by counting',
};

const THINGS: { readonly [kind in CertifiedKind]: string } = {
  heap: '',
  'off-heap': '',
  object: 'object',
  timer: 'timer',
  descriptor: 'descriptor',
};

/** `22 B/reload`, `1 object per 100 reloads`. */
export function growthText(kind: CertifiedKind, growth: number, per: string): string {
  const thing = THINGS[kind];
  return thing === '' ? `${formatBytes(growth)}/${per}` : formatOften(1 / growth, per, thing, plural(thing));
}

/** `22 B`, `1 in 100`, `4 in 1`: on an axis and in a column. */
export function growthLabel(kind: CertifiedKind, growth: number): string {
  if (THINGS[kind] === '') return formatBytes(growth);
  return growth > 1
    ? `${formatNumber(Math.ceil(growth))} in 1`
    : `1 in ${formatNumber(Math.round(1 / growth))}`;
}

/** `5 of 5 (48 to 100 %)`: how many were caught, and the share that is behind it. */
export function caughtText({ caught, runs, low, high }: PowerPoint): string {
  return `${caught} of ${runs} (${Math.round(low * 100)} to ${formatShare(high)})`;
}

type Rule = Pick<Certification, 'repetitions' | 'share'>;

/** Whether a size counts as caught that was missed once: not in so few runs that one miss is too large a share. */
export function allowsMiss({ repetitions, share }: Rule): boolean {
  return Math.ceil(share * repetitions) < repetitions;
}

/** `in all of 3 runs`, `in at least 95 % of 20 runs`: how often a size that counts as caught was caught. */
export function oftenEnoughText(rule: Rule): string {
  const runs = formatCount(rule.repetitions, 'run');
  if (allowsMiss(rule)) return `in at least ${formatShare(rule.share)} of ${runs}`;
  return rule.repetitions === 1 ? 'in its one run' : `in all of ${runs}`;
}

/** Of a curve's limit beside what was stated: `yes, 1.30x as much`, `no, 3.00x as much`, or why nobody can tell. */
export function agreementText({ limit, stated, agrees }: PowerCurve): string {
  if (stated === undefined) return 'not stated';
  if (limit === undefined) return 'open';
  return `${agrees ? 'yes' : 'no'}, ${formatRatio(limit / stated)} as much`;
}

const PLACES: { readonly [kind in CertifiedKind]?: string } = {
  heap: 'on the heap',
  'off-heap': 'in array buffers',
};

/** `22 B/reload on the heap, once per 10 reloads`: what was planted. */
export function plantText({ kind, size, every }: Plant, per: string): string {
  const certified = kind === 'unref-timer' ? 'timer' : kind;
  const text = growthText(certified, size / every, per);
  const place = PLACES[certified];
  if (place === undefined) return kind === 'unref-timer' ? `${text}, unref'd` : text;
  return `${text} ${place}${every === 1 ? '' : `, once ${formatEvery(every, per)}`}`;
}

/** `called a leak (heap.used) after 4,074 reloads in 6.1 s`. */
export function certifiedRunText({ outcome, found, iterations, wall }: CertifiedRun, per: string): string {
  const named = found.length === 0 ? '' : ` (${found.slice(0, 3).join(', ')})`;
  return `${outcome}${named} after ${formatCount(iterations, per)} in ${formatDuration(wall)}`;
}

/** Runs without a plant that were not steady; empty where all were. */
export function cleanText({ build, runs }: CertifiedBuild): string {
  const clean = runs.filter(({ plant }) => !plant);
  const other = clean.filter(({ outcome }) => outcome !== 'steady');
  if (other.length === 0) return '';
  const outcomes = [...new Set(other.map(({ outcome }) => outcome))].join(', ');
  return `${build}: ${other.length} of ${formatCount(clean.length, 'run')} without a plant ended not steady (${outcomes}): mend that first`;
}

/**
 * `0`: all that was stated holds; `1`: something does not, or a build is not steady by itself; `3`: something
 * is open.
 */
export function certificationExitCode({ builds }: Certification): 0 | 1 | 3 {
  const clean = builds.flatMap(({ runs }) => runs.filter(({ plant }) => !plant));
  const curves = builds.flatMap(build => build.curves);
  if (clean.some(({ outcome }) => outcome === 'leak' || outcome === 'faulted')) return 1;
  if (curves.some(({ agrees }) => agrees === false)) return 1;
  if (clean.some(({ outcome }) => outcome !== 'steady')) return 3;
  return curves.some(({ limit }) => limit === undefined) ? 3 : 0;
}

/** What the exit code means. */
export function certificationExitText(certification: Certification): string {
  switch (certificationExitCode(certification)) {
    case 0:
      return 'exit code 0: the gate catches what a steady run says it would, to within a factor of two';
    case 1:
      return 'exit code 1: what a steady run states is off by more than a factor of two, or a build is not steady by itself';
    case 3:
      return 'exit code 3: of some kind no size was caught often enough, or a build was inconclusive by itself';
  }
}
