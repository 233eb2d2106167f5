import type { HeapDiff, JudgedTrial, Report } from '../harness/model.ts';
import { environmentText, runText } from './environment.ts';
import { evidenceText } from './evidence.ts';
import { formatCount, formatSigned, formatSignedBytes } from './format.ts';
import { growthTable, toneOf } from './growth-table.ts';
import {
  headline,
  isExplained,
  isSampled,
  type ScenarioGroup,
  scenarioGroups,
  standingOf,
} from './judged.ts';
import { noteLines } from './notes.ts';
import { heading, type Page, page, paint } from './page.ts';
import { printable } from './printable.ts';
import { terminalPlot } from './terminal-plot.ts';
import { terminalTable } from './terminal-table.ts';
import { timingTable } from './timing-table.ts';
import { nullRunText, type VerdictLine, verdictLine } from './verdict.ts';
import { warningText } from './warning-wording.ts';
import { exitText } from './wording.ts';
import { padEnd, wrap } from './wrap.ts';

export interface TextOptions {
  /** Columns of the terminal; `Infinity` for a file that nobody wraps. */
  readonly width: number;
  /** Whether colours may be used; without them the text holds no control code but the line feed. */
  readonly color: boolean;
  /** Whether the heap of the scenario that shows most is drawn; default: yes. */
  readonly plot?: boolean;
  /**
   * What it says at the end of the exit code: what it means, whose it was where this command has another, or
   * nothing; default: `meaning`.
   */
  readonly exitCode?: 'meaning' | 'of-run' | 'none';
}

/** The report for a terminal: verdicts first, then what they rest on, the meaning of the exit code last. */
export function renderText(
  report: Report,
  { width, color, plot = true, exitCode = 'meaning' }: TextOptions,
): string {
  const shown = printable(report);
  const sheet = page(width, color);
  const groups = scenarioGroups(shown);
  const top = headline(groups);
  const sections = [
    verdicts(groups, sheet),
    growth(shown, sheet),
    evidenceText(shown, sheet),
    top === undefined || !plot ? '' : plotted(top, groups, sheet),
    notes(groups, sheet),
    shown.timings.length === 0 ? '' : terminalTable(timingTable(shown.timings), sheet),
    heapDiffs(shown.heapDiffs, sheet),
    nullRun(shown.nullRun, sheet),
    warnings(shown, sheet),
    footer(shown, exitCode, sheet),
  ];
  return `${sections.filter(section => section !== '').join('\n\n')}\n`;
}

function growth(report: Report, sheet: Page): string {
  if (report.trials.length > 0) return terminalTable(growthTable(report), sheet);
  return isExplained(report) ? '' : 'No trial was run.';
}

/** One plot is enough for a terminal; where there are more scenarios it says where theirs are. */
function plotted(top: ScenarioGroup, groups: readonly ScenarioGroup[], sheet: Page): string {
  const plot = terminalPlot(top, sheet);
  const others = groups.filter(group => group !== top && isSampled(group)).length;
  if (plot === '' || others === 0) return plot;
  const where = `${formatCount(others, 'more scenario')}: ${others === 1 ? 'its chart is' : 'their charts are'} in report.html`;
  return `${plot}\n${paint(sheet, 'quiet', wrap(`  ${where}`, sheet.width, 2))}`;
}

function verdicts(groups: readonly ScenarioGroup[], sheet: Page): string {
  const lines = groups.flatMap(group =>
    group.trials.map(judged => ({ judged, group, line: verdictLine(judged, group) })),
  );
  const badges = Math.max(...lines.map(({ line }) => line.badge.length));
  const subjects = Math.max(...lines.map(({ line, group }) => `${group.name} ${line.label}`.length));
  return lines
    .map(({ judged, group, line }) => verdict(judged, group, line, { badges, subjects }, sheet))
    .join('\n');
}

function verdict(
  judged: JudgedTrial,
  group: ScenarioGroup,
  line: VerdictLine,
  { badges, subjects }: { readonly badges: number; readonly subjects: number },
  sheet: Page,
): string {
  const indent = Math.min(badges + 2, Math.floor(sheet.width / 4));
  const standing = standingOf(judged);
  const name = sheet.chalk.bold(paint(sheet, toneOf(judged), line.badge));
  const expected = paint(sheet, standing === 'missed' ? 'bad' : 'quiet', line.expectation);
  const subject = padEnd(`${group.name} ${line.label}`, subjects);
  const whole = `${padEnd(name, badges)}  ${subject}  ${expected}  ${line.facts}`;
  const below = [firstLines(line.detail, DETAIL_LINES), firstLines(line.printed, PRINTED_LINES)].flat();
  const indented = below.map(text =>
    paint(sheet, 'quiet', wrap(' '.repeat(indent) + text, sheet.width, indent + 2)),
  );
  return [wrap(whole, sheet.width, indent), ...indented].join('\n');
}

function firstLines(text: string, count: number): string[] {
  return text
    .split('\n')
    .filter(line => line.trim() !== '')
    .slice(0, count);
}

const DETAIL_LINES = 6;
/** With their heading, of both streams. */
const PRINTED_LINES = 21;
const CLASSES = 5;

function heapDiffs(diffs: readonly HeapDiff[], sheet: Page): string {
  if (diffs.length === 0) return '';
  return [
    heading(sheet, 'Heap diff by class (net objects)'),
    ...diffs.map(diff => heapDiff(diff, sheet)),
  ].join('\n');
}

function heapDiff(diff: HeapDiff, sheet: Page): string {
  const subject = `${diff.scenario} ${diff.build}`;
  if (diff.outcome === 'skipped') return wrap(`  ${subject}: skipped: ${diff.reason}`, sheet.width, 4);
  const top = diff.classes.slice(0, CLASSES);
  const classes = top.map(
    ({ name, net, bytes }) => `${name} ${formatSigned(net)} (${formatSignedBytes(bytes)})`,
  );
  const grown = classes.length === 0 ? 'nothing grew' : classes.join(', ');
  return wrap(`  ${subject}, ${formatCount(diff.iterations, 'iteration')}: ${grown}`, sheet.width, 4);
}

function notes(groups: readonly ScenarioGroup[], sheet: Page): string {
  const lines = noteLines(groups).map(line => wrap(`  ${line}`, sheet.width, 4));
  return lines.length === 0 ? '' : [heading(sheet, 'Figures of the scenarios'), ...lines].join('\n');
}

function nullRun(judged: JudgedTrial | undefined, sheet: Page): string {
  if (judged === undefined) return '';
  return wrap(`The harness itself (empty scenario): ${nullRunText(judged)}`, sheet.width, 2);
}

function warnings(report: Report, sheet: Page): string {
  if (report.warnings.length === 0) return '';
  const lines = report.warnings.map(warning => {
    const { text, advice } = warningText(warning);
    return wrap(`${paint(sheet, 'doubt', 'warning')} ${text}; ${advice}`, sheet.width, 2);
  });
  return lines.join('\n');
}

function ofRun(text: string): string {
  return `the run ${text.startsWith('exit code') ? 'had' : 'was'} ${text}`;
}

function footer(report: Report, said: TextOptions['exitCode'], sheet: Page): string {
  const exit = paint(
    sheet,
    report.exitCode === 0 ? 'good' : report.exitCode === 3 ? 'doubt' : 'bad',
    said === 'of-run' ? ofRun(exitText(report)) : exitText(report),
  );
  return [
    paint(sheet, 'quiet', wrap(environmentText(report), sheet.width, 2)),
    paint(sheet, 'quiet', wrap(runText(report), sheet.width, 2)),
    ...(said === 'none' ? [] : [wrap(exit, sheet.width, 2)]),
  ].join('\n');
}
