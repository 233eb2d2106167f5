/**
 * The plain data that every part of leakgate shares. Everything here survives JSON: a value can be sent between
 * processes, written to disk and read back without loss. Beside the data stands what can be told of it by itself.
 *
 * Vocabulary: a *scenario* exercises a *build* in a *trial* (one fresh process). *Probes* are read after
 * every *window* of iterations and give *samples*; one metric over one trial is a *series*; a series gives an
 * *estimate*; the estimates of a trial give its *verdict*; all of it is the *report*.
 * @module
 */

export type * from './model/base.ts';
export * from './model/certification.ts';
export type * from './model/evidence.ts';
export * from './model/frames.ts';
export type * from './model/metric.ts';
export * from './model/metric-kinds.ts';
export * from './model/nouns.ts';
export * from './model/rates.ts';
export * from './model/report.ts';
export * from './model/result.ts';
export * from './model/thread-heaps.ts';
export * from './model/trial.ts';
export type * from './model/units.ts';
export type * from './model/verdict.ts';
