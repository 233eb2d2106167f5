/**
 * What a chart is about. `heap`: the heap, other memory that leaks, timers if they grow (or what else was
 * counted, if that alone leaks) and the watched class that grew most; `timers`: timers and immediates; `handles`: handles,
 * descriptors and listeners that came or went.
 */
export type ChartKind = 'heap' | 'timers' | 'handles';

export const CHART_KINDS: {
  readonly [kind in ChartKind]: { readonly title: string; readonly file: string };
} = {
  heap: { title: 'Heap growth', file: 'heap-growth' },
  timers: { title: 'Timer growth', file: 'timers-growth' },
  handles: { title: 'Handle growth', file: 'handles-growth' },
};
