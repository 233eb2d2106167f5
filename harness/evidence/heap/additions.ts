import type { SourcePosition } from '../../model.ts';
import { type AddedPlace, addedPlaces, linkPlaces } from './added-place.ts';
import { addingByName, linking, nameAsWord, patternsFor } from './adding-patterns.ts';
import type { Analysis } from './analysis.ts';
import { type CodeFile, isCode, matching, sourceOf } from './source-lines.ts';
import type { Way } from './way-to.ts';

/** More lines than these are no help. */
const MOST_LINES = 3;

/**
 * The lines of the program that put what is kept where a way ends, found by the text of the source: they add to
 * a container, or set a field or variable, of the name that the way ends with, in the file of what has it; of
 * objects that hold one another, those as well that set the field by which they do. Empty where a way ends
 * otherwise, the source is not there, or many lines do so.
 */
export function additions(analysis: Analysis): (way: Way) => SourcePosition[] {
  const [placesOf, linksOf] = [addedPlaces(analysis), linkPlaces(analysis)];
  return way => {
    const found = linesFor(placesOf(way));
    const ofLink = linesFor(linksOf(way), linking);
    const isNew = ofLink.every(({ line, file }) =>
      found.every(one => one.line !== line || one.file !== file),
    );
    // A field that many lines set is a list's, which says nothing.
    if (ofLink.length !== 1) return found;
    return isNew ? [...found, ...ofLink] : ofLink;
  };
}

/** By the last name that the source has: what it never calls by a name is a key. */
function linesFor(places: readonly AddedPlace[], patterns = patternsFor): SourcePosition[] {
  const place = places.find(isWritten);
  if (!place) return [];
  const inFile = (file: CodeFile) => linesIn(file, place, patterns);
  // The nearest class that adds there hides those that it extends.
  const nearest = place.files.map(inFile).find(lines => lines !== undefined) ?? [];
  const found = [...nearest, ...place.others.flatMap(file => inFile(file) ?? [])];
  return found.length > MOST_LINES ? [] : distinct(found);
}

function isWritten({ name, files, others }: AddedPlace): boolean {
  const word = nameAsWord(name);
  return [...files, ...others].some(file =>
    sourceOf(file)?.lines.some(line => isCode(line) && word.test(line)),
  );
}

function distinct(lines: readonly SourcePosition[]): SourcePosition[] {
  return [...new Map(lines.map(at => [`${at.file}:${at.line}`, at])).values()];
}

/** Undefined where there are none. */
function linesIn(
  file: CodeFile,
  place: AddedPlace,
  patterns: (place: AddedPlace) => readonly RegExp[],
): SourcePosition[] | undefined {
  const source = sourceOf(file);
  if (!source) return undefined;
  const [within, ...others] = patterns(place).map(pattern => () => matching(source.lines, pattern));
  const byName = () => (place.containers > 1 ? addingByName(source.lines, place) : []);
  const found = [within, byName, ...others].map(look => look?.() ?? []).find(some => some.length > 0);
  return found?.map(at => ({ ...at, file: source.file, function: '' }));
}
