import { absoluteName } from '../../zone/name.ts';
import type { Name } from '../../zone/record.ts';

const DEFAULT_REGEXP = 'db\\.(.*)';
const DEFAULT_TEMPLATE = '{1}';
const MAX_REGEXP_LENGTH = 10_000;

/** Tells from a file's base name which zone it holds: an unanchored regular expression, and a template for its groups. */
export class OriginPattern {
  readonly #regexp: RegExp;
  readonly #template: string;

  /**
   * @param regexp JavaScript's syntax; Go's `(?P<name>` is understood too.
   * @param template `{1}` or `{name}` stands for a group, as `${1}` and `$1` do; everything else for itself.
   * @throws {Error} for an expression above 10,000 characters, a bad one, or one without a group.
   */
  constructor(regexp: string = DEFAULT_REGEXP, template: string = DEFAULT_TEMPLATE) {
    if (regexp.length > MAX_REGEXP_LENGTH)
      throw new Error(`regexp too large: ${regexp.length} > ${MAX_REGEXP_LENGTH}`);
    const source = regexp.replaceAll('(?P<', '(?<');
    if (groupsIn(source) === 0) throw new Error('Need at least one sub expression');
    this.#regexp = new RegExp(source);
    this.#template = template.replace(/(?<!\$)\{/g, '${');
  }

  /**
   * The zone's name, lower-cased (CoreDNS keeps the case, and such a zone is then never found), or undefined when the file
   * is none of ours.
   * @throws {InvalidNameError} when what the template gives cannot be a domain name.
   */
  originOf(baseName: string): Name | undefined {
    const match = this.#regexp.exec(baseName);
    if (match === null) return undefined;
    const origin = this.#template.replace(
      REFERENCE,
      (_, braced: string | undefined, bare: string | undefined) => groupOf(match, braced ?? bare ?? ''),
    );
    return origin === '' ? undefined : absoluteName(origin, '.');
  }
}

const REFERENCE = /\$(?:\{(\w+)\}|(\w+))/g;

/** A group that does not exist, or took no part in the match, is empty. */
function groupOf(match: RegExpExecArray, group: string): string {
  return (/^\d+$/.test(group) ? match[Number(group)] : match.groups?.[group]) ?? '';
}

/** An alternative that matches the empty text makes every expression match, so its groups can be counted. */
function groupsIn(source: string): number {
  return (new RegExp(`${source}|`).exec('')?.length ?? 1) - 1;
}
