import type { Reply } from '../../plugin.ts';

/** Kinds of reply that `log` can be limited to. */
export const CLASSES = ['success', 'denial', 'error'] as const;

export type ResponseClass = (typeof CLASSES)[number];

export function isResponseClass(text: string): text is ResponseClass {
  return CLASSES.some(one => one === text);
}

/** `denial` is NXDOMAIN and NODATA (RFC 2308 section 2); a referral is a success. */
export function classify({ rcode, answers, authorities }: Reply): ResponseClass {
  if (rcode === 'NXDOMAIN') return 'denial';
  if (rcode !== 'NOERROR') return 'error';
  return answers.length === 0 && authorities.some(({ type }) => type === 'SOA') ? 'denial' : 'success';
}
