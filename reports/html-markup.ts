/**
 * Writing HTML: elements from plain data. Strings are escaped wherever they stand; only `Markup` goes through
 * as it is.
 */
import { escapeXml } from './svg.ts';

/** HTML that was made by `h` or `raw`, as opposed to text. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

export type Child = Markup | string | undefined | readonly Child[];
/** `true`: present without a value; `false` and `undefined`: left out. */
export type HtmlAttributes = { readonly [name: string]: string | number | boolean | undefined };

/** One element with its children; what is empty or `undefined` among them is left out. */
export function h(name: string, attributes: HtmlAttributes, ...children: readonly Child[]): Markup {
  const written = Object.entries(attributes).map(([key, value]) => attribute(key, value));
  const open = `<${name}${written.join('')}>`;
  return new Markup(VOID.has(name) ? open : `${open}${inner(children)}</${name}>`);
}

/** Elements that have no end tag (HTML Living Standard, section 13.1.2). */
const VOID: ReadonlySet<string> = new Set(['br', 'link', 'meta', 'wbr']);

/** Text that is markup already: it must not come from a report. */
export function raw(html: string): Markup {
  return new Markup(html);
}

/** A list of children as HTML. */
export function inner(child: Child): string {
  if (child === undefined) return '';
  if (typeof child === 'string') return escapeXml(child);
  return child instanceof Markup ? child.html : child.map(inner).join('');
}

function attribute(key: string, value: HtmlAttributes[string]): string {
  if (value === undefined || value === false) return '';
  return value === true ? ` ${key}` : ` ${key}="${escapeXml(String(value))}"`;
}
