import { readdirSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { UsageError } from '../harness/errors.ts';
import type { ResourceKind } from '../harness/model.ts';
import { packageRoot } from './package-root.ts';

export type CorpusKind = 'leaks' | 'decoys';

/** One module of the corpus, and what a right verdict on it says. */
export interface CorpusCase {
  readonly kind: CorpusKind;
  readonly name: string;
  readonly path: string;
  /** Of a leak. */
  readonly leak?: ExpectedLeak;
  /** Of a leak. */
  readonly evidence?: ExpectedEvidence;
  /** Of a decoy: its growth stops early enough to be called a plateau. */
  readonly plateau: boolean;
}

interface ExpectedLeak {
  readonly metric: string;
  /** Metrics that are as right. */
  readonly alternatives?: readonly string[];
  /** Growth of `metric` per iteration, for as long as it leaks; of bytes only about. */
  readonly rate: number;
  readonly unit: string;
}

/** What the evidence of a leak must say: what is kept and by whom, or where it was created, or both. */
interface ExpectedEvidence {
  /** What is kept on the heap: the name ranked first begins with, or holds, one of these. */
  readonly objects?: readonly string[];
  /** Who holds it: its most frequent path names one of these. */
  readonly holders?: readonly string[];
  /**
   * Who allocates most of it: a function of another module than the case; null: nobody who could be met, as
   * off the heap and in a thread.
   */
  readonly allocator?: string | null;
  /** Of the timer, handle, descriptor or listener that is kept. */
  readonly kind?: ResourceKind;
  /** Text on the line which creates that; several where it has two ends. */
  readonly created?: readonly string[];
}

const FOLDER = new URL('tests/corpus/', packageRoot());

/**
 * The cases in alphabetical order, leaks first.
 * @param only names; empty: all of them
 * @throws {UsageError} for an unknown name.
 */
export async function corpusCases(only: readonly string[] = []): Promise<CorpusCase[]> {
  const cases = [...filesOf('leaks'), ...filesOf('decoys')];
  const unknown = only.find(name => !cases.some(one => one.name === name));
  if (unknown !== undefined) {
    throw new UsageError(`Cannot run a case as it must be in tests/corpus: current value is "${unknown}"`);
  }
  const wanted = cases.filter(({ name }) => only.length === 0 || only.includes(name));
  return Promise.all(wanted.map(withExpectation));
}

type CorpusFile = Pick<CorpusCase, 'kind' | 'name' | 'path'>;

function filesOf(kind: CorpusKind): CorpusFile[] {
  const folder = new URL(`${kind}/`, FOLDER);
  return readdirSync(folder)
    .filter(file => file.endsWith('.mjs'))
    .sort()
    .map(file => ({ kind, name: file.slice(0, -'.mjs'.length), path: fileURLToPath(new URL(file, folder)) }));
}

/** The modules start nothing when they are loaded, so that this process may ask them what they expect. */
async function withExpectation(file: CorpusFile): Promise<CorpusCase> {
  const module: Expectations = await import(pathToFileURL(file.path).href);
  const { leak, plateau, expectEvidence } = module;
  return {
    ...file,
    plateau: plateau === true,
    ...(leak && { leak }),
    ...(expectEvidence && { evidence: expectEvidence }),
  };
}

interface Expectations {
  readonly leak?: ExpectedLeak;
  readonly plateau?: boolean;
  readonly expectEvidence?: ExpectedEvidence;
}
