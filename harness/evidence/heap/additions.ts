import { resolve } from 'node:path';
import type { SourcePosition } from '../../model.ts';
import { type AddedPlace, addedPlaces, linkPlaces } from './added-place.ts';
import { addingByName, linking, nameAsWord, patternsFor, symbolNamed } from './adding-patterns.ts';
import type { Analysis } from './analysis.ts';
import { type CodeFile, isCode, matching, sourceOf } from './source-lines.ts';
import { programFiles } from './way-files.ts';
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
  const finder = new LineFinder(analysis);
  return way => {
    const links = linksOf(way);
    const found = finder.find(placesOf(way), place => patternsFor(place, links[0]?.name));
    const ofLink = finder.find(links, linking);
    const isNew = ofLink.every(({ line, file }) =>
      found.every(one => one.line !== line || one.file !== file),
    );
    // A field that many lines set is a list's, which says nothing.
    if (ofLink.length !== 1) return found;
    return isNew ? [...found, ...ofLink] : ofLink;
  };
}

type Patterns = (place: AddedPlace) => readonly RegExp[];

class LineFinder {
  readonly #analysis: Analysis;
  #all: readonly CodeFile[] | undefined;

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  /**
   * Lines by the last name that the source has: what it never calls by a name is a key. A field may be set where its
   * class is not.
   */
  find(places: readonly AddedPlace[], patterns: Patterns): SourcePosition[] {
    const named = places.flatMap(place => this.#named(place));
    const place = named.find(isWritten);
    const near = place ? this.#near(place, patterns(place)) : [];
    const [last] = named;
    const found = near.length > 0 || last === undefined ? near : this.#elsewhere(last, patterns);
    return found.length > MOST_LINES ? [] : found;
  }

  #near(place: AddedPlace, patterns: readonly RegExp[]): SourcePosition[] {
    // The nearest class that adds there hides those that it extends.
    const own =
      place.files.map(file => this.#inFile(file, place, patterns)).find(lines => lines.length > 0) ?? [];
    const others = place.others.flatMap(file => this.#inFile(file, place, patterns));
    return distinct([...own, ...others]);
  }

  #elsewhere(place: AddedPlace, patterns: Patterns): SourcePosition[] {
    if (place.kind === 'variable') return [];
    const other: AddedPlace = { ...place, kind: place.kind === 'symbol' ? 'symbol' : 'field of others' };
    const files = this.#programFiles();
    return distinct(files.flatMap(file => this.#inFile(file, other, patterns(other))));
  }

  #inFile(file: CodeFile, place: AddedPlace, patterns: readonly RegExp[]): SourcePosition[] {
    const source = sourceOf(file);
    if (!source) return [];
    const [within, ...others] = patterns.map(pattern => () => matching(source.lines, pattern));
    const byName = () => (place.containers > 1 ? addingByName(source.lines, place) : []);
    const found = [within, byName, ...others].map(look => look?.() ?? []).find(some => some.length > 0) ?? [];
    return found.map(at => {
      const position = { ...at, file: resolve(source.file), function: '' };
      return this.#analysis.place(position) ?? position;
    });
  }

  /** By the name that the source gives a symbol; none where it gives none. */
  #named(place: AddedPlace): AddedPlace[] {
    if (place.kind !== 'symbol') return [place];
    const pattern = symbolNamed(place.name);
    for (const file of [...place.files, ...place.others, ...this.#programFiles()]) {
      const line = sourceOf(file)?.lines.find(text => isCode(text) && pattern.test(text));
      const name = line && pattern.exec(line)?.[1];
      if (name !== undefined) return [{ ...place, name }];
    }
    return [];
  }

  #programFiles(): readonly CodeFile[] {
    this.#all ??= programFiles(this.#analysis);
    return this.#all;
  }
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
