import type { Report } from '../harness/model.ts';
import { DEFAULT_CHART, renderChart } from './chart.ts';
import { environmentText } from './environment.ts';
import { scenarioCurves } from './html-curves.ts';
import { htmlDocument } from './html-document.ts';
import { htmlExplained } from './html-evidence.ts';
import { type Child, h, type Markup, raw } from './html-markup.ts';
import { htmlScenario } from './html-scenario.ts';
import { htmlSettings } from './html-settings.ts';
import { htmlSummary } from './html-summary.ts';
import { htmlTable } from './html-table.ts';
import { isExplained, type ScenarioGroup, scenarioGroups } from './judged.ts';
import { printable } from './printable.ts';
import { timingTable } from './timing-table.ts';
import { nullRunText } from './verdict.ts';
import { warningText } from './warning-wording.ts';

/**
 * The report as one HTML file that needs nothing beside itself: no network, no other file. Charts can be
 * zoomed and read by mouse and keyboard; where scripts are off the static charts stand in their place. The
 * same report gives the same bytes.
 */
export function renderHtml(report: Report): string {
  const shown = printable(report);
  const groups = scenarioGroups(shown);
  const curves = groups.map((group, place) => scenarioCurves(group, `s${place}`));
  // With its own trials alone: a chart copies the report that it is given.
  const staticChart = ({ name, trials }: ScenarioGroup, place: number) =>
    raw(
      renderChart({ ...shown, trials }, { ...DEFAULT_CHART, scenario: name, theme: 'page', id: `c${place}` }),
    );
  return htmlDocument({
    title: titleOf(shown),
    body: [
      pageHeader(shown),
      h(
        'main',
        { id: 'main' },
        htmlSummary(shown, groups),
        groups.map((group, place) =>
          htmlScenario(group, place, curves[place], {
            report: shown,
            staticChart: staticChart(group, place),
          }),
        ),
        isExplained(shown) ? htmlExplained(shown) : undefined,
        timings(shown),
        warnings(shown),
        h(
          'section',
          { 'aria-labelledby': 'settings' },
          h('h2', { id: 'settings' }, 'How this was measured'),
          nullRun(shown),
          htmlSettings(shown, groups),
        ),
      ),
      h('footer', {}, h('p', {}, environmentText(shown))),
    ],
    data: curves.filter(one => one !== undefined),
  });
}

function titleOf(report: Report): string {
  const [what, names] = isExplained(report)
    ? ['What is kept', report.evidence.map(({ scenario }) => scenario)]
    : ['Leak report', report.trials.map(({ result }) => result.trial.scenario)];
  return `${what}: ${[...new Set(names)].join(', ') || 'no trial'}`;
}

function pageHeader({ environment: { date, commit } }: Report): Markup {
  const when = date.replace('T', ' ').replace(/(:\d\d)(:\d\d(\.\d+)?)?Z$/, '$1 UTC');
  return h(
    'header',
    {},
    h('a', { class: 'skip', href: '#main' }, 'Skip to the results'),
    h('p', { class: 'brand' }, 'leakgate'),
    h('p', { class: 'quiet when' }, commit === '' ? when : `${when}, commit ${commit}`),
    h('button', { type: 'button', id: 'theme', hidden: true }, 'Dark'),
  );
}

function timings({ timings: timed }: Report): Child {
  if (timed.length === 0) return undefined;
  return h(
    'section',
    { 'aria-labelledby': 'timings' },
    h('h2', { id: 'timings' }, 'Time under leak'),
    htmlTable(timingTable(timed)),
  );
}

function warnings(report: Report): Child {
  if (report.warnings.length === 0) return undefined;
  const lines = report.warnings.map(warningText);
  return h(
    'section',
    { 'aria-labelledby': 'warnings' },
    h('h2', { id: 'warnings' }, 'Warnings'),
    h(
      'ul',
      { class: 'warnings' },
      lines.map(({ text, advice }) => h('li', {}, `${text}; `, h('span', { class: 'quiet' }, advice))),
    ),
  );
}

function nullRun({ nullRun: judged }: Report): Child {
  if (judged === undefined) return undefined;
  return h(
    'p',
    {},
    'The harness itself, measured on an empty scenario under the same settings: ',
    h('strong', {}, nullRunText(judged)),
    '.',
  );
}
