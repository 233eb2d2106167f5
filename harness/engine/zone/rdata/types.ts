import type { RecordType } from '../record.ts';
import { findType, isMetaType, typeName, typeNumber } from '../types.ts';
import type { Field, WireReader } from './fields.ts';

/** One record type, as in RRSIG. */
export const recordType: Field<RecordType> = {
  read: fields => asType(fields.word()),
  decode(wire) {
    const number = wire.integer(2);
    return number === undefined || isMetaType(number) ? undefined : typeName(number);
  },
  write: type => type,
};

/** The types that a name owns, in ascending order and each once (RFC 4034 section 4.1.2); none is allowed. */
export const typeSet: Field<readonly RecordType[]> = {
  read(fields) {
    const types = fields.rest().map(token => asType(token.quoted ? undefined : token.text));
    return types.every(type => type !== undefined) ? inOrder(types.map(typeNumber)) : undefined;
  },
  decode(wire) {
    const numbers: number[] = [];
    let before = -1;
    while (!wire.finished) {
      const window = decodeWindow(wire, before);
      if (window === undefined) return undefined;
      before = window.block;
      numbers.push(...window.numbers);
    }
    return numbers.some(isMetaType) ? undefined : numbers.map(typeName);
  },
  write: types => types.join(' '),
};

function decodeWindow(wire: WireReader, before: number) {
  const block = wire.integer(1);
  const bitmap = wire.counted();
  if (
    block === undefined ||
    block <= before ||
    bitmap === undefined ||
    bitmap.length === 0 ||
    bitmap.length > 32
  )
    return undefined;
  const numbers: number[] = [];
  for (let bit = 0; bit < bitmap.length * 8; bit += 1) {
    if ((bitmap.readUInt8(bit >> 3) & (0x80 >> (bit & 7))) !== 0) numbers.push(block * 256 + bit);
  }
  return { block, numbers };
}

function asType(word: string | undefined): RecordType | undefined {
  const number = word === undefined ? undefined : findType(word);
  return number === undefined || isMetaType(number) ? undefined : typeName(number);
}

function inOrder(numbers: readonly number[]): RecordType[] {
  return [...new Set(numbers)].sort((one, other) => one - other).map(typeName);
}
