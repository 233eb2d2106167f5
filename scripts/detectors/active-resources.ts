import { type Detector, type Judgement, judgement } from './detector.ts';
import { readings } from './exercise.ts';

/** `process.getActiveResourcesInfo()` after against before: what keeps the process alive, by type. */
export const activeResources: Detector = {
  name: 'active-resources',
  run: 'replayed',
  rule: 'process.getActiveResourcesInfo() lists more of some type than before',
  judge: async (trial, directory) =>
    listsMore(await readings(trial, directory, 1, () => process.getActiveResourcesInfo())),
};

/** More than before is a leak, as in SimonSiefke/vscode-memory-leak-finder (`after > before`). */
export function listsMore(lists: readonly [readonly string[], ...(readonly string[])[]]): Judgement {
  const before = countByType(lists[0]);
  const after = countByType(lists.at(-1) ?? []);
  const more = [...after]
    .map(([type, count]) => ({ type, growth: count - (before.get(type) ?? 0) }))
    .filter(({ growth }) => growth > 0);
  const evidence = more.map(({ type, growth }) => `${type} +${growth}`).join(', ');
  return judgement(more.length > 0, evidence || 'no more than before');
}

function countByType(types: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}
