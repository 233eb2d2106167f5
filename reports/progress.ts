import type { RunEvent, Sample, ScenarioDescription, Stage, Trial, TrialResult } from '../harness/model.ts';
import {
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatSignedBytes,
  plural,
} from './format.ts';
import { type Page, page, paint } from './page.ts';
import { printableText } from './printable.ts';
import { sparkline } from './sparkline.ts';
import { faultText, warningText } from './wording.ts';
import { padEnd, truncate } from './wrap.ts';

export interface ProgressOptions {
  /** Columns of the terminal. */
  readonly width: number;
  readonly color: boolean;
  /** A terminal on which lines can be redrawn; otherwise plain lines without any control code. */
  readonly redraw: boolean;
  /** Where the unit of a scenario's iterations is taken from. */
  readonly scenarios: readonly ScenarioDescription[];
}

/**
 * Live progress of a run: give it every event and write what it returns. On a terminal each running trial has one line
 * that is redrawn; elsewhere trials announce their start and end. It tells facts, never verdicts.
 */
export class Progress {
  readonly #options: ProgressOptions;
  readonly #page: Page;
  readonly #trials = new Map<string, Trial>();
  readonly #running = new Map<string, Running>();
  /** Lines on the terminal that the next event draws over. */
  #drawn = 0;

  constructor(options: ProgressOptions) {
    this.#options = options;
    this.#page = page(options.width, options.color);
  }

  /** Text to write for one event; empty where there is nothing to tell. */
  handle(event: RunEvent): string {
    const told = this.#told(event);
    if (!this.#options.redraw) return told === '' ? '' : `${told}\n`;
    const live = [...this.#running.values()].map(running => this.#liveLine(running));
    const lines = told === '' ? live : [truncate(told, this.#options.width), ...live];
    const text = this.#erased() + lines.map(line => `${line}\n`).join('');
    this.#drawn = live.length;
    return text;
  }

  /** Follows the event, and gives the line that stays, if it leaves one. */
  #told(event: RunEvent): string {
    switch (event.type) {
      case 'plan':
        for (const trial of event.trials) this.#trials.set(trial.id, trial);
        return `${this.#count(event.trials)} planned`;
      case 'trial:start':
        return this.#started(event.trial);
      case 'warmup':
        this.#running.get(event.trial)?.phases.push('measuring');
        return '';
      case 'metrics':
        return '';
      case 'stage':
        this.#running.get(event.trial)?.stages.push(event.stage);
        return '';
      case 'sample':
        this.#running.get(event.trial)?.samples.push(event.sample);
        return '';
      case 'warning': {
        const { text, advice } = warningText(event.warning);
        return printableText(`warning ${text}; ${advice}`);
      }
      case 'trial:end':
        return this.#ended(event.trial, event.result);
      case 'end':
        return `finished in ${formatDuration(event.elapsed)}`;
    }
  }

  /** The null run belongs to no described scenario; it is counted apart, as in the report. */
  #count(trials: readonly Trial[]): string {
    const names = this.#options.scenarios.map(({ name }) => name);
    const described = trials.filter(({ scenario }) => names.includes(scenario)).length;
    return `${formatCount(described, 'trial')}${described < trials.length ? ' and the null run' : ''}`;
  }

  #started(id: string): string {
    const trial = this.#trials.get(id);
    if (trial === undefined) return '';
    this.#running.set(id, { trial, samples: [], stages: [], phases: ['warming up'] });
    return this.#options.redraw ? '' : `started ${printableText(id)}`;
  }

  #ended(id: string, result: TrialResult): string {
    this.#running.delete(id);
    const name = printableText(id);
    const facts = `${heapSoFar(result.samples)}${formatCount(result.samples.length, 'sample')}`;
    if (result.outcome === 'faulted') {
      const { fault } = result;
      return printableText(`faulted ${name}: ${fault.kind}: ${faultText(fault)}; ${facts} kept`);
    }
    const done = formatCount(result.samples.at(-1)?.iteration ?? 0, this.#unit(result.trial));
    return `done    ${name}: ${done} in ${formatDuration(result.wall)}, ${facts}`;
  }

  #liveLine({ trial, samples, stages, phases }: Running): string {
    const last = samples.at(-1);
    const done = last?.iteration ?? 0;
    const stage = stages.at(-1);
    const total = Math.max(
      done,
      stage ? stage.from + stage.windows * stage.length : trial.options.iterations,
    );
    const heap = samples.flatMap(sample => sample.readings['heap.used'] ?? []);
    const state =
      last === undefined
        ? (phases.at(-1) ?? '')
        : `${formatNumber(done)}/${formatNumber(total)} ${plural(this.#unit(trial))}  ${formatBytes(heap.at(-1) ?? 0)}` +
          `${slopeSoFar(samples, this.#unit(trial))}`;
    const name = truncate(printableText(trial.id), NAME_COLUMNS);
    const bars = sparkline(heap, BAR_COLUMNS);
    const line = truncate(
      `${padEnd(name, NAME_COLUMNS)} ${bar(done / total)} ${state}  ${bars}`.trimEnd(),
      this.#options.width - 1,
    );
    return paint(this.#page, 'quiet', line.slice(0, name.length)) + line.slice(name.length);
  }

  #unit(trial: Trial): string {
    return this.#options.scenarios.find(scenario => scenario.name === trial.scenario)?.unit ?? 'iteration';
  }

  /** Moves to the first line drawn before and clears from there (ECMA-48: CPL, ED). */
  #erased(): string {
    return this.#drawn === 0 ? '' : `\u001b[${this.#drawn}F\u001b[J`;
  }
}

interface Running {
  readonly trial: Trial;
  readonly samples: Sample[];
  /** By which the trial was prolonged. */
  readonly stages: Stage[];
  readonly phases: string[];
}

const NAME_COLUMNS = 28;
const BAR_COLUMNS = 12;

function bar(share: number): string {
  const filled = Math.round(Math.min(1, share) * BAR_COLUMNS);
  return '█'.repeat(filled) + '░'.repeat(BAR_COLUMNS - filled);
}

/** First reading against last one, no more: verdicts are not made here. */
function slopeSoFar(samples: readonly Sample[], unit: string): string {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || first.iteration === last.iteration) return '';
  const growth = (last.readings['heap.used'] ?? 0) - (first.readings['heap.used'] ?? 0);
  return `  ${formatSignedBytes(growth / (last.iteration - first.iteration))}/${unit} so far`;
}

function heapSoFar(samples: readonly Sample[]): string {
  const first = samples[0]?.readings['heap.used'];
  const last = samples.at(-1)?.readings['heap.used'];
  return first === undefined || last === undefined ? '' : `heap ${formatSignedBytes(last - first)}, `;
}
