/** How classes are called that are told by their properties, `Object {path, body}`, and such a name read again. */

/** More are not told. */
export const MOST_PROPERTIES = 6;
/** In characters; of a single property that is longer the end is left out. */
const LONGEST_NAME = 80;
const SYMBOL = /^<symbol (.*)>$/s;

/**
 * `Object {path, body}`; `Object {a, b, c, d, e, f, …}` where there are more, or too long ones; without braces
 * where there are none. Symbols are written as V8 has them, `<symbol hooks>`, and told as in a program: `[hooks]`.
 */
export function shapedName(plain: string, properties: readonly string[]): string {
  if (properties.length === 0) return shortName(plain);
  const shown = properties.slice(0, MOST_PROPERTIES).map(name => name.replace(SYMBOL, '[$1]'));
  const whole = () => {
    const rest = shown.length < properties.length ? ['…'] : [];
    return `${plain} {${[...shown, ...rest].join(', ')}}`;
  };
  while (shown.length > 1 && whole().length > LONGEST_NAME) shown.pop();
  if (whole().length <= LONGEST_NAME) return whole();
  const begin = `${plain} {`;
  if (begin.length > LONGEST_NAME / 2) return shortName(plain);
  return `${`${begin}${shown[0]}`.slice(0, LONGEST_NAME - 2)}…}`;
}

/** A name as long as names of classes may be. */
export function shortName(name: string): string {
  return name.slice(0, LONGEST_NAME);
}

interface Shape {
  /** `Object`. */
  readonly plain: string;
  readonly properties: readonly string[];
  /** There are more. */
  readonly isCut: boolean;
}

/** Undefined where the name tells no properties. */
export function shapeOf(name: string): Shape | undefined {
  const [, plain, list] = /^(\S+) \{(.*)$/.exec(name) ?? [];
  if (plain === undefined || list === undefined) return undefined;
  const isWhole = list.endsWith('}');
  const named = (isWhole ? list.slice(0, -1) : list).split(', ');
  const isCut = !isWhole || named.at(-1)?.endsWith('…') === true;
  return { plain, properties: isCut ? named.slice(0, -1) : named, isCut };
}

/** One name for objects with properties in common: `Object {id, kind, …}`; of a single name that. */
export function sharedShape(names: readonly string[]): string {
  const [first = '', ...others] = names;
  const own = shapeOf(first);
  if (others.length === 0 || !own) return first;
  const shapes = names.map(shapeOf);
  const shared = own.properties.filter(one => shapes.every(shape => shape?.properties.includes(one)));
  const isAll = shapes.every(shape => !shape?.isCut && shape?.properties.length === shared.length);
  return shapedName(own.plain, isAll ? shared : [...shared, '…']);
}
