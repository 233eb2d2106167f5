import type { Certification } from '../harness/model.ts';
import { limitTable, powerTable } from './certification-tables.ts';
import { certificationExitText, cleanText } from './certification-wording.ts';
import type { ChartThemeName } from './chart-theme.ts';
import { setUpText } from './environment.ts';
import { formatCount, formatDuration } from './format.ts';
import { escaped, markdownTable } from './markdown-table.ts';
import { printable } from './printable.ts';

/**
 * A certification as GitHub-flavoured Markdown; the chart is expected beside it as `power.svg`, a dark one as
 * `power-dark.svg`.
 */
export function renderCertificationMarkdown(
  certification: Certification,
  theme: ChartThemeName = 'light',
): string {
  const shown = printable(certification);
  const { builds, scenario, environment, elapsed } = shown;
  const runs = builds.reduce((sum, build) => sum + build.runs.length, 0);
  const flags = builds[0]?.trialOptions.nodeFlags ?? [];
  const sections = [
    '# Certification',
    ...builds.flatMap(build => [
      markdownTable(limitTable(build, shown)),
      escaped(cleanText(build)),
      markdownTable(powerTable(build, scenario.unit)),
    ]),
    `![Share of runs in which each size was caught](${theme === 'dark' ? 'power-dark' : 'power'}.svg)`,
    escaped(setUpText(environment, flags)),
    escaped(
      `${formatCount(runs, 'run')} in ${formatDuration(elapsed)}; ${certificationExitText(certification)}`,
    ),
  ];
  return `${sections.filter(section => section !== '').join('\n\n')}\n`;
}
