/**
 * Time as the measured side needs it, taken before the scenario is loaded: fake timers, which a subject may put in
 * the place of the global ones and of those of Node's modules, stand still or jump.
 * @module
 */

import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import type { Milliseconds } from '../model.ts';

export const now: () => Milliseconds = performance.now.bind(performance);
/** Resolves in the next turn of the event loop. */
export const turn = setImmediate;
export const delay = wait;
export const startTimer = setTimeout;
export const stopTimer = clearTimeout;
