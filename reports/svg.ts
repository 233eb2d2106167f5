/** Writing SVG: elements from plain data, everything escaped, numbers rounded so that equal data give equal bytes. */

export type Attributes = { readonly [name: string]: string | number };

/** One element; `children` are markup already. */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${attribute(value)}"`);
  const inside = children.join('');
  return inside === '' ? `<${name}${written.join('')}/>` : `<${name}${written.join('')}>${inside}</${name}>`;
}

/** A text element; the text is escaped. */
export function label(text: string, attributes: Attributes): string {
  return element('text', attributes, escapeXml(text));
}

/** For text and attribute values (XML 1.0, section 2.4). */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}

function attribute(value: string | number): string {
  return typeof value === 'number' ? rounded(value) : escapeXml(value);
}

function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}
