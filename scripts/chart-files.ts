import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../harness/model.ts';
import { type ChartOptions, DEFAULT_CHART, renderChart } from '../reports/chart.ts';
import { CHART_KINDS, type ChartKind } from '../reports/chart-kinds.ts';
import { isExplained } from '../reports/judged.ts';
import { renderPng, UndrawablePng } from '../reports/png.ts';

const KINDS = Object.keys(CHART_KINDS) as readonly ChartKind[];
/** What `--chart` takes. */
export const CHART_NAMES = [...KINDS, 'all'] as const;
export type ChartName = (typeof CHART_NAMES)[number];

export interface ChartLook extends Partial<Pick<ChartOptions, 'width' | 'height'>> {
  readonly dark?: boolean;
}

/** Sizes and colours as the reporters take them. */
export function chartOptions({ width, height, dark = false }: ChartLook): Omit<ChartOptions, 'kind'> {
  return {
    width: width ?? DEFAULT_CHART.width,
    height: height ?? DEFAULT_CHART.height,
    theme: dark ? 'dark' : 'light',
  };
}

/**
 * Draws a report's charts into a folder that exists, each as SVG and PNG: `heap-growth.svg`,
 * `timers-growth-dark.png`; returns their paths. None of a report in which nothing was measured.
 * @param prefix before each name
 */
export function writeCharts(
  report: Report,
  folder: string,
  chart: ChartName = 'heap',
  look: ChartLook = {},
  prefix = '',
): string[] {
  if (isExplained(report)) return [];
  return (chart === 'all' ? KINDS : [chart]).flatMap(kind => {
    const svg = renderChart(report, { ...chartOptions(look), kind });
    return writeImages(svg, join(folder, `${prefix}${CHART_KINDS[kind].file}${look.dark ? '-dark' : ''}`));
  });
}

/** Pixels of an image that every viewer opens. */
const MOST_PIXELS = 8_000_000;

/**
 * The drawing as SVG and as PNG: twice the size for sharp text, unless that makes a picture that viewers refuse. No PNG
 * where none can be drawn, of which `doctor` tells. Returns their paths.
 */
export function writeImages(svg: string, path: string): string[] {
  const [, width = 0, height = 0] = (/ width="(\d+)" height="(\d+)"/.exec(svg) ?? []).map(Number);
  const png = pngOf(svg, 4 * width * height > MOST_PIXELS ? 1 : 2);
  writeFileSync(`${path}.svg`, svg);
  if (!png) return [`${path}.svg`];
  writeFileSync(`${path}.png`, png);
  return [`${path}.svg`, `${path}.png`];
}

function pngOf(svg: string, scale: number): Uint8Array | undefined {
  try {
    return renderPng(svg, scale);
  } catch (error) {
    if (!(error instanceof UndrawablePng)) throw error;
    return undefined;
  }
}
