/** Classes in heap snapshots that are named by a common noun, which has a plural: no class of a program is. */
export const COMMON_NOUNS: ReadonlySet<string> = new Set([
  'backing store',
  'bigint',
  'bound function',
  'closure context',
  'concatenated string',
  'function',
  'number',
  'promise reaction',
  'regexp',
  'sliced string',
  'string',
  'symbol',
  'weak cell',
]);

/** Those of them that are values and no objects. */
export const VALUE_NOUNS: ReadonlySet<string> = new Set([
  'bigint',
  'concatenated string',
  'number',
  'sliced string',
  'string',
  'symbol',
]);
