import { version } from '../environment.ts';
import type { Project } from './project.ts';

/** What there is to go on with. */
interface Prepared {
  readonly entry: string;
  readonly server: boolean;
  /** Undefined: it was left out. */
  readonly scenario?: string;
  readonly configured: Configured;
}

/** Whether what `leakgate run` reads names the scenario. */
export interface Configured {
  readonly isNamed: boolean;
  /** Given: the configuration that was there and does not. */
  readonly toEdit?: string;
}

/** A command, and what for. */
export type Step = readonly [command: string, why: string];

/** What to do next, in order: of what was written, and of what it takes to run it. */
export function nextSteps(
  { manager, installed, scripts, typeScript }: Project,
  { entry, server, scenario, configured }: Prepared,
): Step[] {
  // By its name alone the registry would be asked, where it is not.
  const install: Step = [
    `${manager.add} ./leakgate-${version()}.tgz`,
    'the file that `npm pack` makes in a checkout of leakgate',
  ];
  const build: Step = [`${manager.run} build`, 'what is tested is what the build writes'];
  return [
    ...(installed ? [] : [install]),
    ...(typeScript && scripts.includes('build') ? [build] : []),
    ...(scenario === undefined ? [] : firstRun(scenario)),
  ];

  function firstRun(path: string): Step[] {
    const run = `${manager.execute} leakgate run${configured.isNamed ? '' : ` ${path}`}`;
    const { toEdit } = configured;
    const named: Step[] =
      toEdit === undefined
        ? []
        : [[`edit ${toEdit}`, `to name ${path} among its scenarios, for the workflow`]];
    return server
      ? [
          [run, `asks ${entry} for "/" 1,000 times, and exits with 1 if it leaks`],
          [`edit ${path}`, 'to make the request that you suspect'],
          ...named,
        ]
      : [
          [`edit ${path}`, 'to say what is repeated'],
          [run, 'measures, judges, and exits with 1 if it leaks'],
          ...named,
        ];
  }
}

/** As lines under a heading. */
export function aligned(steps: readonly Step[]): string {
  const width = Math.max(...steps.map(([command]) => command.length));
  return ['', 'Next', ...steps.map(([command, why]) => `  ${command.padEnd(width)}  ${why}`)].join('\n');
}
