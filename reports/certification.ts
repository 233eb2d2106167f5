import type { Certification } from '../harness/model.ts';
import { limitTable, powerTable } from './certification-tables.ts';
import { certificationExitText, cleanText } from './certification-wording.ts';
import { setUpText } from './environment.ts';
import { formatCount, formatDuration } from './format.ts';
import { page, paint } from './page.ts';
import { printable } from './printable.ts';
import { terminalTable } from './terminal-table.ts';
import type { TextOptions } from './text.ts';
import { wrap } from './wrap.ts';

/** A certification for a terminal: what is caught, beside what steady runs state, and the power curves behind it. */
export function renderCertification(certification: Certification, { width, color }: TextOptions): string {
  const sheet = page(width, color);
  const shown = printable(certification);
  const { builds, scenario, environment, elapsed } = shown;
  const flags = builds[0]?.trialOptions.nodeFlags ?? [];
  const runs = builds.reduce((sum, build) => sum + build.runs.length, 0);
  const sections = [
    ...builds.flatMap(build => [
      terminalTable(limitTable(build, shown), sheet),
      paint(sheet, 'bad', wrap(cleanText(build), width, 2)),
      terminalTable(powerTable(build, scenario.unit), sheet),
    ]),
    wrap(setUpText(environment, flags), width, 2),
    [
      `${formatCount(runs, 'run')} in ${formatDuration(elapsed)}`,
      wrap(certificationExitText(certification), width, 2),
    ].join('\n'),
  ];
  return `${sections.filter(section => section !== '').join('\n\n')}\n`;
}
