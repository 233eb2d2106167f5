import type { Evidence } from '../harness/model.ts';
import {
  allocationsBlock,
  type EvidenceBlock,
  evidenceTitle,
  notKeptText,
  objectsBlock,
  resourceBlock,
  summaryText,
} from './evidence-wording.ts';
import { escaped } from './markdown-table.ts';

const ALL = Number.POSITIVE_INFINITY;

/** Why each build leaks: a foldable part each, with every path and every frame there is. */
export function evidenceMarkdown(
  evidence: readonly Evidence[],
  perOf: (scenario: string) => string,
): string[] {
  return evidence.map(one => details(one, perOf(one.scenario)));
}

function details(evidence: Evidence, per: string): string {
  const title = escaped(evidenceTitle(evidence, per));
  if (evidence.outcome === 'skipped') return `- ${title}`;
  const summary = summaryText(evidence, per);
  const notKept = notKeptText(evidence);
  const blocks = [
    ...evidence.objects.map(kept => objectsBlock(kept, per, ALL, ALL)),
    ...evidence.resources.map(resource => resourceBlock(resource, per, ALL)),
    ...(evidence.allocations ?? []).map(allocationsBlock),
  ];
  return [
    '<details open>',
    `<summary>${title}</summary>`,
    '',
    ...(summary === '' ? [] : [`**${escaped(summary)}**`, '']),
    ...(blocks.length === 0 ? ['Nothing that grew was found.'] : blocks.map(listed)),
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
