/**
 * Reports: from a `Report` to text or bytes. Nothing here measures, prints, or writes a file.
 *
 * Start with `text.ts` (the terminal), `chart.ts` (the heap-growth chart) and `html.ts` (the page).
 * `verdict.ts` says one trial's verdict in a line, `wording.ts` and the files named `…-wording.ts` hold every sentence,
 * and `format.ts` every number. To add a format, write one file, its name in `format-names.ts`, and a line in `FORMATS`.
 * @module
 */
import type { Report } from '../harness/model.ts';
import { type ChartOptions, DEFAULT_CHART, renderChart } from './chart.ts';
import { AS_GIVEN, type PlaceOptions } from './ci-places.ts';
import { FORMAT_NAMES, type Format } from './format-names.ts';
import { renderGithub } from './github.ts';
import { renderHtml } from './html.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { renderPng } from './png.ts';
import { renderPrComment } from './pr-comment.ts';
import { renderSarif } from './sarif.ts';
import { renderTap } from './tap.ts';
import { renderText, type TextOptions } from './text.ts';

export { FORMAT_NAMES, type Format } from './format-names.ts';
export { renderJobSummary } from './pr-comment.ts';

const PLAIN: TextOptions = { width: 100, color: false };

/** What can be chosen of each format. */
interface FormatOptions extends Record<Format, object> {
  readonly text: TextOptions;
  readonly markdown: NoOptions;
  readonly html: NoOptions;
  readonly json: NoOptions;
  readonly svg: ChartOptions;
  readonly png: ChartOptions;
  readonly junit: NoOptions;
  readonly sarif: PlaceOptions;
  readonly tap: NoOptions;
  readonly github: PlaceOptions;
  readonly 'pr-comment': NoOptions;
}

type NoOptions = { readonly [name: string]: never };

type Rendered<Name extends Format> = Name extends 'png' ? Uint8Array : string;

const FORMATS: {
  readonly [Name in Format]: (report: Report, options: Partial<FormatOptions[Name]>) => Rendered<Name>;
} = {
  text: (report, options) => renderText(report, { ...PLAIN, ...options }),
  markdown: report => renderMarkdown(report),
  html: report => renderHtml(report),
  json: report => renderJson(report),
  svg: (report, options) => renderChart(report, { ...DEFAULT_CHART, ...options }),
  png: (report, options) => renderPng(renderChart(report, { ...DEFAULT_CHART, ...options })),
  junit: report => renderJunit(report),
  sarif: (report, options) => renderSarif(report, { ...AS_GIVEN, ...options }),
  tap: report => renderTap(report),
  github: (report, options) => renderGithub(report, { ...AS_GIVEN, ...options }),
  'pr-comment': report => renderPrComment(report),
};

/**
 * A report in any format: bytes for `png`, text for all others. Pure: the same report gives the
 * same output.
 * @throws {RangeError} for a format that is not known, and if the chart of a scenario is asked for that has no trial.
 */
export function render<Name extends Format>(
  report: Report,
  format: Name,
  options: Partial<FormatOptions[Name]> = {},
): Rendered<Name> {
  if (Object.hasOwn(FORMATS, format)) return FORMATS[format](report, options);
  throw new RangeError(
    `Cannot render report as its format must be one of ${FORMAT_NAMES.join(', ')}: current value is "${format}"`,
  );
}
