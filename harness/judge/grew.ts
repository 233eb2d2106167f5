import type { BaseEntry } from '../model.ts';

/**
 * Whether something certainly grew in a base, of which classes that it does not keep may be part. Native memory
 * holds no objects.
 */
export function grew({ verdict, growths }: BaseEntry): boolean {
  if (verdict !== 'inconclusive') return verdict === 'leak';
  return growths.some(({ metric, low }) => (metric.kind === 'exact' || metric.kind === 'bytes') && low > 0);
}
