import { basename, resolve } from 'node:path';
import type { SourcePosition } from '../../model.ts';
import { esModules } from '../../snapshot/es-modules.ts';
import { type AddedPlace, addedPlaces, linkPlaces } from './added-place.ts';
import { addingLines, type Patterns } from './adding-lines.ts';
import { linking, nameAsWord, patternsFor, symbolNamed, type Writing } from './adding-patterns.ts';
import type { Analysis } from './analysis.ts';
import { preferringClass } from './class-bodies.ts';
import { HandedOn } from './handed-on.ts';
import {
  type Exporter,
  exportedAgain,
  exportedAs,
  type Importer,
  importedAs,
  namespacesIn,
} from './import-names.ts';
import { addingByOtherNames } from './other-names.ts';
import { type CodeFile, isCode, type LinePlace, matching, type Source, sourceOf } from './source-lines.ts';
import { programFiles } from './way-files.ts';
import type { Hop } from './way-on.ts';
import { SYMBOL_REGISTRY, type Way } from './way-to.ts';

/** More lines than these are no help. */
const MOST_LINES = 3;
/** No type of TypeScript, no method of that name, and not `import()` in a text. */
const IMPORT = /(?<![.\w$]|\btypeof )import *\((?! *(?:'[^']*'|"[^"]*") *\)\.[A-Z]| *\))/;
/** With nothing but text, so of one module for good. */
const LITERAL_IMPORT = /\bimport *\( *(?:'[^']*'|"[^"]*"|`[^`$]*`) *[),]/;

/** Of a name that is put together: one that is nothing but text is registered once. */
const SYMBOL_FOR = /(?<![.\w$])Symbol\.for\((?! *(?:'[^']*'|"[^"]*"|`[^`$]*`) *\))/;

/**
 * The lines of the program that put what is kept where a way ends, found by the text of the source: they add to
 * a container, or set a field or variable, of the name that the way ends with, in the file of what has it, or else
 * to a container by a name that it has been given; of objects that hold one another, those as well that set the
 * field by which they do; of a module those that import it; of a symbol of the registry those that register one.
 * Empty where a way ends otherwise, the source is not there, or many lines do so.
 */
export function additions(analysis: Analysis): (way: Way) => SourcePosition[] {
  const [placesOf, linksOf] = [addedPlaces(analysis), linkPlaces(analysis)];
  const finder = new LineFinder(analysis);
  const { snapshot } = analysis;
  const urlOf = esModules(snapshot);
  const internal = snapshot.edgeTypes.indexOf('internal');
  const isRegistry = ({ edge }: Hop) =>
    snapshot.edgeTypeOf[edge] === internal &&
    snapshot.strings.at(snapshot.edgeNames[edge] as number) === SYMBOL_REGISTRY;
  return way => {
    const url = urlOf(way.hops.at(-1)?.node ?? 0);
    if (url !== undefined) return finder.importsOf(url);
    if (way.hops.some(isRegistry)) return finder.registrations();
    const links = linksOf(way);
    const found = finder.find(placesOf(way), writing => patternsFor(writing, links[0]?.name));
    const ofLink = finder.find(links, linking);
    const isNew = ofLink.every(({ line, file }) =>
      found.every(one => one.line !== line || one.file !== file),
    );
    // A field that many lines set is a list's, which says nothing.
    if (ofLink.length !== 1) return found;
    return isNew ? [...found, ...ofLink] : ofLink;
  };
}

/** Finds the lines of a file that put something where it writes so. */
type Look = (source: Source, writing: Writing) => LinePlace[];

/** Looks for the lines of one snapshot's ways: in the files on the way first, and in all of the program where it must. */
class LineFinder {
  readonly #analysis: Analysis;
  /** Files of the program, listed when they are asked for. */
  #all: readonly CodeFile[] | undefined;
  readonly #handedOn = new HandedOn(() => this.#programFiles());

  constructor(analysis: Analysis) {
    this.#analysis = analysis;
  }

  /** Lines by the last name that the source has: what it never calls by a name is a key. */
  find(places: readonly AddedPlace[], patterns: Patterns): SourcePosition[] {
    const place = places.flatMap(one => this.#named(one)).find(one => this.#isMentioned(one));
    if (!place) return [];
    const byName = this.#look(place, (source, writing) => {
      const lines = addingLines(source.lines, writing, patterns);
      return place.className === undefined ? lines : preferringClass(lines, source, place.className);
    });
    const found =
      byName.length > 0 || place.containers === 0
        ? byName
        : this.#look(place, (source, writing) => addingByOtherNames(source, writing, this.#handedOn));
    return found.length > MOST_LINES ? [] : found;
  }

  #look(place: AddedPlace, look: Look): SourcePosition[] {
    const near = distinct(this.#near(place, look));
    return near.length > 0 ? near : distinct(this.#elsewhere(place, look));
  }

  /** Lines with an `import()` of the module: those that name its file, else the only one of the program. */
  importsOf(url: string): SourcePosition[] {
    const imports = this.#programFiles().flatMap(file => this.#matches(file, IMPORT));
    const name = decoded(basename(url)).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    const ofFile = new RegExp(`(?<![\\w.-])${name}(?![\\w-])`);
    const named = name === '' ? [] : imports.filter(({ text }) => ofFile.test(text));
    // What is imported by a name alone is another module.
    const others = imports.filter(({ text }) => !LITERAL_IMPORT.test(text));
    const found = distinct((named.length > 0 ? named : others).map(({ position }) => position));
    return found.length > (named.length > 0 ? MOST_LINES : 1) ? [] : found;
  }

  /** Lines that put a symbol into the registry. */
  registrations(): SourcePosition[] {
    const found = distinct(
      this.#programFiles().flatMap(file => this.#matches(file, SYMBOL_FOR).map(({ position }) => position)),
    );
    return found.length > MOST_LINES ? [] : found;
  }

  #near(place: AddedPlace, look: Look): SourcePosition[] {
    const inFile = (file: CodeFile) => ownWritings(place, file).flatMap(one => this.#inFile(file, one, look));
    // The nearest class that adds there hides those that it extends.
    const own = place.files.map(inFile).find(lines => lines.length > 0) ?? [];
    const others = place.others.flatMap(file => this.#inFile(file, place, look));
    const exporters = this.#exporters(place);
    const importers = (place.exported?.importers ?? []).flatMap(file =>
      importedWritings(place, exporters, file).flatMap(one => this.#inFile(file, one, look)),
    );
    const byNamespace = exporters.flatMap(one => this.#byNamespace(place, one, look));
    return [...own, ...others, ...importers, ...byNamespace];
  }

  /** Modules that export it, its own first, with the names by which they do. */
  #exporters({ exported, files }: AddedPlace): readonly Exporter[] {
    if (!exported) return [];
    const found: Exporter[] = [{ files: files.flat(), names: exported.names }];
    // Of those that are found now, too: what they export may be exported again.
    for (const exporter of found) {
      for (const file of this.#programFiles()) {
        if (found.some(one => file.some(path => one.files.includes(path)))) continue;
        const names = exportedAgain(importerOf(file), exporter);
        if (names.length > 0) found.push({ files: file, names });
      }
    }
    return found;
  }

  /** Of what a module exports, in modules that have all that it exports. */
  #byNamespace(place: AddedPlace, exporter: Exporter, look: Look): SourcePosition[] {
    if (place.kind !== 'variable') return [];
    return this.#programFiles().flatMap(file =>
      namespacesIn(importerOf(file), exporter).flatMap(owner =>
        exporter.names.flatMap(name =>
          this.#inFile(file, { ...place, name, kind: 'field of others', owner }, look),
        ),
      ),
    );
  }

  /** A field may be set where its class is not, of an object that is passed there. */
  #elsewhere(place: AddedPlace, look: Look): SourcePosition[] {
    if (place.kind === 'variable' || (place.files.length === 0 && !place.anywhere)) return [];
    const writing: Writing = { ...place, kind: place.kind === 'symbol' ? 'symbol' : 'field of others' };
    return this.#programFiles().flatMap(file => this.#inFile(file, writing, look));
  }

  #inFile(file: CodeFile, writing: Writing, look: Look): SourcePosition[] {
    const source = sourceOf(file);
    if (!source) return [];
    return look(source, writing).map(at => this.#placed(at, source));
  }

  #matches(file: CodeFile, pattern: RegExp): { readonly position: SourcePosition; readonly text: string }[] {
    const source = sourceOf(file);
    if (!source) return [];
    return matching(source.lines, pattern).map(at => ({
      position: this.#placed(at, source),
      // The argument may stand below.
      text: source.lines.slice(at.line - 1, at.line + 1).join(' '),
    }));
  }

  #placed(at: LinePlace, { file }: Source): SourcePosition {
    const position = { ...at, file: resolve(file), function: '' };
    return this.#analysis.place(position) ?? position;
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

  /** Whether the program has the name anywhere, if not as a text; of a source that is not there it is taken to. */
  #isMentioned({ name, kind, files, others, exported }: AddedPlace): boolean {
    if (exported && kind === 'variable') return true;
    const near = [...files, ...others].map(sourceOf);
    if (near.length === 0 || near.includes(undefined)) return true;
    const word = nameAsWord(name);
    const hasWord = (file: CodeFile) =>
      sourceOf(file)?.lines.some(line => isCode(line) && word.test(line)) ?? false;
    return [...files, ...others].some(hasWord) || (kind !== 'variable' && this.#programFiles().some(hasWord));
  }

  #programFiles(): readonly CodeFile[] {
    this.#all ??= programFiles(this.#analysis);
    return this.#all;
  }
}

/** How the file of a place writes it. */
function ownWritings(place: AddedPlace, file: CodeFile): Writing[] {
  const { exported, kind } = place;
  if (!exported || kind !== 'variable') return [place];
  return exportedAs(sourceOf(file)?.lines ?? [], exported.names).map(name => ({ ...place, name }));
}

/** How a file writes it that imports the variable that it is, or is a field of. */
function importedWritings(place: AddedPlace, exporters: readonly Exporter[], file: CodeFile): Writing[] {
  const locals = exporters.flatMap(exporter => importedAs(importerOf(file), exporter));
  return [...new Set(locals)].map(local =>
    place.kind === 'variable'
      ? { ...place, name: local }
      : { ...place, kind: 'field of others', owner: local },
  );
}

function importerOf(file: CodeFile): Importer {
  return { files: file, lines: sourceOf(file)?.lines ?? [] };
}

/** Of a URL what the source may say. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function distinct(lines: readonly SourcePosition[]): SourcePosition[] {
  return [...new Map(lines.map(at => [`${at.file}:${at.line}`, at])).values()];
}
