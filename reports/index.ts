/**
 * Reports: from a `Report` to text or bytes. Nothing here measures, prints, or writes a file.
 *
 * Start with `text.ts` (the terminal) and `chart.ts` (the heap-growth chart). `verdict.ts` says one trial's verdict in a
 * line, `wording.ts` holds every sentence and `format.ts` every number. To add a reporter, write one file and add one
 * line to `REPORTERS`.
 * @module
 */
import { renderChart } from './chart.ts';
import { renderJson } from './json.ts';
import { renderMarkdown } from './markdown.ts';
import { renderPng } from './png.ts';
import type { Reporter } from './reporter.ts';
import { renderText } from './text.ts';

export { type ChartOptions, DEFAULT_CHART, renderChart } from './chart.ts';
export type { ChartThemeName } from './chart-theme.ts';
export { readReport, renderJson, UnreadableReport } from './json.ts';
export { CHART_FILE, renderMarkdown } from './markdown.ts';
export { renderPng } from './png.ts';
export { Progress, type ProgressOptions } from './progress.ts';
export type { Reporter } from './reporter.ts';
export { REPORT_SCHEMA, reportJsonSchema } from './schema.ts';
export { renderText, type TextOptions } from './text.ts';

/** Every reporter with its usual settings. */
export const REPORTERS: readonly Reporter[] = [
  { name: 'text', extension: 'txt', render: report => renderText(report, { width: 100, color: false }) },
  { name: 'markdown', extension: 'md', render: renderMarkdown },
  { name: 'json', extension: 'json', render: renderJson },
  { name: 'svg', extension: 'svg', render: report => renderChart(report) },
  { name: 'png', extension: 'png', render: report => renderPng(renderChart(report)) },
];
