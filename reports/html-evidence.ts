import {
  type Evidence,
  type KeptAllocations,
  type KeptObjects,
  type KeptResource,
  ownFrame,
  type Report,
  type RetainingPath,
  type SourcePosition,
} from '../harness/model.ts';
import { evidenceSummary } from './evidence-summary.ts';
import { noHolderText, notKeptText, shareText } from './evidence-wording.ts';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatEvery,
  formatNumber,
  isSeldom,
  sentence,
} from './format.ts';
import { type Child, h, type Markup } from './html-markup.ts';
import { isOfLeak, unitOf } from './judged.ts';

/** Who holds what leaked and where it was created, as trees that unfold; the first of each build is open. */
export function htmlEvidence(evidence: readonly Evidence[], report: Report, per: string): Child {
  return evidence.length === 0 ? undefined : builds(evidence, report, per);
}

/** The same of a report that judges nothing, by scenario. */
export function htmlExplained(report: Report): Child {
  const names = [...new Set(report.evidence.map(({ scenario }) => scenario))];
  return names.map((name, at) => {
    const own = report.evidence.filter(({ scenario }) => scenario === name);
    return h(
      'section',
      { class: 'scenario', 'aria-labelledby': `explained-${at}` },
      h('h2', { id: `explained-${at}` }, name),
      builds(own, report, unitOf(report, name)),
    );
  });
}

function builds(evidence: readonly Evidence[], report: Report, per: string): Child {
  const leaks = (one: Evidence) => isOfLeak(one, report);
  return [
    h('h3', {}, evidence.some(leaks) ? 'Why it leaks' : 'What it keeps'),
    evidence.map(one => build(one, per, leaks(one))),
  ];
}

function build(evidence: Evidence, per: string, leaks: boolean): Markup {
  if (evidence.outcome === 'skipped') {
    return h('p', { class: 'quiet' }, `${evidence.build}: not looked into: ${evidence.reason}`);
  }
  const { objects, resources, allocations = [], iterations, elapsed, snapshots } = evidence;
  const summary = evidenceSummary(evidence, per);
  const noHolder = noHolderText(evidence, leaks);
  const notKept = notKeptText(evidence);
  return h(
    'div',
    { class: 'evidence' },
    h('h4', {}, evidence.build),
    h(
      'p',
      { class: 'quiet' },
      `Between snapshots ${formatCount(iterations, per)} apart, in ${formatDuration(elapsed)}.`,
    ),
    summary === '' ? undefined : h('p', {}, h('strong', {}, summary)),
    noHolder === '' ? undefined : h('p', {}, sentence(noHolder)),
    resources.map((resource, at) => keptResource(resource, per, at === 0)),
    objects.map((kept, at) => keptObjects(kept, per, at === 0)),
    allocations.map(keptAllocations),
    snapshots.length === 0
      ? undefined
      : h(
          'p',
          { class: 'quiet' },
          'Heap snapshots: ',
          snapshots.map((path, at) => [at === 0 ? '' : ', ', h('code', {}, path)]),
        ),
    notKept === '' ? undefined : h('p', {}, notKept),
  );
}

function keptResource(resource: KeptResource, per: string, open: boolean): Markup {
  const { name, perIteration, exact, created, owner } = resource;
  return h(
    'details',
    { open },
    h(
      'summary',
      {},
      h('strong', {}, rateText(perIteration, per, exact)),
      ' ',
      h('code', {}, name),
      place(ownFrame(created)),
    ),
    h(
      'div',
      { class: 'inside' },
      owner &&
        h(
          'p',
          {},
          'Its cleanup ',
          h('code', {}, owner.label),
          owner.undoes === '' ? ' never ran.' : ` never ran, as this build undoes ${owner.undoes}.`,
        ),
      stack('Created at', created),
    ),
  );
}

function keptObjects(kept: KeptObjects, per: string, open: boolean): Markup {
  const { name, perIteration, exact, retained, paths, defined, allocated } = kept;
  return h(
    'details',
    { open },
    h(
      'summary',
      {},
      h('strong', {}, perIteration === 0 ? 'Growing' : rateText(perIteration, per, exact)),
      ' ',
      h('code', {}, name),
      perIteration === 0
        ? ` by ${formatBytes(retained)} per ${per}`
        : ` holding ${formatBytes(retained)} per ${per}`,
      place(defined),
    ),
    h(
      'div',
      { class: 'inside' },
      kept.with.length === 0
        ? undefined
        : h(
            'p',
            {},
            'With it: ',
            kept.with.map((other, at) => [
              at === 0 ? '' : ', ',
              `${formatNumber(other.perIteration)} `,
              h('code', {}, other.name),
            ]),
            '.',
          ),
      paths.map((path, at) => retainingPath(path, at === 0)),
      allocated && stack('Allocated at', allocated),
    ),
  );
}

function keptAllocations(kept: KeptAllocations): Markup {
  const { by, frames } = kept;
  return h(
    'details',
    {},
    h(
      'summary',
      {},
      h('strong', {}, shareText(kept)),
      ' was allocated by ',
      h('code', {}, named(by).function),
      place(by),
    ),
    h('div', { class: 'inside' }, stack('Most often through', frames.map(named))),
  );
}

function named(position: SourcePosition): SourcePosition {
  return { ...position, function: position.function || '(anonymous)' };
}

function retainingPath({ count, steps, added = [] }: RetainingPath, open: boolean): Markup {
  const [first, last] = [steps[0], steps.at(-1)];
  const ends = first === last ? (first?.name ?? '') : `${first?.name ?? ''} \u2026 ${last?.name ?? ''}`;
  return h(
    'details',
    { open, class: 'path' },
    h('summary', {}, `${formatNumber(count)} held by `, h('code', {}, ends)),
    h(
      'ol',
      {},
      steps.map(({ name, position }) => h('li', {}, h('code', {}, name), place(position))),
    ),
    added.length === 0 ? undefined : h('p', {}, 'Probably put there at', added.map(place)),
  );
}

function stack(title: string, frames: readonly SourcePosition[]): Child {
  if (frames.length === 0) return undefined;
  return [
    h('p', { class: 'quiet' }, title),
    h(
      'ol',
      { class: 'stack' },
      frames.map(frame =>
        h('li', {}, h('code', {}, frame.function === '' ? '(anonymous)' : frame.function), place(frame)),
      ),
    ),
  ];
}

function place(position: SourcePosition | undefined): Child {
  if (position === undefined) return undefined;
  const parts = `${position.file}:${position.line}:${position.column}`.split(/(?<=[/\\])/);
  const breakable = parts.map((part, at) => [at === 0 ? undefined : h('wbr', {}), part]);
  return h('span', { class: 'position' }, ' ', breakable);
}

/** `10 per reload exactly`, `1 per 40 reloads`. */
function rateText(perIteration: number, per: string, exact: boolean): string {
  const rate = isSeldom(perIteration)
    ? `1 ${formatEvery(1 / perIteration, per)}`
    : `${formatNumber(perIteration)} per ${per}`;
  return exact ? `${rate} exactly` : rate;
}
