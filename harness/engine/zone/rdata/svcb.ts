import { nameToWire } from '../name.ts';
import { octetsOf, quote } from '../octets.ts';
import type { Name } from '../record.ts';
import type { Token } from '../scan.ts';
import { type Field, WireReader } from './fields.ts';
import { domain } from './names.ts';
import { uint16 } from './numbers.ts';
import { PARAMETERS, parameterKey, parameterName } from './svcb-parameters.ts';

/**
 * Data of SVCB and HTTPS in wire form (RFC 9460 section 2.2), from the presentation form of its section 2.1. Keys are put in
 * order; a key may come once; what `mandatory` names must be there, and `no-default-alpn` needs `alpn` (sections 7.1.1, 8).
 */
export const serviceBinding: Field<Buffer> = {
  read(fields) {
    const priority = uint16.read(fields);
    const target = domain.read(fields);
    const parameters = readParameters(fields.rest());
    if (priority === undefined || target === undefined || parameters === undefined) return undefined;
    return valid(Buffer.concat([uint16ToWire(priority), nameToWire(target), ...parameters]));
  },
  decode: wire => valid(wire.rest()),
  write(octets) {
    const binding = parseServiceBinding(octets);
    if (binding === undefined) return '';
    const parameters = [...binding.parameters].map(([key, value]) => writeParameter(key, value));
    return [String(binding.priority), binding.target, ...parameters].join(' ');
  },
};

export interface ServiceBinding {
  /** 0: alias mode. */
  readonly priority: number;
  /** The root stands for the owner of the record (RFC 9460 section 2.5). */
  readonly target: Name;
  readonly parameters: ReadonlyMap<number, Buffer>;
}

/** Undefined for octets that are no SVCB data. */
export function parseServiceBinding(octets: Buffer): ServiceBinding | undefined {
  const wire = new WireReader(octets);
  const priority = wire.integer(2);
  const target = domain.decode(wire);
  const parameters = new Map<number, Buffer>();
  let before = -1;
  while (!wire.finished) {
    const key = wire.integer(2);
    const value = wire.take(wire.integer(2) ?? Number.POSITIVE_INFINITY);
    if (key === undefined || key <= before || key === 65_535 || value === undefined) return undefined;
    parameters.set(key, value);
    before = key;
  }
  return priority === undefined || target === undefined ? undefined : { priority, target, parameters };
}

function valid(octets: Buffer): Buffer | undefined {
  const parameters = parseServiceBinding(octets)?.parameters;
  if (parameters === undefined || octets.length > 0xffff) return undefined;
  const wellFormed = [...parameters].every(([key, value]) => PARAMETERS.get(key)?.write(value) !== null);
  return wellFormed && mandatoryKeys(parameters).every(key => parameters.has(key)) ? octets : undefined;
}

function mandatoryKeys(parameters: ReadonlyMap<number, Buffer>): number[] {
  const listed = parameters.get(0) ?? Buffer.alloc(0);
  const keys = Array.from({ length: listed.length / 2 }, (_, index) => listed.readUInt16BE(index * 2));
  return parameters.has(2) ? [...keys, 1] : keys;
}

/** Wire form of each parameter, in order of keys; undefined if any is malformed or comes twice. */
function readParameters(tokens: readonly Token[]): readonly Buffer[] | undefined {
  const parameters = new Map<number, Buffer>();
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined || token.quoted) return undefined;
    const [, keyword = '', equals, bare = ''] = /^([^=]*)(=?)([\s\S]*)$/.exec(token.text) ?? [];
    const following = tokens[index + 1];
    const quoted =
      equals === '=' && bare === '' && following?.quoted && following.adjacent ? following : undefined;
    if (quoted !== undefined) index += 1;
    const key = parameterKey(keyword.toLowerCase());
    const value = equals === '=' ? octetsOf(quoted?.text ?? bare) : Buffer.alloc(0);
    if (key === undefined || value === undefined || parameters.has(key)) return undefined;
    const generic = keyword.toLowerCase() !== PARAMETERS.get(key)?.keyword;
    const octets = generic ? value : PARAMETERS.get(key)?.read(value.toString('latin1'));
    if (octets === undefined) return undefined;
    parameters.set(key, Buffer.concat([uint16ToWire(key), uint16ToWire(octets.length), octets]));
  }
  return [...parameters].sort(([one], [other]) => one - other).map(([, octets]) => octets);
}

function writeParameter(key: number, value: Buffer): string {
  const text = PARAMETERS.get(key)?.write(value) ?? value.toString('latin1');
  return text === '' ? parameterName(key) : `${parameterName(key)}=${quote(Buffer.from(text, 'latin1'))}`;
}

function uint16ToWire(value: number): Buffer {
  return Buffer.of(value >> 8, value & 0xff);
}
