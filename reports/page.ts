import { Chalk, type ChalkInstance } from 'chalk';
import type { Tone } from './table.ts';

/** What a terminal section needs beside its data. */
export interface Page {
  /** Columns; `Infinity` where nothing limits them. */
  readonly width: number;
  readonly chalk: ChalkInstance;
}

/** @param color whether escape codes may be written at all */
export function page(width: number, color: boolean): Page {
  return { width, chalk: new Chalk({ level: color ? 1 : 0 }) };
}

export function paint({ chalk }: Page, tone: Tone, text: string): string {
  switch (tone) {
    case 'bad':
      return chalk.red(text);
    case 'good':
      return chalk.green(text);
    case 'doubt':
      return chalk.yellow(text);
    case 'quiet':
      return chalk.dim(text);
    case 'plain':
      return text;
  }
}

export function heading({ chalk }: Page, text: string): string {
  return chalk.bold(text);
}
