import {
  endOf,
  HEAP_USED,
  type Milliseconds,
  type RunEvent,
  type Sample,
  type ScenarioDescription,
  type Stage,
  type Trial,
  type TrialResult,
  type Verdict,
} from '../harness/model.ts';
import { OUTCOME_NAMES } from './badge.ts';
import { formatCount, formatDuration, formatNumber, formatSignedBytes } from './format.ts';
import { liveLine } from './live-line.ts';
import { type Page, page, paint } from './page.ts';
import { printableText } from './printable.ts';
import { shortTrialName } from './short-trial-name.ts';
import { warningText } from './warning-wording.ts';
import { faultText } from './wording.ts';
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
 * that is redrawn; elsewhere trials announce their start and end. It tells no verdict but one that it is given.
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

  /**
   * Text to write for one event; empty where there is nothing to tell.
   * @param outcome of the trial that the event ends, where it can be told without the others
   */
  textFor(event: RunEvent, outcome?: Verdict['outcome']): string {
    return this.textOf(this.#told(event, outcome));
  }

  /**
   * Text to write each time that a period has passed: a trial that gave no reading for a whole one may hang.
   * @param period always the same
   */
  textAfter(period: Milliseconds): string {
    for (const running of this.#running.values()) {
      if (running.heard) running.heard = false;
      else running.silence += period;
    }
    const silent = [...this.#running].filter(([, { silence }]) => silence > 0);
    if (silent.length === 0) return '';
    const lines = silent.map(([id, { silence, trial }]) => {
      const deadline = formatDuration(trial.options.deadline);
      return `still   ${printableText(id)}: ${silenceText(silence)}; without a sign of life it is ended after ${deadline} (--deadline)`;
    });
    return this.textOf(this.#options.redraw ? '' : lines.join('\n'));
  }

  /** Text to write for a line that stays, above the live ones. */
  textOf(line: string): string {
    if (!this.#options.redraw) return line === '' ? '' : `${line}\n`;
    const live = [...this.#running.values()].map(running => this.#liveLine(running));
    const lines = line === '' ? live : [truncate(line, this.#options.width), ...live];
    const text = this.#erased() + lines.map(line => `${line}\n`).join('');
    this.#drawn = live.length;
    return text;
  }

  /** Takes the live lines off the terminal, before somebody else writes there; the next event draws them again. */
  clear(): string {
    const text = this.#erased();
    this.#drawn = 0;
    return text;
  }

  /** Follows the event, and gives the line that stays, if it leaves one. */
  #told(event: RunEvent, outcome?: Verdict['outcome']): string {
    if ('trial' in event) this.#note(event.trial, { heard: true, silence: 0 });
    switch (event.type) {
      case 'plan':
        for (const trial of event.trials) this.#trials.set(trial.id, trial);
        return `${this.#count(event.trials)} planned${budgetText(event.trials)}`;
      case 'trial:start':
        return this.#started(event.trial);
      case 'warmup':
        this.#note(event.trial, { phase: 'measuring' });
        return '';
      case 'metrics':
        return '';
      case 'stage':
        this.#note(event.trial, { stage: event.stage });
        return '';
      case 'sample':
        return this.#sampled(event.trial, event.sample);
      case 'warning': {
        const { text, advice } = warningText(event.warning);
        return printableText(`warning ${text}; ${advice}`);
      }
      case 'trial:end':
        return this.#ended(event.trial, event.result, outcome);
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
    this.#running.set(id, { trial, samples: [], phase: 'warming up', told: 0, heard: true, silence: 0 });
    return this.#options.redraw ? '' : `started ${printableText(id)}`;
  }

  #note(id: string, news: Partial<Pick<Running, 'phase' | 'heard' | 'silence' | 'stage'>>): void {
    const running = this.#running.get(id);
    if (running) Object.assign(running, news);
  }

  /** Where no line is redrawn, a long trial says now and then how far it is. */
  #sampled(id: string, sample: Sample): string {
    const running = this.#running.get(id);
    if (running === undefined) return '';
    running.samples.push(sample);
    const total = totalOf(running);
    if (this.#options.redraw || sample.elapsed < running.told + TELLING || sample.iteration >= total)
      return '';
    running.told = sample.elapsed;
    const done = `${formatNumber(sample.iteration)} of ${formatCount(total, this.#unit(running.trial))}`;
    return `still   ${printableText(id)}: ${done}, ${timeLeft(sample, total)}`;
  }

  #ended(id: string, result: TrialResult, outcome?: Verdict['outcome']): string {
    this.#running.delete(id);
    const name = printableText(id);
    const facts = `${heapSoFar(result.samples)}${formatCount(result.samples.length, 'sample')}`;
    if (result.outcome === 'faulted') {
      const { fault } = result;
      if (fault.kind === 'interrupted') {
        return `ended   ${name}: ${printableText(lowered(faultText(fault)))}; ${facts} kept`;
      }
      return printableText(`faulted ${name}: ${fault.kind}: ${faultText(fault)}; ${facts} kept`);
    }
    const done = formatCount(result.samples.at(-1)?.iteration ?? 0, this.#unit(result.trial));
    const told = outcome ? `${OUTCOME_NAMES[outcome]}, ` : '';
    return `done    ${name}: ${told}${done} in ${formatDuration(result.wall)}, ${facts}`;
  }

  #liveLine(running: Running): string {
    const { trial, samples, phase, silence } = running;
    const { width } = this.#options;
    const last = samples.at(-1);
    const done = last?.iteration ?? 0;
    const total = totalOf(running);
    const columns = Math.min(NAME_COLUMNS, Math.floor(width / 4));
    const name = shortTrialName(printableText(trial.id), this.#subjects(), columns);
    const heap = samples.flatMap(sample => sample.readings[HEAP_USED] ?? []);
    const unit = this.#unit(trial);
    const silent = silence > 0 ? silenceText(silence) : '';
    const slope = slopeSoFar(samples, unit);
    const progress = last
      ? { done, total, unit, heap, slope, left: silent || timeLeft(last, total) }
      : [phase, silent].filter(text => text !== '').join(', ');
    const shown = liveLine(padEnd(name, columns), progress, width - 1);
    return paint(this.#page, 'quiet', shown.slice(0, name.length)) + shown.slice(name.length);
  }

  /** The null run has nothing in common with them, and would keep everything in their names. */
  #subjects(): readonly string[] {
    const names = this.#options.scenarios.map(({ name }) => name);
    return [...this.#trials.values()].flatMap(({ id, scenario }) =>
      names.includes(scenario) ? [printableText(id)] : [],
    );
  }

  #unit(trial: Trial): string {
    return this.#options.scenarios.find(scenario => scenario.name === trial.scenario)?.unit ?? 'iteration';
  }

  /** Moves to the first line drawn before and clears from there (ECMA-48: CPL, ED). */
  #erased(): string {
    return this.#drawn === 0 ? '' : `\u001b[${this.#drawn}F\u001b[J`;
  }
}

/** How long a trial may take whose verdict is open; empty where none may take longer than planned. */
function budgetText(trials: readonly Trial[]): string {
  const open = trials.filter(
    ({ options }) => options.maxIterations === 0 || options.maxIterations >= 2 * options.iterations,
  );
  const budget = Math.max(0, ...open.map(({ options }) => options.budget));
  return budget === 0 ? '' : `; one in doubt goes on, for up to ${formatDuration(budget)} (--budget)`;
}

interface Running {
  readonly trial: Trial;
  readonly samples: Sample[];
  /** By which the trial was prolonged last. */
  stage?: Stage;
  phase: string;
  /** When it last said how far it is. */
  told: Milliseconds;
  /** Whether anything was heard of it in the current period. */
  heard: boolean;
  /** How long nothing had been heard of it when the last period ended, in whole periods. */
  silence: Milliseconds;
}

/** Iterations at the end of the stage that it is in. */
function totalOf({ trial, samples, stage }: Running): number {
  return Math.max(samples.at(-1)?.iteration ?? 0, stage ? endOf(stage) : trial.options.iterations);
}

/** A trial into a pipe says at most every so often how far it is, or that nothing is heard of it. */
export const TELLING: Milliseconds = 20_000;
const NAME_COLUMNS = 28;

/** First reading against last one, no more: verdicts are not made here. */
function slopeSoFar(samples: readonly Sample[], unit: string): string {
  const first = samples[0];
  const last = samples.at(-1);
  if (first === undefined || last === undefined || first.iteration === last.iteration) return '';
  const growth = (last.readings[HEAP_USED] ?? 0) - (first.readings[HEAP_USED] ?? 0);
  return `${formatSignedBytes(growth / (last.iteration - first.iteration))}/${unit}`;
}

/** If it goes on as fast as so far, in whole seconds. */
function timeLeft({ iteration, elapsed }: Sample, total: number): string {
  if (iteration === 0) return '';
  const seconds = Math.ceil(((elapsed / iteration) * (total - iteration)) / 1000);
  return `${formatDuration(seconds * 1000)} left`;
}

function silenceText(silence: Milliseconds): string {
  return `no reading for ${formatDuration(silence)}`;
}

function heapSoFar(samples: readonly Sample[]): string {
  const first = samples[0]?.readings[HEAP_USED];
  const last = samples.at(-1)?.readings[HEAP_USED];
  return first === undefined || last === undefined ? '' : `heap ${formatSignedBytes(last - first)}, `;
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
