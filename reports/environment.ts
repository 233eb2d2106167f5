import type { Environment, Report } from '../harness/model.ts';
import { formatBytes, formatCount, formatDuration, formatNumber, formatShare } from './format.ts';
import { isExplained } from './judged.ts';

/** What the figures were measured on, on one line. */
export function environmentText(report: Report): string {
  return environmentTexts(report).join('; ');
}

/** One line for each set-up that the parts of a merged report were measured on, dates apart. */
export function environmentTexts({ environment, parts, trials }: Report): string[] {
  const flags = trials[0]?.result.trial.options.nodeFlags ?? [];
  const { date } = environment;
  const all = (parts ?? [{ environment }]).map(part => setUpText({ ...part.environment, date }, flags));
  return [...new Set(all)];
}

/** The same of a machine and the flags of the measured process. */
export function setUpText(environment: Environment, flags: readonly string[]): string {
  const { leakgate, node, v8, os, arch, cpu, cores, memory, commit, date } = environment;
  return [
    `leakgate ${leakgate}`,
    `Node ${node.replace(/^v/, '')} (V8 ${v8})`,
    ...(flags.length === 0 ? [] : [flags.join(' ')]),
    `${os} ${arch}`,
    `${cores} x ${cpu}`,
    formatBytes(memory),
    ...(commit === '' ? [] : [`commit ${commit}`]),
    date,
  ].join(', ');
}

/**
 * `shard 2/4: 6 trials and the null run in 41.2 s, 23 % of their time spent measuring`; `2 builds explained
 * in 9.1 s`.
 */
export function runText(report: Report): string {
  if (isExplained(report)) return explainedText(report);
  const shard = report.shard ? `shard ${report.shard.index}/${report.shard.count}: ` : '';
  const trials = `${formatCount(report.trials.length, 'trial')}${report.nullRun ? ' and the null run' : ''}`;
  return `${shard}${trials} in ${formatDuration(report.elapsed)}, ${formatShare(report.measuringShare)} of their time spent measuring`;
}

function explainedText({ evidence, elapsed }: Report): string {
  const explained = evidence.filter(({ outcome }) => outcome === 'completed').length;
  const of = explained === evidence.length ? '' : `${formatNumber(explained)} of `;
  return `${of}${formatCount(evidence.length, 'build')} explained in ${formatDuration(elapsed)}`;
}
