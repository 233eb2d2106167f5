import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';

/** Questions with an answer each; Enter takes the default. */
export interface Dialogue {
  /** Whether who answered wrongly can be asked again. */
  readonly isPatient: boolean;
  text(question: string, otherwise: string): Promise<string>;
  confirm(question: string, otherwise: boolean): Promise<boolean>;
  close(): void;
}

/** The person has gone: end of input, or Ctrl-C. */
export class DialogueEnded extends Error {
  override readonly name: string = 'DialogueEnded';
}

/** Takes every default without asking. */
export const AGREEING: Dialogue = {
  isPatient: false,
  text: (_question, otherwise) => Promise.resolve(otherwise),
  confirm: (_question, otherwise) => Promise.resolve(otherwise),
  close: () => {},
};

/** Asks on a terminal. Its questions reject with `DialogueEnded` when the input ends. */
export function dialogue(input: Readable, output: Writable): Dialogue {
  const lines = createInterface({ input, output });
  const ended = new Promise<never>((_, reject) => {
    lines.once('close', () => reject(new DialogueEnded('The input has ended')));
  });
  ended.catch(() => {});
  lines.on('SIGINT', () => lines.close());
  const ask = async (question: string) => (await Promise.race([lines.question(question), ended])).trim();
  return {
    isPatient: true,
    async text(question, otherwise) {
      return (await ask(`${question} ${otherwise === '' ? '' : `(${otherwise}) `}`)) || otherwise;
    },
    async confirm(question, otherwise) {
      for (;;) {
        const answer = (await ask(`${question} ${otherwise ? '[Y/n]' : '[y/N]'} `)).toLowerCase();
        if (answer === '') return otherwise;
        if (['y', 'yes'].includes(answer)) return true;
        if (['n', 'no'].includes(answer)) return false;
      }
    },
    close: () => lines.close(),
  };
}
