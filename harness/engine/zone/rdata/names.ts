import { intern } from '../intern.ts';
import { absoluteName, InvalidNameError, labelsToName } from '../name.ts';
import type { Name } from '../record.ts';
import type { Field, WireReader } from './fields.ts';

/** A domain name. */
export const domain: Field<Name> = {
  read(fields) {
    const word = fields.word();
    return word === undefined ? undefined : parseName(word, fields.origin);
  },
  decode(wire) {
    const labels = decodeLabels(wire);
    try {
      return labels && labelsToName(labels);
    } catch (error) {
      return undefinedFor(error);
    }
  },
  write: name => name,
};

/** The name that a text stands for; undefined if it stands for none. */
export function parseName(text: string, origin: Name): Name | undefined {
  try {
    return intern(absoluteName(text, origin));
  } catch (error) {
    return undefinedFor(error);
  }
}

/** Compression pointers are not for zone data: they count as malformed. */
function decodeLabels(wire: WireReader): Buffer[] | undefined {
  const labels: Buffer[] = [];
  for (;;) {
    const label = wire.counted();
    if (label === undefined || label.length > 63) return undefined;
    if (label.length === 0) return labels;
    labels.push(label);
  }
}

function undefinedFor(error: unknown): undefined {
  if (!(error instanceof InvalidNameError)) throw error;
}
