import type { Milliseconds } from '../model.ts';
import { type TimerLists, timerLists, timersIn } from '../probes/timer-lists.ts';
import { delay } from './clock.ts';

/** Timers of this duration at most are waited for before a heap snapshot, which is taken seldom. */
export const BEFORE_SNAPSHOT: Milliseconds = 1000;
/** Waits in vain, one after the other, after which nobody waits any more. */
const MOST_FUTILE = 2;

/**
 * Lets what is about to end by itself end: waits until the short timers that are set now have fired,
 * intervals left out. A reading then holds what is kept, and not what was under way, of which there is the
 * more the faster the subject runs. A subject whose timers set themselves again is not waited for a third
 * time. Nothing to wait for where Node does not show its timers.
 */
export class ShortTimers {
  readonly #lists: TimerLists | undefined;
  readonly #wait: (duration: Milliseconds) => Promise<unknown>;
  #futile = 0;
  /** Found at the last look; not handed over in a literal, for the reason that `TakenSample` (sampler.ts) gives. */
  #count = 0;
  #longest: Milliseconds = 0;

  constructor(
    lists: TimerLists | undefined = timerLists(),
    wait: (duration: Milliseconds) => Promise<unknown> = duration => delay(duration),
  ) {
    this.#lists = lists;
    this.#wait = wait;
  }

  /** @param most duration of the longest timer that is waited for */
  async expire(most: Milliseconds): Promise<void> {
    if (!this.#lists || this.#futile >= MOST_FUTILE) return;
    this.#look(this.#lists, most);
    const count = this.#count;
    if (count === 0) return;
    await this.#wait(this.#longest + 1);
    this.#look(this.#lists, most);
    this.#futile = this.#count < count ? 0 : this.#futile + 1;
  }

  #look({ timerListMap }: TimerLists, most: Milliseconds): void {
    this.#count = 0;
    this.#longest = 0;
    for (const duration in timerListMap) {
      const list = timerListMap[duration];
      if (!list || Number(duration) > most) continue;
      for (const { _repeat } of timersIn(list)) {
        if (typeof _repeat === 'number') continue;
        this.#count++;
        this.#longest = Math.max(this.#longest, Number(duration));
      }
    }
  }
}
