import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { dirname, join, sep } from 'node:path';
import { childEnvironment } from '../child-environment.ts';
import { compiledFile } from '../compiled.ts';
import { HarnessError } from '../errors.ts';
import type { KeptObjects } from '../model.ts';
import type { ExplainOrder } from './explain-heap-main.ts';
import type { TakenSnapshot } from './heap/explain.ts';

/** Of JavaScript objects, in megabytes; the arrays that hold the snapshots are not among them. */
const MOST_HEAP = 2048;
/** Folders of leakgate's whose code runs in the measured process and holds the subject, */
const HOLDERS = ['worker', 'targets'];
/** and beside it. */
const BOOKS = ['probes', 'ledger'];

/**
 * Says what grew between heap snapshots of one process and who holds it, in a process of its own: neither the
 * measured heap nor this one holds the snapshots. That process reads each snapshot while the next one is
 * still to come.
 */
export class HeapExplainer {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answer: Promise<Answer>;

  constructor(signal?: AbortSignal) {
    this.#process = spawn(process.execPath, [`--max-old-space-size=${MOST_HEAP}`, explainerMain()], {
      env: childEnvironment(),
      ...(signal && { signal }),
    });
    this.#answer = answerOf(this.#process);
    // It has ended before its time; the answer says why.
    this.#process.stdin.on('error', () => undefined);
  }

  /** The next snapshot, in the order in which they were taken. */
  add(snapshot: TakenSnapshot): void {
    this.#order(snapshot);
  }

  /**
   * The last one, after at least one other.
   * @param scenario file of the scenario that ran, where it is known
   * @throws {HarnessError} when a snapshot cannot be read, or is too large for the memory there is.
   */
  async conclude({ path, iteration }: TakenSnapshot, scenario?: string): Promise<readonly KeptObjects[]> {
    const own = {
      holders: HOLDERS.map(ownFolder),
      books: BOOKS.map(ownFolder),
      ...(scenario && { scenario }),
    };
    this.#order({ path, iteration, own });
    this.#process.stdin.end();
    const answer = await this.#answer;
    if ('objects' in answer) return answer.objects;
    throw new HarnessError(
      `Cannot explain the heap snapshots, which must be whole and fit into memory: ${answer.error}`,
    );
  }

  /** Ends the process, if there is nothing to conclude. */
  close(): void {
    this.#process.kill();
  }

  #order(order: ExplainOrder): void {
    this.#process.stdin.write(`${JSON.stringify(order)}\n`);
  }
}

/** Does work with an explainer, which ends with it. */
export async function withExplainer<Result>(
  signal: AbortSignal | undefined,
  work: (explainer: HeapExplainer) => Promise<Result>,
): Promise<Result> {
  const explainer = new HeapExplainer(signal);
  try {
    return await work(explainer);
  } finally {
    explainer.close();
  }
}

type Answer = { readonly objects: readonly KeptObjects[] } | { readonly error: string };

/** What the process printed when it has ended; never rejects. */
function answerOf(child: ChildProcessWithoutNullStreams): Promise<Answer> {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  child.stdout.setEncoding('utf8').on('data', (text: string) => stdout.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => stderr.push(text));
  return new Promise(resolve => {
    child.on('error', error => resolve({ error: failure(error.name, error.message) }));
    child.on('close', (_code, signal) =>
      resolve(parsed(stdout.join('')) ?? { error: failure(signal ?? '', stderr.join('')) }),
    );
  });
}

function parsed(stdout: string): Answer | undefined {
  try {
    return JSON.parse(stdout) as Answer;
  } catch {
    return undefined;
  }
}

/** Why the process ended without an answer, in one line. */
function failure(end: string, stderr: string): string {
  if (end === 'AbortError') return 'interrupted';
  if (/heap out of memory|Array buffer allocation failed/.test(stderr)) return 'out of memory';
  if (end === 'SIGKILL') return 'ended by the system, which may be out of memory';
  return stderr.trim().split('\n').at(-1) || end || 'no answer';
}

/** As it stands in the names of scripts: paths and file URLs end alike. */
function ownFolder(name: string): string {
  return join(dirname(explainerMain()), '..', name) + sep;
}

function explainerMain(): string {
  return compiledFile('harness/evidence/explain-heap-main.js');
}
