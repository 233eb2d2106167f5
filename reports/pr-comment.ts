import { HEAP_USED, isContainerStore, isHeap, type JudgedTrial, type Report } from '../harness/model.ts';
import { badge } from './badge.ts';
import { comparisonsText } from './base-wording.ts';
import { type CiCase, ciCases, problems } from './ci-case.ts';
import { evidenceTexts } from './ci-evidence.ts';
import { environmentTexts, runText } from './environment.ts';
import { formatByteRate, formatBytes } from './format.ts';
import { EXPECTED_TEXTS, estimateOf, scenarioGroups, seriesOf, standingOf, trialLabel } from './judged.ts';
import { escaped } from './markdown-table.ts';
import { toldOnce } from './notable.ts';
import { printable } from './printable.ts';
import { escapeXml } from './svg.ts';
import { warningText } from './warning-wording.ts';
import { exitText, findingText } from './wording.ts';

/** First line of the comment, not shown: by it the next run finds the comment that it is to update. */
export const COMMENT_MARKER = '<!-- leakgate: this comment is updated by every run -->';

/**
 * Markdown for one comment on a pull request: the verdict, the numbers of the heap-growth chart as a table,
 * the evidence, and folded the rest. Never longer than GitHub accepts.
 */
export function renderPrComment(report: Report): string {
  return `${COMMENT_MARKER}\n${renderJobSummary(report)}`;
}

/** The same without the marker, for the summary of a job. */
export function renderJobSummary(report: Report): string {
  const shown = printable(report);
  const cases = ciCases(report);
  const wrong = problems(cases);
  const head = [headline(cases, wrong), table(shown)];
  const folded = [
    ...wrong.map(one => caseDetails(shown, one)),
    details(
      'All verdicts',
      cases.flatMap(one => one.facts.map(fact => `- ${named(one)}: ${escaped(fact)}`)),
    ),
    details(
      'Warnings',
      shown.warnings.map(warningText).map(({ text, advice }) => `- ${escaped(`${text}; ${advice}`)}`),
    ),
    details('Environment', environmentLines(shown)),
  ];
  return shortened([...head, ...folded].filter(text => text !== ''));
}

/**
 * Characters that a comment may have: https://github.com/orgs/community/discussions/27190. The action adds a
 * name to the marker.
 */
const LIMIT = 65_536 - 256;
const LINES = 40;

function shortened(sections: readonly string[]): string {
  const note = 'Shortened: the artifacts of the run hold the rest.';
  const kept: string[] = [];
  let length = COMMENT_MARKER.length + note.length + 4;
  for (const section of sections) {
    length += section.length + 2;
    if (length > LIMIT) return `${[...kept, note].join('\n\n')}\n`;
    kept.push(section);
  }
  return `${kept.join('\n\n')}\n`;
}

function headline(cases: readonly CiCase[], wrong: readonly CiCase[]): string {
  if (cases.length === 0) return '### leakgate: no trial was run';
  if (wrong.length === 0) return '### leakgate: no unexpected leak';
  const [only] = wrong;
  const what = wrong.length === 1 && only ? `${named(only)}: ${escaped(only.summary)}` : others(cases, wrong);
  return `### leakgate: ${what}`;
}

function others(cases: readonly CiCase[], wrong: readonly CiCase[]): string {
  return `${wrong.length} of ${cases.length} not as expected`;
}

function named({ scenario, build }: CiCase): string {
  return escaped(`${scenario} ${build}`);
}

function table(report: Report): string {
  const groups = scenarioGroups(report);
  if (groups.length === 0) return '';
  const compared = report.trials.some(({ base }) => base !== undefined);
  const columns = ['scenario', 'build', 'heap, first to last', 'heap per iteration', 'also grew'];
  const heads = [...columns, ...(compared ? ['vs base'] : []), 'verdict', 'expected'];
  const rows = groups.flatMap(group =>
    group.trials.map(judged => [
      group.name,
      trialLabel(judged, group),
      heapRange(judged),
      heapRate(judged, group.per),
      alsoGrew(judged, group.per),
      ...(compared ? [judged.base ? comparisonsText(judged.base.comparisons) : '-'] : []),
      badge(judged),
      EXPECTED_TEXTS[standingOf(judged)],
    ]),
  );
  return [
    `| ${heads.join(' | ')} |`,
    `| ${heads.map(head => (head.startsWith('heap') ? '---:' : '---')).join(' | ')} |`,
    ...rows.map(row => `| ${row.map(escaped).join(' | ')} |`),
  ].join('\n');
}

function heapRange(judged: JudgedTrial): string {
  const points = seriesOf(judged, HEAP_USED)?.points ?? [];
  const [first, last] = [points[0], points.at(-1)];
  return first && last ? `${formatBytes(first.value)} to ${formatBytes(last.value)}` : '-';
}

function heapRate(judged: JudgedTrial, per: string): string {
  const heap = estimateOf(judged, HEAP_USED);
  return heap ? formatByteRate(heap.slope, heap.low, heap.high, per) : '-';
}

const SHOWN = 3;

/** The counts that leaked, and memory off the heap. */
function alsoGrew({ verdict }: JudgedTrial, per: string): string {
  if (verdict.outcome !== 'leak') return '-';
  const found = toldOnce(verdict.findings);
  const others = found.filter(({ metric }) => !isContainerStore(metric) && !isHeap(metric));
  const texts = others.slice(0, SHOWN).map(finding => findingText(finding, per));
  const more = others.length > SHOWN ? [`${others.length - SHOWN} more`] : [];
  return [...texts, ...more].join(', ') || '-';
}

function caseDetails(report: Report, one: CiCase): string {
  const evidence = evidenceTexts(report, one);
  const lines = [...one.facts, ...evidence, ...one.details.flatMap(detail => detail.split('\n'))];
  if (lines.length === 0) return '';
  const shown = lines.slice(0, LINES);
  const more = lines.length > LINES ? [`(${lines.length - LINES} more lines)`] : [];
  // Indented code needs no fence, which a text could close.
  const code = [...shown, ...more].map(line => `    ${line}`);
  return details(`Evidence: ${one.scenario} ${one.build}, ${one.summary}`, code, true);
}

function environmentLines(report: Report): readonly string[] {
  return [...environmentTexts(report), runText(report), exitText(report)].map(line => `- ${escaped(line)}`);
}

function details(title: string, lines: readonly string[], open = false): string {
  if (lines.length === 0) return '';
  return [
    `<details${open ? ' open' : ''}><summary>${escapeXml(title)}</summary>`,
    '',
    ...lines,
    '',
    '</details>',
  ].join('\n');
}
