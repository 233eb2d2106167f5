import { area, line } from 'd3-shape';
import { HEAP_USED } from '../harness/model.ts';
import { allowanceLine, type PanelFrame, type Scale, xAxis, xScale, yAxis, yScale } from './chart-axes.ts';
import { type BuildCurves, type CurvePoint, curvePoints, slopeBand } from './chart-curves.ts';
import { endLabels, type Panel } from './chart-labels.ts';
import { curveMarks, DASHES } from './chart-marks.ts';
import { element, label } from './svg.ts';

/** One pair of axes with the curves of every build, each labelled where it ends. */
export function chartPanel(panel: Panel, builds: readonly BuildCurves[], frame: PanelFrame): string {
  const values = builds.flatMap(curves => curves.trials.flatMap(trial => curvePoints(trial, panel.metric)));
  const x = xScale(frame);
  const y = yScale(values, Math.max(1, panel.allowance * frame.iterations), frame);
  const clip = element('clipPath', { id: frame.id }, element('rect', plotArea(frame)));
  const curves = builds.map((one, place) =>
    drawnBuild(one, panel.metric, x, y, { ...frame, id: `${frame.id}-${place}` }),
  );
  return [
    label(panel.title, { x: frame.left, y: frame.top - 10, 'font-size': 12, fill: frame.theme.text }),
    yAxis(y, panel.isBytes, frame),
    xAxis(x, panel.xTitle, frame),
    clip,
    allowanceLine(panel.allowance, x, y, frame),
    element('g', { 'clip-path': `url(#${frame.id})` }, ...curves),
    endLabels(panel, builds, y, frame),
  ].join('\n');
}

function plotArea({ left, top, width, height }: PanelFrame): { readonly [name: string]: number } {
  return { x: left - 6, y: top - 6, width: width + 12, height: height + 12 };
}

function drawnBuild(build: BuildCurves, metric: string, x: Scale, y: Scale, frame: PanelFrame): string {
  const band = metric === HEAP_USED ? bandOf(build, x, y) : '';
  const curves = build.trials.map((judged, place) => {
    const points = curvePoints(judged, metric).map(point => ({ x: x(point.x), y: y(point.y) }));
    const path =
      line<CurvePoint>(
        point => point.x,
        point => point.y,
      )(points) ?? '';
    const stroke = { fill: 'none', stroke: build.color, 'stroke-width': 2, 'stroke-linejoin': 'round' };
    const dash = DASHES[build.outcome];
    const drawn = element('path', {
      d: path,
      ...stroke,
      ...(dash === '' ? {} : { 'stroke-dasharray': dash }),
    });
    return points.length === 0
      ? ''
      : drawn + curveMarks(points, build, { theme: frame.theme, id: `${frame.id}-${place}` });
  });
  return band + curves.join('');
}

/** Between the two slopes of the interval, over the first trial's readings. */
function bandOf(build: BuildCurves, x: Scale, y: Scale): string {
  const judged = build.trials[0];
  const band = judged === undefined ? undefined : slopeBand(judged);
  if (judged === undefined || band === undefined) return '';
  const points = curvePoints(judged, HEAP_USED);
  const at = (slope: number, iteration: number) => y(band.y + slope * (iteration - band.x));
  const ends = [points[0]?.x ?? 0, band.x, points.at(-1)?.x ?? 0];
  const shape = area<number>()
    .x(iteration => x(iteration))
    .y0(iteration => at(band.low, iteration))
    .y1(iteration => at(band.high, iteration));
  return element('path', { d: shape(ends) ?? '', fill: build.color, 'fill-opacity': 0.2 });
}
