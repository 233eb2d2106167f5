import type { CompletedEvidence, Evidence, Report } from '../harness/model.ts';
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
import { formatNumber } from './format.ts';
import { isOfLeak, unitOf } from './judged.ts';
import { heading, type Page, page, paint } from './page.ts';
import { printable } from './printable.ts';
import { wrap } from './wrap.ts';

/** Lines that one build's evidence may take on a terminal; the report has the rest. */
const MOST_LINES = 15;
const PATHS = 1;
const FRAMES = 2;
/** Functions that allocated what stays. */
const ALLOCATIONS = 2;
/** Classes told before the first resource; a timer may be the whole story, and must not be cut off. */
const CLASSES_FIRST = 1;

/** Nothing but the evidence of a report, for a terminal; without colours where `color` is false. */
export function renderEvidence(
  report: Report,
  { width, color }: { readonly width: number; readonly color: boolean },
): string {
  return `${evidenceText(printable(report), page(width, color))}\n`;
}

/** Why each build leaks, or what it keeps where no verdict says so, for a terminal. */
export function evidenceText(report: Report, sheet: Page): string {
  return report.evidence
    .map(one => oneText(one, unitOf(report, one.scenario), sheet, isOfLeak(one, report)))
    .join('\n\n');
}

function oneText(evidence: Evidence, per: string, sheet: Page, leaks: boolean): string {
  const title = wrap(evidenceTitle(evidence, per, leaks), sheet.width, 2);
  if (evidence.outcome === 'skipped') return title;
  const summary = evidenceSummary(evidence, per);
  const top = [
    ...title.split('\n').map(line => heading(sheet, line)),
    ...(summary === '' ? [] : indented(summary, 2, sheet).map(line => paint(sheet, 'bad', line))),
  ];
  const noHolder = noHolderText(evidence, leaks);
  if (noHolder !== '') top.push(...indented(noHolder, 2, sheet));
  const shown = fitting(blocksOf(evidence, per), MOST_LINES - top.length, sheet);
  const kept = evidence.snapshots.map(path => paint(sheet, 'quiet', `  ${path}`));
  const notKept = notKeptText(evidence);
  return [...top, ...shown, ...kept, ...(notKept === '' ? [] : indented(notKept, 2, sheet))].join('\n');
}

function blocksOf({ objects, resources, allocations = [] }: CompletedEvidence, per: string): EvidenceBlock[] {
  const classes = objects.map(kept => objectsBlock(kept, per, PATHS, FRAMES));
  return [
    ...classes.slice(0, CLASSES_FIRST),
    ...resources.map(resource => resourceBlock(resource, per, FRAMES)),
    ...allocations.slice(0, ALLOCATIONS).map(allocationsBlock),
    ...classes.slice(CLASSES_FIRST),
  ];
}

/** As many whole blocks as fit; the first is shown in any case. */
function fitting(blocks: readonly EvidenceBlock[], lines: number, sheet: Page): string[] {
  const shown: string[] = [];
  for (const [place, block] of blocks.entries()) {
    const drawn = drawnBlock(block, sheet);
    const isLast = place === blocks.length - 1;
    if (shown.length > 0 && shown.length + drawn.length > lines - (isLast ? 0 : 1)) {
      const hidden = formatNumber(blocks.length - place);
      return [...shown, paint(sheet, 'quiet', `  and ${hidden} more in the report`)];
    }
    shown.push(...drawn);
  }
  return shown;
}

function drawnBlock({ title, lines }: EvidenceBlock, sheet: Page): string[] {
  return [
    ...indented(title, 2, sheet),
    ...lines.flatMap(line => indented(line, 5, sheet).map(text => paint(sheet, 'quiet', text))),
  ];
}

function indented(text: string, by: number, sheet: Page): string[] {
  return wrap(' '.repeat(by) + text, sheet.width, by + 2).split('\n');
}
