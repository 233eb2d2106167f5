import { formatDuration } from '../../reports/format.ts';
import { type Cell, cell, type Table } from '../../reports/table.ts';
import type { Judgement } from './detector.ts';
import { type Case, type CaseJudgement, type DetectorResult, score } from './score.ts';

/** One row per detector: how often it was right, how long it took, what it shows. */
export function scoreTable(cases: readonly Case[], results: readonly DetectorResult[]): Table {
  return {
    title: 'Detectors',
    columns: [
      { title: 'detector', align: 'left' },
      { title: 'run', align: 'left' },
      { title: 'caught', align: 'right' },
      { title: 'missed', align: 'right' },
      { title: 'false alarms', align: 'right' },
      { title: 'unclear', align: 'right' },
      { title: 'median', align: 'right' },
    ],
    sections: [{ title: '', rows: results.map(result => scoreRow(cases, result)) }],
  };
}

/** One row per case: what each detector said of it; a wrong answer is marked. */
export function caseTable(cases: readonly Case[], results: readonly DetectorResult[]): Table {
  const asked = results.filter(result => result.outcome === 'judged');
  const section = (title: string, expect: Case['expect']) => ({
    title,
    rows: cases.filter(one => one.expect === expect).map(one => [cell(one.name), ...answers(one, asked)]),
  });
  return {
    title: 'Cases',
    columns: [
      { title: 'case', align: 'left' },
      ...asked.map(({ name }) => ({ title: name, align: 'left' }) as const),
    ],
    sections: [section('Leaks', 'leak'), section('Decoys', 'steady')].filter(({ rows }) => rows.length > 0),
  };
}

/** What each detector shows for a leak that it caught, or why it was not asked. */
export function evidenceLines(cases: readonly Case[], results: readonly DetectorResult[]): string[] {
  return results.map(result => {
    if (result.outcome === 'missing') return `${result.name}: ${result.reason}`;
    return `${result.name}: ${score(cases, result.judgements).example || 'caught none'}`;
  });
}

function scoreRow(cases: readonly Case[], result: DetectorResult): Cell[] {
  const head = [cell(result.name), cell(result.run)];
  if (result.outcome === 'missing') return [...head, cell('missing', 'doubt'), ...Array(4).fill(cell('-'))];
  const { leaks, caught, missed, decoys, falseAlarms, unclear, median } = score(cases, result.judgements);
  return [
    ...head,
    cell(`${caught} of ${leaks}`, caught === leaks ? 'good' : 'plain'),
    cell(String(missed), missed > 0 ? 'bad' : 'plain'),
    cell(`${falseAlarms} of ${decoys}`, falseAlarms > 0 ? 'bad' : 'plain'),
    cell(String(unclear), unclear > 0 ? 'doubt' : 'plain'),
    cell(formatDuration(median)),
  ];
}

function answers(
  { name, expect }: Case,
  asked: readonly (DetectorResult & { readonly outcome: 'judged' })[],
): Cell[] {
  return asked.map(({ judgements }) => {
    const judgement = judgements.find(one => one.case === name);
    return judgement ? answer(judgement, expect) : cell('-');
  });
}

const RIGHT: { readonly [expect in Case['expect']]: Judgement['verdict'] } = {
  leak: 'leak',
  steady: 'clean',
};

function answer({ verdict }: CaseJudgement, expect: Case['expect']): Cell {
  if (verdict === 'unclear') return cell('unclear', 'doubt');
  return verdict === RIGHT[expect] ? cell(verdict, 'good') : cell(`${verdict} (wrong)`, 'bad');
}
