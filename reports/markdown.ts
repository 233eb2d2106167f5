import type { HeapDiff, JudgedTrial, Report } from '../harness/model.ts';
import { NO_WORSE, tally } from './badge.ts';
import { environmentText, runText } from './environment.ts';
import { evidenceMarkdown } from './evidence-markdown.ts';
import { formatCount, formatSigned, formatSignedBytes } from './format.ts';
import { growthTable } from './growth-table.ts';
import { isExplained, metText, type ScenarioGroup, scenarioGroups } from './judged.ts';
import { escaped, markdownTable } from './markdown-table.ts';
import { noteLines } from './notes.ts';
import { printable } from './printable.ts';
import { timingTable } from './timing-table.ts';
import { nullRunText, verdictLine } from './verdict.ts';
import { warningText } from './warning-wording.ts';
import { exitText } from './wording.ts';

/** File name of the chart that the document shows; expected in the same folder. */
const CHART_FILE = 'heap-growth.svg';

/** The report as a Markdown document (GitHub flavour: tables) that shows the chart beside it. */
export function renderMarkdown(report: Report): string {
  const shown = printable(report);
  const groups = scenarioGroups(shown);
  const sections = [
    isExplained(shown) ? '# What is kept' : '# Leak report',
    `**${escaped(exitText(shown))}**`,
    ...(isExplained(shown) ? [] : [summary(shown), chart(groups)]),
    part(
      'Verdicts',
      groups.flatMap(group => group.trials.map(judged => verdict(judged, group))),
    ),
    part('Evidence', evidenceMarkdown(shown)),
    groups.length === 0 ? '' : markdownTable(growthTable(shown)),
    part(
      'Figures of the scenarios',
      noteLines(groups).map(line => `- ${escaped(line)}`),
    ),
    shown.timings.length === 0 ? '' : markdownTable(timingTable(shown.timings)),
    part('Heap diff by class', shown.heapDiffs.map(heapDiff)),
    part(
      'The harness itself',
      shown.nullRun === undefined ? [] : [`- empty scenario: ${nullRunText(shown.nullRun)}`],
    ),
    part(
      'Warnings',
      shown.warnings.map(warningText).map(({ text, advice }) => `- ${escaped(`${text}; ${advice}`)}`),
    ),
    part('Environment', [`- ${escaped(environmentText(shown))}`, `- ${escaped(runText(shown))}`]),
  ];
  return `${sections.filter(section => section !== '').join('\n\n')}\n`;
}

function summary(report: Report): string {
  const counted = tally(report.trials).filter(({ name, count }) => count > 0 || name !== NO_WORSE);
  const cells = [
    ['trials', counted.reduce((sum, { count }) => sum + count, 0)],
    ...counted.map(({ name, count }) => [name, count]),
    ['as expected', metText(report)],
  ];
  const row = (texts: readonly unknown[]) => `| ${texts.join(' | ')} |`;
  return [
    row(cells.map(([name]) => name)),
    row(cells.map(() => '---:')),
    row(cells.map(([, count]) => count)),
  ].join('\n');
}

function chart(groups: readonly ScenarioGroup[]): string {
  return groups.length === 0 ? 'No trial was run.' : `![Heap growth by scenario and build](${CHART_FILE})`;
}

function part(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`## ${title}`, '', ...lines].join('\n');
}

function verdict(judged: JudgedTrial, group: ScenarioGroup): string {
  const { badge, label, expectation, facts, detail, printed } = verdictLine(judged, group);
  const line = `- **${badge}** ${escaped(`${group.name} ${label}`)} (${escaped(expectation)}): ${escaped(facts)}`;
  const kept = [detail, printed].flatMap(text => text.split('\n')).filter(text => text.trim() !== '');
  return [line, ...(kept.length === 0 ? [] : ['', ...kept.map(text => `      ${text}`), ''])].join('\n');
}

function heapDiff(diff: HeapDiff): string {
  const subject = escaped(`${diff.scenario} ${diff.build}`);
  if (diff.outcome === 'skipped') return `- ${subject}: skipped: ${escaped(diff.reason)}`;
  const classes = diff.classes.slice(0, 5).map(({ name, net, bytes }) => {
    return `${escaped(name)} ${formatSigned(net)} (${formatSignedBytes(bytes)})`;
  });
  return `- ${subject}, ${formatCount(diff.iterations, 'iteration')}: ${classes.join(', ') || 'nothing grew'}`;
}
