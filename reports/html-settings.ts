import type { Environment, Json, Report, TrialOptions } from '../harness/model.ts';
import { formatBytes } from './format.ts';
import { type Child, h, type Markup } from './html-markup.ts';
import { htmlTable } from './html-table.ts';
import type { ScenarioGroup } from './judged.ts';
import { cell } from './table.ts';

/** What was measured, how, and where: environment, options of the trials, sizes of the scenarios. */
export function htmlSettings(report: Report, groups: readonly ScenarioGroup[]): Child {
  return [h('h3', {}, 'Environment'), environmentList(report.environment), options(groups), sizes(groups)];
}

function environmentList(environment: Environment): Markup {
  const { leakgate, node, v8, os, arch, cpu, cores, memory, commit, date, command } = environment;
  const rows: readonly (readonly [string, string])[] = [
    ['leakgate', leakgate],
    ['Node', `${node} (V8 ${v8})`],
    ['system', `${os} ${arch}`],
    ['processor', `${cores} x ${cpu}`],
    ['memory', formatBytes(memory)],
    ['commit', commit || 'none'],
    ['date', date],
    ['command', command.join(' ')],
  ];
  return h(
    'dl',
    { class: 'environment' },
    rows.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))),
  );
}

/** One row per option; where trials differ, one per value. */
function options(groups: readonly ScenarioGroup[]): Child {
  const trials = groups.flatMap(group => group.trials.map(({ result }) => result.trial));
  const [first] = trials;
  if (first === undefined) return undefined;
  const names = Object.keys(first.options) as (keyof TrialOptions)[];
  const rows = names.flatMap(name => {
    const values = new Map<string, string[]>();
    for (const { options: own, id } of trials) {
      const text = valueText(own[name]);
      values.set(text, [...(values.get(text) ?? []), id]);
    }
    return [...values].map(([value, ids]) => [
      cell(name),
      cell(value),
      cell(values.size === 1 ? 'all trials' : ids.join(', '), 'quiet'),
    ]);
  });
  return folded('Options of the trials', {
    title: 'Options of the trials',
    columns: [
      { title: 'option', align: 'left' },
      { title: 'value', align: 'left' },
      { title: 'of', align: 'left' },
    ],
    sections: [{ title: '', rows }],
  });
}

function sizes(groups: readonly ScenarioGroup[]): Child {
  const sections = groups.flatMap(group => {
    const parameters = group.trials[0]?.result.trial.parameters ?? {};
    const rows = Object.entries(parameters).map(([name, value]) => [cell(name), cell(valueText(value))]);
    return rows.length === 0 ? [] : [{ title: group.name, rows }];
  });
  if (sections.length === 0) return undefined;
  return folded('Sizes of the scenarios', {
    title: 'Sizes of the scenarios',
    columns: [
      { title: 'parameter', align: 'left' },
      { title: 'value', align: 'left' },
    ],
    sections,
  });
}

function folded(title: string, table: Parameters<typeof htmlTable>[0]): Markup {
  return h('details', {}, h('summary', {}, title), htmlTable(table));
}

function valueText(value: Json | undefined): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(valueText).join(' ');
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
