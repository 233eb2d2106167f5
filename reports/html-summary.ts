import {
  type DetectionLimit,
  decides,
  isHeap,
  type JudgedTrial,
  type Report,
  threadHeaps,
} from '../harness/model.ts';
import { badge, isShownOnly, tally } from './badge.ts';
import { besideTexts } from './base-wording.ts';
import { runText } from './environment.ts';
import { formatCount, formatNumber, formatOften, sentence } from './format.ts';
import { type Child, h, type Markup } from './html-markup.ts';
import { inconclusiveText } from './inconclusive-wording.ts';
import {
  isExplained,
  metText,
  outcomeOf,
  type ScenarioGroup,
  type Standing,
  standingOf,
  trialLabel,
} from './judged.ts';
import { limitText } from './limit-wording.ts';
import { notable } from './notable.ts';
import { heapText, newsText, shownText, verdictLine } from './verdict.ts';
import { exitText, faultText, findingText } from './wording.ts';

/** What came out, at a glance: the whole, what a green light is worth, and one line per trial. */
export function htmlSummary(report: Report, groups: readonly ScenarioGroup[]): Markup {
  return h(
    'section',
    { class: 'summary', 'aria-labelledby': 'outcome' },
    h('h1', { id: 'outcome', class: `exit-${report.exitCode}` }, heading(report)),
    h('p', { class: 'lead' }, `${sentence(exitText(report))} ${sentence(runText(report))}`),
    isExplained(report) ? undefined : outcomes(report, groups),
  );
}

function heading(report: Report): string {
  if (report.interrupted) return 'Interrupted: what there is decides nothing';
  return isExplained(report) && report.exitCode === 0 ? 'What is kept' : HEADLINES[report.exitCode];
}

function outcomes(report: Report, groups: readonly ScenarioGroup[]): Child {
  return [
    tiles(report),
    report.interrupted ? undefined : greenLight(report, groups),
    groups.length === 0
      ? h('p', {}, 'No trial was run.')
      : h('div', { class: 'verdicts' }, groups.map(scenarioLines)),
  ];
}

const HEADLINES: { readonly [exitCode in Report['exitCode']]: string } = {
  0: 'Every build did what its scenario expects',
  1: 'Not every build did what its scenario expects',
  2: 'leakgate could not do its work',
  3: 'Inconclusive, and nothing worse',
};

function tiles(report: Report): Markup {
  const counted = tally(report.trials).map(({ name, outcome, count }) => ({
    name,
    value: formatNumber(count),
    tone: `outcome-${outcome}`,
    isTold: count > 0 || name === 'leak' || name === 'steady',
  }));
  return figures([
    { name: 'as expected', value: metText(report), tone: '' },
    ...counted.filter(({ isTold }) => isTold),
  ]);
}

/** Numbers that should be seen first, each with its name. */
function figures(
  values: readonly { readonly name: string; readonly value: string; readonly tone?: string }[],
): Markup {
  return h(
    'dl',
    { class: 'figures' },
    values.map(({ name, value, tone = '' }) =>
      h('div', { class: tone === '' ? undefined : tone }, h('dt', {}, name), h('dd', {}, value)),
    ),
  );
}

/** The weakest limit of all steady verdicts, `no worse` ones among them, that decide: what none of them would have let pass. */
function greenLight(report: Report, groups: readonly ScenarioGroup[]): Markup | undefined {
  const steady = report.trials.filter(decides).flatMap(({ verdict, result, base, series }) => {
    const isSteady = verdict.outcome === 'steady' && result.outcome === 'completed';
    if (!isSteady) return [];
    return [{ limit: verdict.limit, scenario: result.trial.scenario, base, threads: threadHeaps(series) }];
  });
  if (steady.length === 0) return undefined;
  const units = new Set(steady.map(({ scenario }) => groups.find(group => group.name === scenario)?.per));
  const per = units.size === 1 ? ([...units][0] ?? 'iteration') : 'iteration';
  const limits = steady.map(({ limit }) => limit);
  const beyond = steady.every(({ base }) => base) ? ' beyond its base' : '';
  return h(
    'div',
    { class: 'green-light' },
    h('h2', {}, 'What the green light is worth'),
    h(
      'p',
      {},
      steady.length === 1
        ? `The steady verdict would have caught${beyond}, computed from its own noise:`
        : `Each of the ${formatNumber(steady.length)} steady verdicts that decide would have caught at least this${beyond}, computed from its own noise:`,
    ),
    limitFigures(weakest(limits), per, {
      isHeapOfMain: steady.some(({ threads }) => threads === 'unread'),
      areBuffersOfMain: steady.some(({ threads }) => threads !== 'none'),
    }),
  );
}

function weakest(limits: readonly DetectionLimit[]): DetectionLimit {
  const rarest = (of: (limit: DetectionLimit) => number) => Math.min(...limits.map(of));
  const offHeap = limits.flatMap(limit => limit.offHeapBytesPerIteration ?? []);
  const native = limits.flatMap(limit => limit.nativeBytesPerIteration ?? []);
  return {
    bytesPerIteration: Math.max(...limits.map(limit => limit.bytesPerIteration)),
    ...(offHeap.length === limits.length && { offHeapBytesPerIteration: Math.max(...offHeap) }),
    ...(native.length === limits.length && { nativeBytesPerIteration: Math.max(...native) }),
    objectEvery: rarest(limit => limit.objectEvery),
    handleEvery: rarest(limit => limit.handleEvery),
  };
}

/** Whether the worker threads' share of it was not read in one of the trials. */
interface Reach {
  readonly isHeapOfMain: boolean;
  readonly areBuffersOfMain: boolean;
}

function limitFigures(limit: DetectionLimit, per: string, { isHeapOfMain, areBuffersOfMain }: Reach): Markup {
  const reach = (isOfMain: boolean) => (isOfMain ? ', main thread' : '');
  const bytes = (size: number) => `${formatNumber(size)} B per ${per}`;
  const kept = (every: number) => (every === 0 ? 'not counted' : formatOften(every, per));
  return figures([
    { name: `heap growth${reach(isHeapOfMain)}`, value: bytes(limit.bytesPerIteration) },
    ...(limit.offHeapBytesPerIteration === undefined
      ? []
      : [
          {
            name: `growth of buffers${reach(areBuffersOfMain)}`,
            value: bytes(limit.offHeapBytesPerIteration),
          },
        ]),
    ...(limit.nativeBytesPerIteration === undefined
      ? []
      : [{ name: 'growth of native memory', value: bytes(limit.nativeBytesPerIteration) }]),
    { name: 'objects kept', value: kept(limit.objectEvery) },
    { name: 'timers and handles', value: kept(limit.handleEvery) },
  ]);
}

function scenarioLines(group: ScenarioGroup, place: number): Markup {
  return h(
    'div',
    { class: 'verdict-group' },
    h('h3', {}, h('a', { href: `#scenario-${place}` }, group.name)),
    h(
      'ul',
      {},
      group.trials.map(judged => trialLine(judged, group)),
    ),
  );
}

function trialLine(judged: JudgedTrial, group: ScenarioGroup): Markup {
  return h(
    'li',
    {},
    badgeOf(judged),
    h('span', { class: 'name' }, trialLabel(judged, group)),
    expectationOf(judged, group),
    h('span', { class: 'facts' }, brief(judged, group.per)),
  );
}

export function badgeOf(judged: JudgedTrial): Markup {
  const kind = isShownOnly(judged) ? 'none' : outcomeOf(judged);
  return h('span', { class: `badge outcome-${kind}` }, badge(judged));
}

/** Marked by a sign too, for readers who do not see colours. */
export function expectationOf(judged: JudgedTrial, group: ScenarioGroup): Markup {
  const standing = standingOf(judged);
  const { expectation } = verdictLine(judged, group);
  const sign = SIGNS[standing];
  return h(
    'span',
    { class: standing === 'missed' ? 'expectation missed' : 'expectation' },
    sign === undefined ? undefined : h('span', { 'aria-hidden': 'true' }, sign),
    standing === 'met' ? 'as expected' : expectation,
  );
}

const SIGNS: { readonly [standing in Standing]?: string } = { met: '\u2713 ', missed: '\u2717 ' };

const FINDINGS_SHOWN = 2;

/** The one thing to know of a trial. */
function brief(judged: JudgedTrial, per: string): Child {
  if (judged.result.outcome === 'faulted') return faultText(judged.result.fault);
  const { verdict } = judged;
  if (isShownOnly(judged)) return shownText(judged, per);
  switch (verdict.outcome) {
    case 'leak': {
      if (judged.base) return newsText(judged, per);
      const shown = verdict.findings.slice(0, FINDINGS_SHOWN).map(finding => findingText(finding, per));
      const hidden = verdict.findings.length - shown.length;
      const heap = verdict.findings.some(({ metric }) => isHeap(metric)) ? '' : heapText(judged, per);
      return [...shown, heap, hidden > 0 ? `${formatCount(hidden, 'more finding')}` : '']
        .filter(text => text !== '')
        .join(', ');
    }
    case 'steady':
      return [
        ...besideTexts(judged, notable(judged).slice(0, 1), per),
        limitText(verdict.limit, per, judged.base ? ' beyond the base' : '', threadHeaps(judged.series)),
      ].join('; ');
    case 'inconclusive':
      return inconclusiveText(verdict.reason, verdict.metric);
  }
}
