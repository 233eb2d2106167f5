import { decide } from '../../harness/course/decide.ts';
import { judgeResult } from '../../harness/judge.ts';
import type { TrialResult, Verdict } from '../../harness/model.ts';
import { run } from '../../harness/run.ts';
import { inconclusiveText } from '../../reports/inconclusive-wording.ts';
import { findingText } from '../../reports/wording.ts';
import type { Detector, Judgement } from './detector.ts';

/** leakgate itself, with the scenario's own options. */
export const leakgate: Detector = {
  name: 'leakgate',
  run: 'package',
  rule: 'any count or the heap keeps growing to the end of the run (docs/method.md)',
  async judge(trial) {
    for await (const event of run([trial], { jobs: 1, decide })) {
      if (event.type === 'trial:end') return toJudgement(event.result);
    }
    throw new Error('Cannot judge a trial as it must end: it did not');
  },
};

function toJudgement(result: TrialResult): Judgement {
  if (result.outcome === 'faulted') return { verdict: 'unclear', evidence: result.fault.message };
  const verdict = judgeResult(result);
  return { verdict: WORD[verdict.outcome], evidence: evidenceOf(verdict) };
}

const WORD = { leak: 'leak', steady: 'clean', inconclusive: 'unclear' } as const;

const FINDINGS_SHOWN = 3;

function evidenceOf(verdict: Verdict): string {
  switch (verdict.outcome) {
    case 'leak':
      return verdict.findings
        .slice(0, FINDINGS_SHOWN)
        .map(finding => findingText(finding, 'iteration'))
        .join(', ');
    case 'steady':
      return `would have caught ${Math.round(verdict.limit.bytesPerIteration)} B/iteration`;
    case 'inconclusive':
      return inconclusiveText(verdict.reason, verdict.metric);
  }
}
