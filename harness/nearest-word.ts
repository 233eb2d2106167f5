/** More edits than this make another word, not a misspelt one. */
const MOST_EDITS = 3;

/** The known word that was probably meant: few edits away for its length; none if all are too far. */
export function nearestWord(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const ranked = known
    .map(candidate => ({ candidate, edits: editDistance(lower, candidate.toLowerCase()) }))
    .sort((one, other) => one.edits - other.edits);
  const [best] = ranked;
  const limit = Math.min(MOST_EDITS, Math.floor((word.length + 1) / 3));
  return best && best.edits <= limit ? best.candidate : undefined;
}

/** Ends a message about an unknown word; empty where none is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const meant = nearestWord(word, known);
  return meant === undefined ? '' : `; did you mean "${meant}"?`;
}

/** Letters to insert, remove, replace or swap with their neighbour (optimal string alignment, Damerau 1964). */
export function editDistance(one: string, other: string): number {
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      const swapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      next[j] = Math.min(
        at(next, j - 1) + 1,
        at(row, j) + 1,
        at(row, j - 1) + (same ? 0 : 1),
        swapped ? at(before, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = row;
    row = next;
  }
  return at(row, other.length);
}

function at(row: readonly number[], place: number): number {
  return row[place] ?? Number.POSITIVE_INFINITY;
}
