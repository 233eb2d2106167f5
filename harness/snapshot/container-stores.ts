/**
 * What V8 calls the stores behind arrays and objects, and their classes; those of maps, sets and dictionaries
 * have no such names.
 */
const NAMED: ReadonlyMap<string, string> = new Map([
  ['(object elements)', 'array store'],
  ['(object properties)', 'property store'],
]);
const TABLE_STORE = 'table store';

/** The classes of stores. */
export const STORES: ReadonlySet<string> = new Set([...NAMED.values(), TABLE_STORE]);

/** The class of a node of the type `array`. */
export function storeName(name: string): string {
  return NAMED.get(name) ?? TABLE_STORE;
}

const CONTAINERS: ReadonlySet<string> = new Set(['Array', 'Map', 'Set']);

/** Whether objects of a class are made to hold others. */
export function isContainer(name: string): boolean {
  return CONTAINERS.has(name);
}

/** Whether a class is a store of containers: its bytes grow where it does not become more. */
export function isStore(name: string): boolean {
  return STORES.has(name);
}
