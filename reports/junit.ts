import type { Report } from '../harness/model.ts';
import { type CiCase, ciCases } from './ci-case.ts';
import { evidenceTexts } from './ci-evidence.ts';
import { environmentText } from './environment.ts';
import { printable } from './printable.ts';
import { escapeXml } from './svg.ts';

/**
 * JUnit XML as CI systems read it (Jenkins' junit-4.xsd): a suite per scenario, a test case per build. A leak
 * is a failure with its evidence as text; a fault and an inconclusive verdict are errors. Without any control
 * character.
 */
export function renderJunit(report: Report): string {
  const shown = printable(report);
  const cases = ciCases(report);
  const scenarios = [...new Set(cases.map(({ scenario }) => scenario))];
  const suites = scenarios.flatMap((name, id) =>
    suite(shown, { name, id, cases: cases.filter(one => one.scenario === name) }),
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="leakgate" tests="${cases.length}" ${counts(cases)} time="${seconds(shown.elapsed)}">`,
    ...suites,
    '</testsuites>',
    '',
  ].join('\n');
}

interface Suite {
  readonly name: string;
  readonly id: number;
  readonly cases: readonly CiCase[];
}

function suite(report: Report, { name, id, cases }: Suite): readonly string[] {
  const skipped = cases.filter(({ state }) => state === 'skipped').length;
  // xs:dateTime as the writers of Ant and Surefire have it: no fractions, no zone.
  const timestamp = report.environment.date.slice(0, 19);
  const time = seconds(cases.reduce((sum, { elapsed }) => sum + elapsed, 0));
  return [
    `  <testsuite name="${escapeXml(name)}" id="${id}" tests="${cases.length}" ${counts(cases)} skipped="${skipped}" timestamp="${timestamp}" time="${time}">`,
    '    <properties>',
    `      <property name="environment" value="${escapeXml(environmentText(report))}"/>`,
    '    </properties>',
    ...cases.flatMap(one => testcase(report, one)),
    '  </testsuite>',
  ];
}

function testcase(report: Report, one: CiCase): readonly string[] {
  return [
    `    <testcase name="${escapeXml(one.build)}" classname="${escapeXml(one.scenario)}" time="${seconds(one.elapsed)}">`,
    ...outcome(report, one),
    `      <system-out>${escapeXml(one.facts.join('\n'))}</system-out>`,
    '    </testcase>',
  ];
}

function outcome(report: Report, one: CiCase): readonly string[] {
  const { state, summary } = one;
  switch (state) {
    case 'passed':
      return [];
    case 'skipped':
      return [`      <skipped>${escapeXml(summary)}</skipped>`];
    case 'leaked':
      return [element('failure', 'leak', one, evidenceTexts(report, one))];
    case 'not-caught':
      return [element('failure', 'not-caught', one)];
    case 'errored':
      return [element('error', 'fault', one)];
    case 'undecided':
      return [element('error', 'inconclusive', one)];
  }
}

function element(
  name: 'failure' | 'error',
  type: string,
  one: CiCase,
  evidence: readonly string[] = [],
): string {
  const text = [...one.facts, ...evidence, ...one.details].join('\n');
  return `      <${name} type="${type}" message="${escapeXml(one.summary)}">${escapeXml(text)}</${name}>`;
}

function counts(cases: readonly CiCase[]): string {
  const failures = cases.filter(({ state }) => state === 'leaked' || state === 'not-caught').length;
  const errors = cases.filter(({ state }) => state === 'errored' || state === 'undecided').length;
  return `failures="${failures}" errors="${errors}"`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
