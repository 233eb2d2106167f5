import type { Report } from '../harness/model.ts';
import { type CiCase, ciCases } from './ci-case.ts';
import { evidenceTexts } from './ci-evidence.ts';
import { printable } from './printable.ts';

/**
 * Test Anything Protocol, version 14 (https://testanything.org/tap-version-14-specification.html): a test
 * point per scenario and build, with a YAML block where it is not ok. What is inconclusive is not ok.
 */
export function renderTap(report: Report): string {
  const shown = printable(report);
  const cases = ciCases(report);
  return [
    'TAP version 14',
    cases.length === 0 ? '1..0 # SKIP no trial was run' : `1..${cases.length}`,
    ...cases.flatMap((one, at) => point(shown, one, at + 1)),
    '',
  ].join('\n');
}

function point(report: Report, one: CiCase, id: number): readonly string[] {
  const name = escaped(`${one.scenario} ${one.build}: ${one.summary}`);
  if (one.state === 'skipped') return [`ok ${id} - ${name} # SKIP decides nothing`];
  if (one.state === 'passed') return [`ok ${id} - ${name}`, ...block(one, [])];
  const evidence = evidenceTexts(report, one);
  return [`not ok ${id} - ${name}`, ...block(one, [...evidence, ...one.details])];
}

function block(one: CiCase, text: readonly string[]): readonly string[] {
  const lines = text.flatMap(entry => entry.split('\n'));
  return [
    '  ---',
    // JSON strings are YAML's double-quoted ones.
    `  severity: ${one.state === 'passed' ? 'comment' : one.state === 'undecided' ? 'todo' : 'fail'}`,
    `  duration_ms: ${Math.round(one.elapsed)}`,
    ...(one.path === '' ? [] : [`  at: ${JSON.stringify({ file: one.path })}`]),
    ...list('verdicts', one.facts),
    ...list('evidence', lines),
    '  ...',
  ];
}

/** Nothing where there is nothing: a key alone would be null. */
function list(key: string, entries: readonly string[]): readonly string[] {
  return entries.length === 0 ? [] : [`  ${key}:`, ...entries.map(entry => `    - ${JSON.stringify(entry)}`)];
}

/** What would begin a directive is text here. */
function escaped(text: string): string {
  return text.replace(/[\\#]/g, character => `\\${character}`);
}
