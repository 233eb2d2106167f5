/**
 * Every format of a report, in the order in which they are listed; apart from the code that renders them, so
 * that naming them is quick.
 */
export const FORMAT_NAMES = [
  'text',
  'markdown',
  'html',
  'json',
  'svg',
  'png',
  'junit',
  'sarif',
  'tap',
  'github',
  'pr-comment',
] as const;

export type Format = (typeof FORMAT_NAMES)[number];
