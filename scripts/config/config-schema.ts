import { z } from 'zod';
import { OPTION_RULES } from '../../harness/check-options.ts';
import type { Config } from '../../harness/config.ts';
import { UsageError } from '../../harness/errors.ts';
import { nearestWord } from '../../harness/nearest-word.ts';
import { MOST_REPETITIONS } from '../option-values.ts';
import { REPORTER_FORM, reporterOf } from '../reporter-option.ts';

const REPETITIONS_FORM = `must be a whole number from 1 to ${MOST_REPETITIONS}`;

const text = z.string('must be text').min(1, 'must not be empty');
const texts = z.array(text, 'must be a list of texts');
const reporter = text.refine(value => reporterOf(value) !== undefined, `must ${REPORTER_FORM}`);
const repetitions = z.int(REPETITIONS_FORM).min(1, REPETITIONS_FORM).max(MOST_REPETITIONS, REPETITIONS_FORM);
const count = z.int('must be a whole number from 1').min(1, 'must be a whole number from 1');

/** The rules of every option, as they hold on the command line and in a scenario. */
const options = z.strictObject(
  Object.fromEntries(
    Object.entries(OPTION_RULES).map(([name, { is, holds }]) => [
      name,
      z.custom(holds, `must be ${is}`).optional(),
    ]),
  ),
  'must be an object',
);

const schema = z.strictObject(
  {
    scenarios: texts.min(1, 'must name one').optional(),
    builds: texts.optional(),
    base: text.optional(),
    repetitions: repetitions.optional(),
    jobs: count.optional(),
    out: text.optional(),
    reporters: z.array(reporter, 'must be a list of texts').optional(),
    options: options.optional(),
    $schema: text.optional(),
  } satisfies { readonly [field in keyof Config]: z.ZodType },
  'must be an object',
);

const FIELDS: { readonly [path: string]: readonly string[] } = {
  '': Object.keys(schema.shape),
  options: Object.keys(options.shape),
};

/**
 * The configuration that a file holds.
 * @throws {UsageError} naming the file, and the path of every field that is unknown or wrong.
 */
export function checkConfig(value: unknown, file: string): Config {
  const read = schema.safeParse(value, { reportInput: true });
  if (read.success) return read.data as Config;
  const problems = read.error.issues.flatMap(issue =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map(key => unknownField(issue.path, key))
      : [`${pathText(issue.path)} ${issue.message}: current value is ${show(issue.input)}`],
  );
  throw new UsageError([`Cannot use the configuration ${file}:`, ...problems].join('\n  '));
}

function unknownField(path: readonly PropertyKey[], key: string): string {
  const known = FIELDS[path.join('.')] ?? [];
  const meant = nearestWord(key, known);
  const hint = meant === undefined ? `must be one of ${known.join(', ')}` : `did you mean "${meant}"?`;
  return `${pathText([...path, key])} is no field: ${hint}`;
}

/** `options.nodeFlags[1]`. */
function pathText(path: readonly PropertyKey[]): string {
  const steps = path.map(step => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  return steps.join('').replace(/^\./, '') || 'it';
}

function show(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  return JSON.stringify(value) ?? String(value);
}
