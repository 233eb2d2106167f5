import { describe, expect, test } from 'vitest';
import { classMetric, type Finding, type JudgedTrial } from '../../harness/model.ts';
import { formatDuration } from '../../reports/format.ts';
import { scenarioGroups } from '../../reports/judged.ts';
import { nullRunText, verdictLine } from '../../reports/verdict.ts';
import { exampleReport, HEAP, TIMERS } from '../support/report-fixture.ts';

const groups = scenarioGroups(exampleReport());
const lines = new Map(
  groups.flatMap(group =>
    group.trials.map(judged => [judged.result.trial.id, verdictLine(judged, group)] as const),
  ),
);

describe('the line of a verdict', () => {
  test('a leak states exact counts first, over how many windows they held, and bytes with their interval', () => {
    expect(lines.get('auto-reload/leaky/1')).toEqual({
      badge: 'LEAK',
      label: 'leaky',
      expectation: 'AS EXPECTED',
      facts:
        '+10 timers/reload exactly (21 windows), +10 Zone/reload exactly, +2,310 objects/reload exactly, ' +
        'heap +231 kB/reload [228, 233]',
      detail: '',
      printed: '',
    });
  });

  test('a leak that may be a cache or a pool says how long it may have taken to fill', () => {
    const judged = groups[0]!.trials.find(({ verdict }) => verdict.outcome === 'leak')!;
    if (judged.verdict.outcome !== 'leak') throw new Error('the example must have a leak');
    const verdict = { ...judged.verdict, mayFill: true } as const;
    const facts = (one: JudgedTrial) => verdictLine(one, groups[0]!).facts;
    const open = `; a cache or pool that takes longer than that to fill, or keeps things for more than ${formatDuration(judged.result.wall)}, looks the same (--iterations 3000 goes further)`;
    expect(facts({ ...judged, verdict })).toMatch(
      new RegExp(`; seen over [\\d,]+ reloads${literally(open)}$`),
    );
    const [planned] = judged.result.stages;
    if (judged.result.outcome === 'faulted' || !planned) throw new Error('the example must have a stage');
    const stages = [planned, { ...planned, from: 1018, reason: 'confirm' as const }];
    expect(facts({ ...judged, verdict, result: { ...judged.result, stages } })).toMatch(
      new RegExp(`; ran on to [\\d,]+ reloads to confirm it${literally(open)}$`),
    );
  });

  test('a steady trial states what it would have caught', () => {
    expect(lines.get('auto-reload/fixed/1')?.facts).toBe(
      'heap +1.2 B/reload [-0.4, 2.9]; ' +
        'would have caught 41 B/reload on the heap or in buffers, 1 object per 80 reloads, 1 timer or handle per 194 reloads',
    );
  });

  test.each([
    ['turnover', 82, 'hardly anything made in the late half is still held'],
    ['level', 64, 'neither its lowest nor its highest readings rose by more'],
    ['level', 82, 'neither its lowest nor its highest readings rose by more than 82 B/reload'],
    ['short-run', 82, 'a run this short is allowed 82 B/reload'],
    [
      'share',
      64,
      'over the late half it may as well have shrunk, and gained a twentieth of what it had gained before at most',
    ],
    [
      'swing',
      64,
      'over the late half it may as well have shrunk, and swings by more than it may have gained',
    ],
  ] as const)(
    'a steady trial whose interval reaches beyond the allowance says why: %s of %d',
    (because, allowance, reason) => {
      const [, judged] = groups[0]!.trials;
      if (judged?.verdict.outcome !== 'steady') throw new Error('the example must have a steady trial');
      const verdict = { ...judged.verdict, accepted: [{ metric: HEAP, because, allowance }] };
      expect(verdictLine({ ...judged, verdict }, groups[0]!).facts).toContain(
        `[-0.4, 2.9]; the interval of heap reaches beyond 64 B/reload, but ${reason}; would have caught`,
      );
    },
  );

  test('a steady trial whose native memory rose says that the run was too short to tell', () => {
    const [, judged] = groups[0]!.trials;
    if (judged?.verdict.outcome !== 'steady') throw new Error('the example must have a steady trial');
    const metric = { name: 'memory.native', unit: 'B', kind: 'pages' } as const;
    const verdict = { ...judged.verdict, accepted: [{ metric, because: 'untold' as const, allowance: 16 }] };
    expect(verdictLine({ ...judged, verdict }, groups[0]!).facts).toContain(
      '; native memory rose for as long as it was read, for too short a time or too unevenly to tell a leak from an allocator that spreads (an even rise is told by four times',
    );
  });

  test('a cache that filled up says when it stopped growing', () => {
    expect(lines.get('response-cache/bounded/1')?.facts).toContain(
      'heap grew by 2.1 MB, then stayed flat from about 900 queries on',
    );
  });

  test('a heap that certainly and visibly went on to grow is not said to have stayed flat', () => {
    const id = 'response-cache/bounded/1';
    const group = groups.find(({ trials }) => trials.some(({ result }) => result.trial.id === id))!;
    const judged = group.trials.find(({ result }) => result.trial.id === id)!;
    const { verdict } = judged;
    if (verdict.outcome !== 'steady') throw new Error('the example must have a steady trial');
    const facts = (low: number, end: number) => {
      const estimates = verdict.estimates.map(one => (one.metric.name === HEAP.name ? { ...one, low } : one));
      const points = [0, 900, 2000].map((iteration, at) => ({ iteration, value: [0, 2e6, end][at] ?? 0 }));
      const series = judged.series.map(one => (one.metric.name === HEAP.name ? { ...one, points } : one));
      return verdictLine({ ...judged, verdict: { ...verdict, estimates }, series }, group).facts;
    };
    expect(facts(2, 2.4e6)).toContain('then by no more than is accepted from about 900 queries on');
    expect(facts(-1, 2.4e6)).toContain('then stayed flat');
    expect(facts(2, 2e6)).toContain('then stayed flat');
  });

  test('a leak says what filled up beside it, and of its heap only how it grew', () => {
    const [judged] = groups[0]!.trials;
    const plateaus = [HEAP, TIMERS].map(metric => ({ metric, after: 400, growth: 800 }));
    const verdict = { ...judged!.verdict, plateaus };
    expect(verdict.outcome).toBe('leak');
    const { facts } = verdictLine({ ...judged!, verdict }, groups[0]!);
    expect(facts).toContain('timers grew by 800, then stayed flat');
    expect(facts).not.toContain('heap grew');
  });

  test('a leak says what grew off the heap beside it, and is none of its findings', () => {
    const [judged] = groups[0]!.trials;
    const { verdict } = judged!;
    if (verdict.outcome !== 'leak') throw new Error('the example must have a leak');
    const metric = { name: 'heap.external', unit: 'B', kind: 'bytes' } as const;
    const heap = verdict.estimates.find(estimate => estimate.metric.name === HEAP.name)!;
    const facts = (low: number, findings = verdict.findings) => {
      const grown = { ...heap, metric, slope: 4300, low, high: 4600 };
      const others = verdict.estimates.filter(estimate => estimate.metric.name !== metric.name);
      const changed = { ...verdict, findings, estimates: [...others, grown] };
      return verdictLine({ ...judged!, verdict: changed }, groups[0]!).facts;
    };
    const beside = '; external memory +4.3 kB/reload [4, 4.6], which may be filling up';
    expect(facts(4000)).toContain(beside);
    expect(facts(-10)).not.toContain('external memory');
    const [first] = verdict.findings;
    const found = { ...first!, metric, estimate: { ...heap, metric, slope: 4300, low: 4000, high: 4600 } };
    expect(facts(4000, [...verdict.findings, found])).not.toContain('which may be filling up');
  });

  test.each([
    ['turnover', 'objects became more, but hardly anything made in the late half is still held'],
    ['swing', 'objects became more, but they rise and fall'],
  ] as const)(
    'a steady trial says why a count that is higher at the end is no leak: %s',
    (because, words) => {
      const [group] = groups;
      const judged = group!.trials.find(({ verdict }) => verdict.outcome === 'steady')!;
      if (judged.verdict.outcome !== 'steady') throw new Error('the example must have a steady trial');
      const metric = { name: 'population', unit: 'objects', kind: 'exact' } as const;
      const verdict = { ...judged.verdict, accepted: [{ metric, because, allowance: 0 }] };
      expect(verdictLine({ ...judged, verdict }, group!).facts).toContain(`; ${words}; `);
      const flat = { ...verdict, plateaus: [{ metric, after: 400, growth: 800 }] };
      const { facts } = verdictLine({ ...judged, verdict: flat }, group!);
      expect(facts).toContain('objects grew by 800, then stayed flat');
      expect(facts).not.toContain('became more');
    },
  );

  test('an inconclusive trial names the allowance and what to try', () => {
    const line = lines.get('response-cache/generous/1');
    expect(line?.badge).toBe('inconclusive');
    expect(line?.expectation).toBe('NOT EXPECTED (should be steady)');
    expect(line?.facts).toBe(
      'heap +61.8 B/query [14.2, 108]; the interval of heap spans the allowance of 64 B/query: --iterations 3000 goes further',
    );
  });

  test('a fault never looks like a verdict, and keeps its last output', () => {
    const line = lines.get('zone-transfer/patched/1');
    expect(line?.badge).toBe('CRASHED');
    expect(line?.facts).toBe('during iteration 583: exited by SIGABRT; 7 samples kept');
    expect(line?.detail).toContain('assertion failed');
  });

  test('a trial that took too long names the option that gives it longer', () => {
    const group = groups.find(({ trials }) => trials.some(({ result }) => result.outcome === 'faulted'))!;
    const judged = group.trials.find(({ result }) => result.outcome === 'faulted')!;
    if (judged.result.outcome !== 'faulted') throw new Error('the example must have a fault');
    const fault = { ...judged.result.fault, kind: 'hung' as const };
    expect(verdictLine({ ...judged, result: { ...judged.result, fault } }, group).facts).toMatch(
      / kept; --deadline gives it longer$/,
    );
  });

  test('a trial that was interrupted decides nothing, whatever was expected', () => {
    const group = groups.at(-1)!;
    const judged = group.trials[0]!;
    const fault = {
      kind: 'interrupted',
      message: 'Interrupted during setup',
      detail: '',
      during: 'setup',
    } as const;
    const line = verdictLine({ ...judged, result: { ...judged.result, outcome: 'faulted', fault } }, group);
    expect(line).toMatchObject({ badge: 'INTERRUPTED', expectation: 'decides nothing' });
  });

  test('a null run that was interrupted says nothing of the harness', () => {
    const { nullRun } = exampleReport();
    if (!nullRun) throw new Error('the example must have a null run');
    expect(nullRunText(nullRun)).toMatch(/^steady, heap /);
    const fault = { kind: 'interrupted', message: 'Interrupted during setup', detail: '', during: 'setup' };
    const result = { ...nullRun.result, outcome: 'faulted', fault } as JudgedTrial['result'];
    expect(nullRunText({ ...nullRun, result })).toBe('interrupted');
  });

  test('a steady trial with worker threads claims nothing of their buffers', () => {
    const [, judged] = groups[0]!.trials;
    if (judged?.verdict.outcome !== 'steady') throw new Error('the example must have a steady trial');
    const alive = (name: string, value: number) => ({
      metric: { name, unit: '', kind: 'exact' } as const,
      points: [{ iteration: 0, value }],
    });
    const series = [...judged.series, alive('workers', 2), alive('heap.workers', 0)];
    expect(verdictLine({ ...judged, series }, groups[0]!).facts).toContain('in buffers of the main thread');
  });

  test('the trial with the optimising tiers on is told apart, shows its growth, and reads like no verdict', () => {
    expect(lines.get('auto-reload/leaky/1-jit')?.label).toBe('leaky (JIT on)');
    const [group] = groups;
    const jit = group!.trials[2]!;
    const unclear = {
      ...jit,
      verdict: {
        ...jit.verdict,
        outcome: 'inconclusive' as const,
        reason: 'still-filling' as const,
        metric: HEAP,
      },
    };
    const shown = {
      badge: 'not judged',
      expectation: "V8's default flags, decides nothing",
      facts: 'heap +231 kB/reload [228, 233]',
    };
    expect(verdictLine({ ...unclear, asExpected: false }, group!)).toMatchObject(shown);
    expect(verdictLine(jit, group!).facts).toMatch(/^\+10 timers\/reload exactly/);
  });

  test('a class that is watched is told once, though snapshots counted it, too', () => {
    const [group] = groups;
    const [judged] = group!.trials;
    if (judged?.verdict.outcome !== 'leak') throw new Error('The example must begin with a leak');
    const zones = judged.verdict.findings.find(({ metric }) => metric.name === 'instances.Zone')!;
    const metric = classMetric('Zone', 'Zone');
    const inSnapshots = { ...zones, metric, estimate: { ...zones.estimate, metric } };
    const findings = [...judged.verdict.findings, inSnapshots] as unknown as typeof judged.verdict.findings;
    const { facts } = verdictLine({ ...judged, verdict: { ...judged.verdict, findings } }, group!);
    expect(facts.match(/\+10 Zone\/reload exactly/g)).toHaveLength(1);
    expect(facts).not.toContain('kept:');
  });

  test('repetitions are numbered only where there are several', () => {
    const group = groups[0]!;
    const first = group.trials[0]!;
    const second = { ...first, result: { ...first.result, trial: { ...first.result.trial, repetition: 2 } } };
    const twice = { ...group, trials: [first, second] };
    expect(twice.trials.map(judged => verdictLine(judged, twice).label)).toEqual(['leaky #1', 'leaky #2']);
  });

  test('a leak of counts alone still shows the heap, and many counts are summed up', () => {
    const facts = verdictLine(countsOnly(6), groups[0]!).facts;
    expect(facts).toBe(
      '+1 timer per 40 reloads exactly (21 windows), +1 timer per 40 reloads exactly, ' +
        '+1 timer per 40 reloads exactly, 3 more counts growing, heap +231 kB/reload [228, 233]',
    );
  });
});

function countsOnly(kinds: number): JudgedTrial {
  const judged = groups[0]!.trials[0]!;
  const estimate = {
    metric: TIMERS,
    slope: 0.025,
    low: 0.025,
    high: 0.025,
    confidence: 1,
    points: 22,
    method: 'exact',
  } as const;
  const finding: Finding = { metric: TIMERS, estimate, growth: 50, from: 0, to: 2000, exactMultiple: true };
  const others = Array.from({ length: kinds - 1 }, () => finding);
  const { estimates } = judged.verdict;
  return { ...judged, verdict: { outcome: 'leak', findings: [finding, ...others], estimates, plateaus: [] } };
}

function literally(text: string): string {
  return text.replace(/[()]/g, '\\$&');
}
