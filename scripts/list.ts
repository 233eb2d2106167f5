import { relative } from 'node:path';
import { OPTION_RULES } from '../harness/check-options.ts';
import type { ProbeDescription, ScenarioDescription, TrialOptions } from '../harness/model.ts';
import { DEFAULT_OPTIONS } from '../harness/options.ts';
import { describeProbes } from '../harness/spawn/describe.ts';
import { FORMAT_NAMES, type Format } from '../reports/index.ts';
import { type LoadedConfig, loadConfig } from './config/config-file.ts';
import { describedScenarios } from './described-scenarios.ts';
import { builtInScenarios, isBuiltIn } from './scenario-files.ts';
import type { Surroundings } from './surroundings.ts';

interface Inventory {
  /** The file in use, if there is one. */
  readonly configuration: LoadedConfig | null;
  readonly scenarios: readonly ScenarioDescription[];
  /** Why a scenario of the configuration cannot be used. */
  readonly broken: readonly string[];
  readonly probes: readonly ProbeDescription[];
  readonly formats: readonly Format[];
  /** With their defaults. */
  readonly options: TrialOptions;
}

export interface ListRequest {
  readonly json: boolean;
  /** Configuration file, instead of the one found upward. */
  readonly config?: string;
}

/**
 * The configuration in use, scenarios with their builds, probes and whether they work here, options of a
 * trial, and the report formats. Returns 2 if a scenario of the configuration cannot be used.
 */
export async function list(surroundings: Surroundings, { json, config }: ListRequest): Promise<number> {
  const cwd = surroundings.cwd();
  const configuration = (await loadConfig(config, cwd)) ?? null;
  const configured = configuration?.config.scenarios ?? [];
  const names = [...configured, ...builtInScenarios()];
  const inventory: Inventory = {
    configuration,
    ...(await describedScenarios(names, cwd, configuration?.config.options?.nodeFlags)),
    probes: await describeProbes(),
    formats: FORMAT_NAMES,
    options: DEFAULT_OPTIONS,
  };
  surroundings.stdout.write(json ? `${JSON.stringify(inventory, null, 2)}\n` : listing(inventory, cwd));
  for (const message of inventory.broken) surroundings.stderr.write(`leakgate: ${message}\n`);
  return inventory.broken.length > 0 ? 2 : 0;
}

function listing({ configuration, scenarios, probes, formats, options }: Inventory, cwd: string): string {
  const own = scenarios.filter(({ path }) => !isBuiltIn(path));
  const builtIn = scenarios.filter(({ path }) => isBuiltIn(path));
  const lines = [
    'Configuration',
    ...configurationLines(configuration),
    ...headed(
      'Scenarios',
      own.flatMap(scenario => scenarioLines(scenario, cwd)),
    ),
    ...headed(
      'Scenarios that come with leakgate',
      builtIn.flatMap(scenario => scenarioLines(scenario, cwd)),
    ),
    'Probes',
    ...probes.flatMap(probeLines),
    'Options',
    ...optionLines(options),
    'Formats',
    `  ${formats.join(', ')}`,
  ];
  return `${lines.join('\n')}\n`;
}

function configurationLines(configuration: LoadedConfig | null): string[] {
  if (!configuration)
    return ['  none: no leakgate.config.ts, .mjs or .json from here up to the package.json'];
  const { options = {}, ...rest } = configuration.config;
  return [
    `  ${configuration.file}`,
    ...[...assignments(rest), ...assignments(options)].map(line => `    ${line}`),
  ];
}

function scenarioLines(
  { name, description, path, builds, expect, parameters }: ScenarioDescription,
  cwd: string,
): string[] {
  const expected = Object.keys(builds).map(build => `${build}: ${expect[build] ?? 'steady'}`);
  const sizes = assignments(parameters);
  return [
    `  ${name}`,
    ...(description === '' ? [] : [`    ${description}`]),
    // What `run` takes, where that is not the name.
    ...(isBuiltIn(path) ? [] : [`    file    ${relative(cwd, path)}`]),
    `    builds  ${expected.join(', ')}`,
    ...(sizes.length > 0 ? [`    --set   ${sizes.join(' ')}`] : []),
  ];
}

function probeLines({ name, counts, metrics, unavailable }: ProbeDescription): string[] {
  const units = [...new Set(metrics.map(({ unit }) => unit))];
  const kinds = [...new Set(metrics.map(({ kind }) => kind))];
  return [
    `  ${name}`,
    `    ${counts}`,
    `    kind    ${kinds.join(', ')}`,
    `    unit    ${units.join(', ')}`,
    `    here    ${unavailable === undefined ? 'yes' : `no: ${unavailable}`}`,
  ];
}

/** With what each must be. */
function optionLines(options: TrialOptions): string[] {
  return assignments(options).map(assignment => {
    const [name = ''] = assignment.split('=', 1);
    const gap = assignment.length > ASSIGNED ? `\n${' '.repeat('  --option '.length + ASSIGNED)}` : '';
    return `  --option ${assignment.padEnd(ASSIGNED)}${gap}  ${OPTION_RULES[name as keyof TrialOptions].is}`;
  });
}

/** Width of `name=value`, in characters. */
const ASSIGNED = 28;

function headed(heading: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? [heading, ...lines] : [];
}

function assignments(values: object): string[] {
  return Object.entries(values).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
}
