import { UsageError } from './errors.ts';
import type { Json, Report, ScenarioDescription, Trial } from './model.ts';

/** One option or parameter of one trial. */
interface Setting {
  /** `iterations`, `parameter zones`. */
  readonly name: string;
  /** The report that the trial is in. */
  readonly report: string;
  /** As JSON, as the others. */
  readonly value: string;
  /** What the scenario says itself; undefined: nothing. */
  readonly own: string | undefined;
  /** The default of other options may depend on them. */
  readonly flags: string;
}

/**
 * Checks that shards of one run were given the same options and parameters.
 * @throws {UsageError} naming every one that differs, with its values.
 */
export function checkSettings(shards: readonly { readonly name: string; readonly report: Report }[]): void {
  const settings = shards.flatMap(({ name, report }) => settingsOf(report, name));
  const differing = [...new Set(settings.map(({ name }) => name))]
    .map(name => settings.filter(setting => setting.name === name))
    .filter(same => !areOfOneRun(same));
  if (differing.length === 0) return;
  throw new UsageError(
    `Cannot merge as shards must be run with the same options and parameters: ${differing.map(valuesText).join('; ')}`,
  );
}

/** With V8's default flags, trials have options of their own. */
function settingsOf({ trials, scenarios }: Report, report: string): readonly Setting[] {
  return trials
    .map(({ result }) => result.trial)
    .filter(({ variant }) => variant === 'stable')
    .flatMap(trial => {
      const description = scenarios.find(({ name }) => name === trial.scenario);
      return description ? settingsOfTrial(trial, description, report) : [];
    });
}

function settingsOfTrial(trial: Trial, description: ScenarioDescription, report: string): readonly Setting[] {
  const { options, parameters, build } = trial;
  const flags = JSON.stringify(options.nodeFlags);
  const ownParameters = { ...description.parameters, ...description.builds[build] };
  const setting = (name: string, value: unknown, own: unknown): Setting => ({
    name,
    report,
    value: JSON.stringify(value),
    own: own === undefined ? undefined : JSON.stringify(own),
    flags: name === 'nodeFlags' ? '' : flags,
  });
  const ownOptions: { readonly [option: string]: unknown } = description.options;
  return [
    ...Object.entries(options).map(([name, value]) => setting(name, value, ownOptions[name])),
    ...Object.entries<Json>(parameters).map(([name, value]) =>
      setting(`parameter ${name}`, value, ownParameters[name]),
    ),
  ];
}

/** One value was given for all of them, or none, and each is what its scenario says, else the default. */
function areOfOneRun(settings: readonly Setting[]): boolean {
  if (areEqual(settings)) return true;
  const unsaid = settings.filter(({ own }) => own === undefined);
  return (
    settings.every(({ own, value }) => own === undefined || own === value) &&
    unsaid.every(one => areEqual(unsaid.filter(({ flags }) => flags === one.flags)))
  );
}

function areEqual(settings: readonly Setting[]): boolean {
  return settings.every(({ value }) => value === settings[0]?.value);
}

/** `iterations is 120 in r1, 300 in r2`. */
function valuesText(settings: readonly Setting[]): string {
  const told = settings.map(({ value, report }) => `${value} in ${report}`);
  return `${settings[0]?.name} is ${[...new Set(told)].join(', ')}`;
}
