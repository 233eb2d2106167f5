import type { ModuleVariable, ModuleVariables } from '../../snapshot/module-variables.ts';
import type { Snapshot } from '../../snapshot/read-snapshot.ts';

/** How a program knows what an edge leads to. */
export interface HolderName {
  /** Of a symbol its description. */
  readonly name: string;
  readonly kind: 'variable' | 'field' | 'symbol';
  /** Of a variable that a module exports. */
  readonly exported?: ModuleVariable;
}

/** What a program can write. */
export const IDENTIFIER = /^#?[A-Za-z_$][\w$]*$/;
const SYMBOL = /^<symbol (.*)>$/s;

/** Of the node before an edge, and the edge, the name of what it leads to; undefined where V8 alone has one for it. */
export function holderNames(
  { edgeTypes, edgeTypeOf, edgeNames, strings }: Snapshot,
  variables: ModuleVariables,
): (before: number, edge: number) => HolderName | undefined {
  const [field, variable] = [edgeTypes.indexOf('property'), edgeTypes.indexOf('context')];
  return (before, edge) => {
    const exported = variables.of(before);
    if (exported) return { name: exported.names[0] ?? '', kind: 'variable', exported };
    const type = edgeTypeOf[edge];
    if (type !== field && type !== variable) return undefined;
    const name = strings.at(edgeNames[edge] as number);
    const description = SYMBOL.exec(name)?.[1];
    if (description !== undefined) return { name: description, kind: 'symbol' };
    return IDENTIFIER.test(name) ? { name, kind: type === field ? 'field' : 'variable' } : undefined;
  };
}
