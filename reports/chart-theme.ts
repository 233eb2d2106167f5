import type { Outcome } from './judged.ts';

export interface ChartTheme {
  readonly background: string;
  readonly text: string;
  readonly quiet: string;
  readonly grid: string;
  /** Colours of the builds with that outcome, first come first served. */
  readonly lines: { readonly [outcome in Outcome]: readonly [string, ...string[]] };
}

/** Line colours are told apart by all common kinds of colour vision (Okabe and Ito, 2008), warm ones mean a leak. */
export const CHART_THEMES = {
  light: {
    background: '#ffffff',
    text: '#1c2128',
    quiet: '#5b6573',
    grid: '#e3e7ec',
    lines: {
      leak: ['#d55e00', '#cc79a7', '#b8860b', '#8f4a9e', '#7a3b00'],
      steady: ['#0072b2', '#009e73', '#3a9bd9', '#5a5fc7', '#117a8b'],
      inconclusive: ['#6b7280', '#94a3b8'],
      fault: ['#8b1a1a', '#b45f5f'],
    },
  },
  dark: {
    background: '#14181e',
    text: '#e8ecf1',
    quiet: '#9aa5b3',
    grid: '#2b323c',
    lines: {
      leak: ['#ff8a3d', '#e8a0c8', '#f2c14e', '#c79bff', '#d9a066'],
      steady: ['#5ab4f0', '#3ecf9e', '#9ad8ff', '#a9adff', '#5fd0df'],
      inconclusive: ['#a5adba', '#7d8794'],
      fault: ['#ff6b6b', '#d98a8a'],
    },
  },
  /** Variables that a page sets to the colours of the other two. */
  page: {
    background: 'var(--chart-background)',
    text: 'var(--chart-text)',
    quiet: 'var(--chart-quiet)',
    grid: 'var(--chart-grid)',
    lines: {
      leak: ['var(--leak-0)', 'var(--leak-1)', 'var(--leak-2)', 'var(--leak-3)', 'var(--leak-4)'],
      steady: ['var(--steady-0)', 'var(--steady-1)', 'var(--steady-2)', 'var(--steady-3)', 'var(--steady-4)'],
      inconclusive: ['var(--inconclusive-0)', 'var(--inconclusive-1)'],
      fault: ['var(--fault-0)', 'var(--fault-1)'],
    },
  },
} as const satisfies { readonly [name: string]: ChartTheme };

export type ChartThemeName = keyof typeof CHART_THEMES;
