import type { Evidence, Report } from '../harness/model.ts';
import { evidenceSummary } from './evidence-summary.ts';
import {
  allocationsBlock,
  type EvidenceBlock,
  evidenceTitle,
  noHolderText,
  notKeptText,
  objectsBlock,
  resourceBlock,
} from './evidence-wording.ts';
import { sentence } from './format.ts';
import { isOfLeak, unitOf } from './judged.ts';
import { escaped } from './markdown-table.ts';
import { escapeXml } from './svg.ts';

const ALL = Number.POSITIVE_INFINITY;

/**
 * Why each build leaks, or what it keeps where no verdict says so: a foldable part each, with every path and
 * every frame there is.
 */
export function evidenceMarkdown(report: Report): string[] {
  return report.evidence.map(one => details(one, unitOf(report, one.scenario), isOfLeak(one, report)));
}

function details(evidence: Evidence, per: string, leaks: boolean): string {
  const title = evidenceTitle(evidence, per, leaks);
  if (evidence.outcome === 'skipped') return `- ${escaped(title)}`;
  const summary = evidenceSummary(evidence, per);
  const noHolder = noHolderText(evidence, leaks);
  const notKept = notKeptText(evidence);
  const blocks = [
    ...evidence.objects.map(kept => objectsBlock(kept, per, ALL, ALL)),
    ...evidence.resources.map(resource => resourceBlock(resource, per, ALL)),
    ...(evidence.allocations ?? []).map(allocationsBlock),
  ];
  return [
    '<details open>',
    `<summary>${escapeXml(title)}</summary>`,
    '',
    ...(summary === '' ? [] : [`**${escaped(summary)}**`, '']),
    ...(noHolder === '' ? [] : [escaped(sentence(noHolder)), '']),
    ...blocks.map(listed),
    ...evidence.snapshots.map(path => `- heap snapshot ${escaped(path)}`),
    ...(notKept === '' ? [] : [`- ${escaped(notKept)}`]),
    '',
    '</details>',
    '',
  ].join('\n');
}

function listed({ title, lines }: EvidenceBlock): string {
  return [`- ${escaped(title)}`, ...lines.map(line => `  - ${escaped(line)}`)].join('\n');
}
