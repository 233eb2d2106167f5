import { parseName } from './rdata/names.ts';
import type { Name, ResourceRecord } from './record.ts';

/**
 * The name that a CNAME or DNAME record leads to.
 * @throws {TypeError} for a record of a type whose data is no name.
 */
export function aliasTarget({ type, data }: ResourceRecord): Name {
  if (typeof data !== 'string') throw new TypeError(`Cannot follow record, its data must be a name: ${type}`);
  return data;
}

/**
 * The CNAME that a DNAME stands for, with the DNAME's TTL (RFC 6672 section 3.1). Undefined if the new name is too long or is the
 * name that was asked for.
 */
export function synthesiseCname(dname: ResourceRecord, name: Name): ResourceRecord | undefined {
  const prefix = dname.name === '.' ? name : name.slice(0, -dname.name.length);
  const suffix = aliasTarget(dname);
  const target = parseName(suffix === '.' ? prefix : prefix + suffix, '.');
  if (target === undefined || target === name) return undefined;
  return { name, type: 'CNAME', ttl: dname.ttl, data: target };
}
