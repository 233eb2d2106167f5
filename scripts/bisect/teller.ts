import type { Report } from '../../harness/model.ts';
import { renderEvidence } from '../../reports/evidence.ts';
import { wrap } from '../../reports/wrap.ts';
import { type Surroundings, styleFor, type Terminal } from '../surroundings.ts';
import { git } from './git.ts';
import type { CommitVerdict } from './judge-commit.ts';

/** A commit and the lines of its verdict. */
interface Told {
  readonly commit: string;
  readonly verdict: string;
}

/** The commit with which a leak came, and the last ones without it: of a merge several. */
export interface Found extends Told {
  readonly parents: readonly Told[];
  /** Why it leaks, where that was asked. */
  readonly explained: Report | undefined;
}

/** Prints how a bisection goes, and its answer. */
export class BisectionTeller {
  readonly #surroundings: Surroundings;
  readonly #tree: string;
  readonly #json: boolean;

  /** @param tree where git knows the commits */
  constructor(surroundings: Surroundings, tree: string, json: boolean) {
    this.#surroundings = surroundings;
    this.#tree = tree;
    this.#json = json;
  }

  testing(commit: string, where: string): void {
    this.#say(`Testing ${this.#title(commit)} (${where})`);
  }

  tested({ outcome, text }: CommitVerdict): void {
    const skipped = outcome === 'untestable' ? 'skipped: ' : '';
    this.#say(this.#indented(`${skipped}${text}`, this.#surroundings.stderr));
  }

  wrongEnd(end: 'good' | 'bad', commit: string, { outcome, text }: CommitVerdict): void {
    const is = { steady: 'it is steady', leaks: 'it leaks', untestable: 'it cannot be tested' }[outcome];
    const required = end === 'bad' ? 'leak' : 'be steady';
    this.#say(`Cannot bisect as the ${end} end ${this.#title(commit)} must ${required}: ${is}`);
    this.#sayAsJson({ outcome: 'wrong-end', end, commit, verdict: text });
  }

  explaining(commit: string): void {
    this.#say(`Looking for what ${this.#title(commit)} keeps`);
  }

  found(found: Found): void {
    const { commit, verdict, parents, explained } = found;
    const { stdout, env } = this.#surroundings;
    const [hash = '', author = '', date = '', title = ''] = this.#log(commit, '%H%n%an <%ae>%n%aI%n%s').split(
      '\n',
    );
    if (this.#json) {
      const evidence = explained?.evidence ?? [];
      this.#sayAsJson({
        outcome: 'found',
        commit: hash,
        author,
        date,
        title,
        verdict,
        parents,
        evidence,
      });
      return;
    }
    const lines = [
      `The leak came with ${hash}`,
      `  author  ${author}`,
      `  date    ${date}`,
      `  title   ${title}`,
      'with it',
      this.#indented(verdict, stdout),
      ...parents.flatMap(parent => [
        `before it, at ${this.#title(parent.commit)}`,
        this.#indented(parent.verdict, stdout),
      ]),
    ];
    stdout.write(`${lines.join('\n')}\n`);
    if (!explained || explained.evidence.length === 0) return;
    const text = renderEvidence(explained, styleFor(stdout, env));
    stdout.write(`\n${text}`);
  }

  /** git's own words say which commits are left, or which merge base leaks already. */
  lost(stdout: string, stderr: string): void {
    const said = [stdout, stderr]
      .join('\n')
      .split('\n')
      .filter(line => line.trim() !== '');
    const base = said.map(line => /^The merge base (\w+) is bad/.exec(line)?.[1]).find(Boolean);
    this.#say(
      base === undefined
        ? 'Cannot tell the commit as those left must build, run, and be steady or leak; git says:'
        : `Cannot tell the commit as ${this.#title(base)}, the last one that both ends have in common, must be steady: it leaks, and the good end mends it; git says:`,
    );
    for (const line of said) {
      this.#say(`  ${isCommit(line) ? this.#title(line) : line}`);
    }
    this.#sayAsJson({ outcome: 'undecided', commits: base === undefined ? said.filter(isCommit) : [base] });
  }

  #indented(text: string, terminal: Terminal): string {
    const { width } = styleFor(terminal, this.#surroundings.env);
    return text
      .split('\n')
      .map(line => wrap(`  ${line}`, width, 4))
      .join('\n');
  }

  #sayAsJson(answer: object): void {
    if (this.#json) this.#surroundings.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
  }

  #title(commit: string): string {
    return this.#log(commit, '%h "%s"');
  }

  #log(commit: string, format: string): string {
    return git(this.#tree, 'log', '-1', `--format=${format}`, commit);
  }

  #say(line: string): void {
    this.#surroundings.stderr.write(`${line}\n`);
  }
}

function isCommit(line: string): boolean {
  return /^[0-9a-f]{40,}$/.test(line);
}
