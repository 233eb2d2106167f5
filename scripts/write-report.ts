import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../harness/model.ts';
import { renderChart } from '../reports/chart.ts';
import { renderHtml } from '../reports/html.ts';
import { renderJson } from '../reports/json.ts';
import { isExplained } from '../reports/judged.ts';
import { renderMarkdown } from '../reports/markdown.ts';
import { REPORTER_FILES } from './result-files.ts';

/**
 * Writes the report into a folder that exists: JSON, Markdown, the page and, where there is something to draw, its chart
 * as SVG; `writeCharts` draws the PNG, which takes longer than all the rest.
 */
export function writeReport(report: Report, folder: string): void {
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text);
  write(REPORTER_FILES.json, renderJson(report));
  write(REPORTER_FILES.markdown, renderMarkdown(report));
  if (!isExplained(report)) write(REPORTER_FILES.svg, renderChart(report));
  write(REPORTER_FILES.html, renderHtml(report));
}
