import { z } from 'zod';

/** A saved file that cannot be read: the text is at fault, not leakgate. */
export class UnreadableFile extends Error {
  override readonly name: string = 'UnreadableFile';
}

/** What is being read: its name in messages, the newest major version that is read, and its shape. */
interface Saved<Value> {
  readonly what: string;
  readonly major: number;
  /** What every version of it has beside its `schemaVersion`. */
  readonly field: string;
  readonly schema: z.ZodType<Value>;
}

/**
 * Reads a versioned file. Fields that this version does not know are left out.
 * @throws {UnreadableFile} if the text is no JSON or something else, was written by a newer major version, or
 * does not fit the schema.
 */
export function readSaved<Value>(text: string, { what, major, field, schema }: Saved<Value>): Value {
  const saved = parse(text, what);
  refuseNewer(saved, what, major);
  refuseOther(saved, what, field);
  const read = schema.safeParse(saved);
  if (read.success) return read.data;
  throw new UnreadableFile(
    `Cannot read ${what} as it must fit the ${what} schema:\n${z.prettifyError(read.error)}`,
  );
}

function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UnreadableFile(`Cannot read ${what} as it must be JSON: ${reason}`, { cause: error });
  }
}

/** A list of all that a schema would want says little of a file that was taken for another. */
function refuseOther(saved: unknown, what: string, field: string): void {
  const isObject = typeof saved === 'object' && saved !== null;
  if (isObject && 'schemaVersion' in saved && field in saved) return;
  throw new UnreadableFile(
    `Cannot read ${what} as it must be a ${what} of leakgate, with schemaVersion and ${field}: it is ${shapeOf(saved)}`,
  );
}

function shapeOf(saved: unknown): string {
  if (Array.isArray(saved)) return 'a list';
  if (typeof saved !== 'object' || saved === null) return JSON.stringify(saved).slice(0, LONGEST);
  const keys = JSON.stringify(Object.keys(saved).slice(0, 3)).slice(1, -1);
  return keys === '' ? 'an empty object' : `an object with ${keys.slice(0, LONGEST)}`;
}

/** Characters shown of what was found instead. */
const LONGEST = 80;

const VERSIONED = z.object({ schemaVersion: z.string() });

function refuseNewer(saved: unknown, what: string, major: number): void {
  const read = VERSIONED.safeParse(saved);
  if (!read.success || !(Number.parseInt(read.data.schemaVersion, 10) > major)) return;
  throw new UnreadableFile(
    `Cannot read ${what} as its schemaVersion must be ${major}.x or older, update leakgate to read it: ` +
      `current value is ${JSON.stringify(read.data.schemaVersion)}`,
  );
}
