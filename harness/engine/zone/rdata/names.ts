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
    return labels && orUndefined(() => labelsToName(labels));
  },
  write: name => name,
};

/** The name that a text stands for; undefined if it stands for none. */
export function parseName(text: string, origin: Name): Name | undefined {
  return orUndefined(() => absoluteName(text, origin));
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

function orUndefined(make: () => Name): Name | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof InvalidNameError) return undefined;
    throw error;
  }
}
