import type { Rcode, Reply } from '../plugin.ts';
import type { Name, ResourceRecord } from './record.ts';

export type Records = readonly ResourceRecord[];

export interface LookupResult {
  readonly result: 'success' | 'nodata' | 'nxdomain' | 'delegation' | 'servfail';
  /** The name owns nothing but has names below it (RFC 4592 section 2.2.2); `result` is `nodata`. */
  readonly emptyNonTerminal: boolean;
  readonly authoritative: boolean;
  readonly answers: Records;
  readonly authorities: Records;
  readonly additionals: Records;
  /** The answers end in a CNAME to this name, which is outside the zone: the caller may resolve it. */
  readonly chase?: Name;
}

/** The message that a result stands for, a CNAME that leads out of the zone not followed. */
export function toReply({ result, authoritative, answers, authorities, additionals }: LookupResult): Reply {
  return { rcode: RCODES[result], authoritative, answers, authorities, additionals };
}

export function success(answers: Records, authorities: Records, additionals: Records): LookupResult {
  return {
    result: 'success',
    emptyNonTerminal: false,
    authoritative: true,
    answers,
    authorities,
    additionals,
  };
}

export function negative(
  result: 'nodata' | 'nxdomain',
  answers: Records,
  authorities: Records,
  emptyNonTerminal: boolean,
): LookupResult {
  return { result, emptyNonTerminal, authoritative: true, answers, authorities, additionals: [] };
}

export function failure(answers: Records): LookupResult {
  return {
    result: 'servfail',
    emptyNonTerminal: false,
    authoritative: true,
    answers,
    authorities: [],
    additionals: [],
  };
}

const RCODES: { readonly [result in LookupResult['result']]: Rcode } = {
  success: 'NOERROR',
  nodata: 'NOERROR',
  delegation: 'NOERROR',
  nxdomain: 'NXDOMAIN',
  servfail: 'SERVFAIL',
};
