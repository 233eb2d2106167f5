// @ts-check
/* global uPlot */
/**
 * Draws the charts of the HTML report with uPlot, from the data in the page (reports/html-curves.ts). Plain JavaScript, as it runs in
 * the reader's browser exactly as it stands here.
 */
(() => {
  const root = document.documentElement;
  /** @type {readonly [number, string][]} */
  const UNITS = [
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'kB'],
  ];
  root.classList.add('scripted');

  /** @type {import('../html-curves.ts').ScenarioCurves[]} */
  const scenarios = JSON.parse(element('data').textContent ?? '[]');
  /** @type {Map<string, Group>} */
  const groups = new Map();
  for (const scenario of scenarios) groups.set(scenario.id, groupOf(scenario));
  setUpTheme();
  setUpCopying();
  drawWhenSeen();
  setUpPrinting();

  /**
   * The charts of a scenario: what is zoomed or pointed at in one is so in all.
   * @typedef {object} Group
   * @property {import('../html-curves.ts').ScenarioCurves} scenario
   * @property {Map<string, uPlot>} plots by the chart's id
   * @property {number} from
   * @property {number} to
   * @property {boolean} log
   * @property {boolean} zooming
   */

  /** @param {import('../html-curves.ts').ScenarioCurves} scenario @returns {Group} */
  function groupOf(scenario) {
    const { from, to } = wholeRun(scenario);
    const group = { scenario, plots: new Map(), from, to, log: false, zooming: false };
    const charts = document.querySelector(`[data-scenario="${scenario.id}"]`);
    for (const button of charts?.querySelectorAll('[data-scale]') ?? []) {
      button.addEventListener('click', () => rescale(group, button.getAttribute('data-scale') === 'log'));
    }
    charts?.querySelector('[data-zoom]')?.addEventListener('click', () => zoom(group, wholeRun(scenario)));
    return group;
  }

  /** From the warm-up on, as far as a fifth of the run: a longer one would push the run aside. */
  function wholeRun({ warmup, charts }) {
    const last = Math.max(1, ...charts.flatMap(({ x }) => x));
    return { from: -Math.min(warmup, last / 5), to: last };
  }

  function drawWhenSeen() {
    const seen = new IntersectionObserver(
      entries => {
        for (const { isIntersecting, target } of entries) {
          if (!isIntersecting) continue;
          seen.unobserve(target);
          // Printing may have drawn it.
          if (!plotIn(target.id)) draw(/** @type {HTMLElement} */ (target));
        }
      },
      { rootMargin: '400px' },
    );
    const sized = new ResizeObserver(entries => {
      for (const { target } of entries) plotIn(target.id)?.setSize(sizeOf(target));
    });
    for (const target of document.querySelectorAll('.plot')) {
      seen.observe(target);
      sized.observe(target);
      target.addEventListener('keydown', event => onKey(target.id, /** @type {KeyboardEvent} */ (event)));
      target.addEventListener('blur', () => leave(target.id));
    }
  }

  /** On paper everything is seen, and dark on a light ground. */
  function setUpPrinting() {
    let isPrinting = false;
    /** @type {string | undefined} */
    let theme;
    const drawIn = shown => {
      if (shown === undefined) delete root.dataset.theme;
      else root.dataset.theme = shown;
      for (const target of document.querySelectorAll('.plot')) draw(/** @type {HTMLElement} */ (target));
    };
    addEventListener('beforeprint', () => {
      if (isPrinting) return;
      isPrinting = true;
      theme = root.dataset.theme;
      drawIn('light');
    });
    addEventListener('afterprint', () => {
      isPrinting = false;
      drawIn(theme);
    });
  }

  /** @param {string} id */
  function groupFor(id) {
    const group = groups.get(id.split('-')[0] ?? '');
    if (group === undefined) throw new Error(`Cannot draw chart as its scenario must be in the data: ${id}`);
    return group;
  }

  function plotIn(id) {
    return groups.get(id.split('-')[0] ?? '')?.plots.get(id);
  }

  /** @param {HTMLElement} target */
  function draw(target) {
    const group = groupFor(target.id);
    const chart = group.scenario.charts.find(({ id }) => id === target.id);
    if (chart === undefined) return;
    group.plots.get(chart.id)?.destroy();
    target.textContent = '';
    group.plots.set(chart.id, new uPlot(optionsOf(chart, group, target), dataOf(chart), target));
    legend(chart, group, null);
  }

  /** The readings, then for each band its lower and upper bound. */
  function dataOf({ x, lines }) {
    const bands = lines.flatMap(({ band, y }) => (band ? bounds(band, x, y) : []));
    return [x, ...lines.map(({ y }) => y), ...bands];
  }

  function bounds(band, x, y) {
    const at = (slope, iteration) => band.y + slope * (iteration - band.x);
    const both = x.map((iteration, place) =>
      y[place] === null
        ? [null, null]
        : [at(band.low, iteration), at(band.high, iteration)].sort((a, b) => a - b),
    );
    return [both.map(([low]) => low), both.map(([, high]) => high)];
  }

  /** @returns {any} uPlot's options, of which its types do not know all */
  function optionsOf(chart, group, target) {
    const isMain = target.parentElement.classList.contains('main');
    const quiet = color('var(--chart-quiet)');
    const grid = color('var(--chart-grid)');
    const font = `${isMain ? 12 : 11}px ${getComputedStyle(document.body).fontFamily}`;
    const { width, height } = sizeOf(target);
    const wide = isMain && width > 620;
    const axis = { stroke: quiet, font, grid: { stroke: grid, width: 1 }, ticks: { show: false } };
    const log = group.log && isMain;
    return {
      width,
      height,
      padding: [10, wide ? 150 : 20, 0, 0],
      legend: { show: false },
      cursor: {
        y: false,
        bind: { dblclick: () => () => zoom(group, wholeRun(group.scenario)) },
        points: {
          size: 9,
          width: 2,
          stroke: (_plot, at) => color(chart.lines[at - 1]?.color ?? 'transparent'),
          fill: (_plot, at) => (at > chart.lines.length ? 'transparent' : color('var(--surface)')),
        },
        drag: { x: true, y: false, dist: 6 },
        sync: { key: group.scenario.id, scales: ['x', null] },
        hover: { skip: [null, undefined] },
        focus: { prox: -1 },
      },
      scales: {
        x: { time: false, auto: false, min: group.from, max: group.to },
        y: { distr: log ? 4 : 1, asinh: 1000, range: (_plot, low, high) => rangeOf(chart, low, high, log) },
      },
      axes: [
        {
          ...axis,
          grid: { show: false },
          size: isMain ? 34 : 26,
          values: (_plot, splits) => splits.map(whole),
          incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6],
        },
        {
          ...axis,
          size: chart.unit === 'bytes' ? 62 : 50,
          space: isMain ? 46 : 34,
          ...(log && { splits: () => logTicks(chart) }),
          values: (_plot, splits) => ticks(splits, chart.unit, log),
          ...(chart.unit === 'count' && {
            incrs: [
              1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6, 5e6,
              1e7,
            ],
          }),
        },
      ],
      series: [{}, ...chart.lines.map(line => seriesOf(line, isMain)), ...boundSeries(chart)],
      bands: bandsOf(chart),
      hooks: {
        drawClear: [plot => drawGround(plot, chart, group, { isMain, quiet, font })],
        draw: [plot => drawLabels(plot, chart, { wide, quiet })],
        setCursor: [plot => onCursor(plot, chart, group)],
        setScale: [(plot, key) => onScale(plot, key, group)],
      },
    };
  }

  function seriesOf({ color: stroke, dash, y }, isMain) {
    return {
      stroke: color(stroke),
      width: 2,
      dash: dash.length > 0 ? dash : undefined,
      spanGaps: true,
      points: {
        show: isMain || y.filter(value => value !== null).length < 6,
        size: 5,
        width: 1.5,
        stroke: color(stroke),
        fill: color('var(--surface)'),
      },
    };
  }

  function boundSeries({ lines }) {
    const none = { stroke: 'transparent', width: 0, points: { show: false }, spanGaps: true, auto: false };
    return lines.flatMap(({ band }) => (band ? [none, none] : []));
  }

  function bandsOf({ lines }) {
    let next = lines.length + 1;
    return lines.flatMap(({ band, color: stroke }) => {
      if (!band) return [];
      next += 2;
      return [{ series: [next - 1, next - 2], fill: translucent(color(stroke)) }];
    });
  }

  /** Contains 0; equal readings get room, so that they do not lie on the frame. */
  function rangeOf({ unit, allowance, x }, low, high, log) {
    const least = unit === 'bytes' ? Math.max(1000, allowance * (x.at(-1) ?? 0)) : 1;
    const top = Math.max(least, high ?? 0);
    const bottom = Math.min(0, low ?? 0);
    if (log) return [bottom, top * 1.6];
    return [bottom < -top / 100 ? bottom * 1.06 : 0, top * 1.06];
  }

  /** Powers of ten on both sides of zero. */
  function logTicks({ lines }) {
    const values = lines.flatMap(({ y }) => y.filter(value => value !== null));
    const high = Math.max(1000, ...values);
    const low = Math.min(0, ...values);
    const powers = Array.from({ length: 10 }, (_, power) => 10 ** (power + 3));
    const above = powers.filter(power => power <= high * 1.6);
    const below = powers.filter(power => power <= -low).map(power => -power);
    return [...below.reverse(), 0, ...above];
  }

  /** Warm-up, allowance, stages and the ticks of the windows, beneath the curves. */
  function drawGround(plot, chart, group, { isMain, quiet, font }) {
    const { ctx, bbox } = plot;
    const ratio = uPlot.pxRatio;
    const x = iteration => plot.valToPos(iteration, 'x', true);
    const y = value => plot.valToPos(value, 'y', true);
    const bottom = bbox.top + bbox.height;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height + 8 * ratio);
    ctx.clip();
    ctx.strokeStyle = quiet;
    ctx.fillStyle = quiet;
    ctx.lineWidth = ratio;
    if (group.scenario.warmup > 0 && x(0) > bbox.left) hatch(ctx, bbox, x(0), ratio);
    if (isMain) {
      ctx.globalAlpha = 0.7;
      ctx.beginPath();
      for (const iteration of chart.x) {
        ctx.moveTo(x(iteration), bottom);
        ctx.lineTo(x(iteration), bottom + 4 * ratio);
      }
      ctx.stroke();
      ctx.globalAlpha = 1;
      if (chart.allowance > 0) {
        ctx.setLineDash([ratio, 3 * ratio]);
        ctx.beginPath();
        for (const iteration of chart.x) ctx.lineTo(x(iteration), y(chart.allowance * iteration));
        ctx.stroke();
        ctx.setLineDash([]);
      }
      drawStages(plot, chart, { x, font, ratio });
    }
    ctx.restore();
  }

  function hatch(ctx, bbox, zero, ratio) {
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, zero - bbox.left, bbox.height);
    ctx.clip();
    ctx.globalAlpha = 0.28;
    ctx.beginPath();
    for (let at = bbox.left - bbox.height; at < zero; at += 7 * ratio) {
      ctx.moveTo(at, bbox.top + bbox.height);
      ctx.lineTo(at + bbox.height, bbox.top);
    }
    ctx.stroke();
    ctx.restore();
    ctx.globalAlpha = 0.6;
    ctx.beginPath();
    ctx.moveTo(zero, bbox.top);
    ctx.lineTo(zero, bbox.top + bbox.height);
    ctx.stroke();
    ctx.globalAlpha = 1;
  }

  function drawStages({ ctx, bbox }, { stages }, { x, font, ratio }) {
    ctx.font = font.replace(/^\d+/, size => String(Math.round((Number(size) - 1) * ratio)));
    ctx.textBaseline = 'top';
    /** Where the text of each row ends. */
    const rows = [0, 0, 0, 0];
    for (const { from, text, color: stroke } of stages) {
      ctx.strokeStyle = ctx.fillStyle = color(stroke);
      ctx.setLineDash([4 * ratio, 4 * ratio]);
      ctx.beginPath();
      ctx.moveTo(x(from), bbox.top);
      ctx.lineTo(x(from), bbox.top + bbox.height);
      ctx.stroke();
      ctx.setLineDash([]);
      const width = ctx.measureText(text).width;
      const right = x(from) + 5 * ratio + width < bbox.left + bbox.width;
      const begin = x(from) + (right ? 5 : -5) * ratio - (right ? 0 : width);
      const free = rows.findIndex(end => end < begin);
      const row = free < 0 ? rows.length - 1 : free;
      rows[row] = begin + width + 5 * ratio;
      ctx.textAlign = 'left';
      ctx.fillText(text, begin, bbox.top + (2 + 15 * row) * ratio);
    }
  }

  /** Name and growth beside the end of each curve, pushed apart where they would overlap. */
  function drawLabels(plot, { lines }, { wide, quiet }) {
    if (!wide) return;
    const { ctx, bbox, data } = plot;
    const ratio = uPlot.pxRatio;
    const family = getComputedStyle(document.body).fontFamily;
    const height = 32 * ratio;
    const labels = lines
      .map((line, at) => ({ line, end: data[at + 1].findLast(value => value !== null) }))
      .filter(({ end }) => end !== undefined)
      .map(({ line, end }) => ({ line, top: plot.valToPos(end, 'y', true) - height / 2 }))
      .sort((left, right) => right.top - left.top);
    let lowest = bbox.top + bbox.height - height + 6 * ratio;
    for (const label of labels) {
      label.top = Math.min(label.top, lowest);
      lowest = label.top - height;
    }
    ctx.save();
    ctx.textAlign = 'left';
    ctx.textBaseline = 'top';
    const left = bbox.left + bbox.width + 12 * ratio;
    const room = 134 * ratio;
    for (const { line, top } of labels) {
      ctx.font = `600 ${12 * ratio}px ${family}`;
      ctx.fillStyle = color(line.color);
      ctx.fillText(fitted(ctx, line.label, room), left, top + 2 * ratio);
      ctx.font = `${11 * ratio}px ${family}`;
      ctx.fillStyle = quiet;
      ctx.fillText(fitted(ctx, line.rate, room), left, top + 16 * ratio);
    }
    ctx.restore();
  }

  function fitted(ctx, text, room) {
    let shown = text;
    while (shown.length > 1 && ctx.measureText(shown).width > room) shown = `${shown.slice(0, -2)}\u2026`;
    return shown;
  }

  function onCursor(plot, chart, group) {
    const { idx } = plot.cursor;
    legend(chart, group, plot.cursor.left >= 0 && idx !== null && idx !== undefined ? idx : null);
  }

  /** Readings where the cursor stands, or at the end. */
  function legend(chart, { scenario }, idx) {
    const figure = element(chart.id).parentElement ?? document.body;
    for (const [at, target] of [...figure.querySelectorAll('[data-reading]')].entries()) {
      const { y } = chart.lines[at];
      const value = idx === null ? y.findLast(reading => reading !== null) : nearest(y, idx);
      target.textContent = value === undefined || value === null ? '' : reading(value, chart.unit);
    }
    const where = figure.querySelector('[data-where]');
    if (!where) return;
    where.textContent = idx === null ? endOf(chart, scenario) : `after ${counted(chart.x[idx], scenario)}`;
  }

  /** A build that leaked beyond doubt ended before the others. */
  function endOf({ x, lines }, scenario) {
    const ends = new Set(lines.map(({ y }) => x[y.findLastIndex(value => value !== null)]));
    return ends.size > 1 ? 'each at its own end' : `at the end, ${counted(x.at(-1), scenario)}`;
  }

  function counted(iterations, { per, pers }) {
    return `${whole(iterations)} ${iterations === 1 ? per : pers}`;
  }

  /** The reading there, or the last one before. */
  function nearest(y, idx) {
    return y.slice(0, idx + 1).findLast(value => value !== null);
  }

  function onScale(plot, key, group) {
    if (key !== 'x' || group.zooming) return;
    const { min, max } = plot.scales.x;
    if (min === group.from && max === group.to) return;
    zoom(group, { from: min, to: max });
  }

  function zoom(group, { from, to }) {
    const whole = wholeRun(group.scenario);
    group.from = Math.max(whole.from, from);
    group.to = Math.min(whole.to, to);
    group.zooming = true;
    for (const plot of group.plots.values()) plot.setScale('x', { min: group.from, max: group.to });
    group.zooming = false;
    const button = document.querySelector(`[data-scenario="${group.scenario.id}"] [data-zoom]`);
    button?.toggleAttribute('disabled', group.from === whole.from && group.to === whole.to);
  }

  function rescale(group, log) {
    group.log = log;
    for (const button of document.querySelectorAll(`[data-scenario="${group.scenario.id}"] [data-scale]`)) {
      button.setAttribute('aria-pressed', String((button.getAttribute('data-scale') === 'log') === log));
    }
    redraw([group]);
  }

  function redraw(some) {
    for (const { plots } of some) for (const id of [...plots.keys()]) draw(element(id));
  }

  /** Keys move the cursor from sample to sample, zoom, and bring the whole run back. */
  function onKey(id, event) {
    const plot = plotIn(id);
    if (plot === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const group = groupFor(id);
    const x = plot.data[0];
    const at = plot.cursor.idx ?? x.length - 1;
    const steps = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: x.length - 1 };
    if (Object.hasOwn(steps, event.key)) point(plot, steps[event.key]);
    else if (event.key === '+' || event.key === '=') narrow(group, x[at], 0.5);
    else if (event.key === '-') narrow(group, x[at], 2);
    else if (event.key === 'Escape' || event.key === '0') zoom(group, wholeRun(group.scenario));
    else return;
    event.preventDefault();
  }

  /** Puts the cursor on a sample, bringing it into view, in all charts of the scenario. */
  function point(plot, wanted) {
    const x = plot.data[0];
    const iteration = x[Math.max(0, Math.min(x.length - 1, wanted))];
    const group = groupFor(plot.root.parentElement.id);
    const width = group.to - group.from;
    if (iteration < group.from) zoom(group, { from: iteration, to: iteration + width });
    if (iteration > group.to) zoom(group, { from: iteration - width, to: iteration });
    place(plot, plot.valToPos(iteration, 'x'));
    const chart = group.scenario.charts.find(({ id }) => id === plot.root.parentElement.id);
    announce(chart, plot.cursor.idx, group.scenario);
  }

  /**
   * Moves the cursor, in the other charts too: the third argument is missing from uPlot's types.
   * @param {any} plot
   */
  function place(plot, left) {
    plot.setCursor({ left, top: left < 0 ? -10 : 10 }, true, true);
  }

  function narrow(group, middle, factor) {
    const width = Math.max(4, (group.to - group.from) * factor);
    const whole = wholeRun(group.scenario);
    if (width >= whole.to - whole.from) return zoom(group, whole);
    const from = Math.max(whole.from, Math.min(whole.to - width, middle - width / 2));
    zoom(group, { from, to: from + width });
  }

  function leave(id) {
    const plot = plotIn(id);
    if (plot !== undefined) place(plot, -10);
  }

  /** Says the readings under the cursor to screen readers. */
  function announce(chart, idx, scenario) {
    if (idx === null || idx === undefined) return;
    const iteration = chart.x[idx];
    const said = chart.lines.map(({ label, y }) => {
      const value = nearest(y, idx);
      return `${label} ${value === undefined ? 'not read' : reading(value, chart.unit)}`;
    });
    live().textContent = `${counted(iteration, scenario)}: ${said.join(', ')}`;
  }

  function live() {
    let region = document.getElementById('live');
    if (region === null) {
      region = document.createElement('p');
      region.id = 'live';
      region.className = 'live';
      region.setAttribute('aria-live', 'polite');
      (document.querySelector('main') ?? document.body).append(region);
    }
    return region;
  }

  function setUpTheme() {
    const button = element('theme');
    const system = matchMedia('(prefers-color-scheme: dark)');
    const isDark = () => (root.dataset.theme ?? (system.matches ? 'dark' : 'light')) === 'dark';
    const show = () => {
      button.textContent = isDark() ? 'Light' : 'Dark';
      button.setAttribute('aria-label', isDark() ? 'Light colours' : 'Dark colours');
    };
    const saved = remembered();
    if (saved === 'dark' || saved === 'light') root.dataset.theme = saved;
    button.hidden = false;
    show();
    button.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      remember(root.dataset.theme);
      show();
      redraw(groups.values());
    });
    system.addEventListener('change', () => {
      show();
      redraw(groups.values());
    });
  }

  function remembered() {
    try {
      return localStorage.getItem('leakgate-theme');
    } catch {
      return null;
    }
  }

  function remember(theme) {
    try {
      localStorage.setItem('leakgate-theme', theme);
    } catch {
      // A page from a file may have no storage: the choice then lasts as long as the page.
    }
  }

  /** By selecting it: the clipboard's own interface is not there for every page from a file. */
  function setUpCopying() {
    for (const button of document.querySelectorAll('[data-copy]')) {
      /** @type {HTMLElement} */ (button).hidden = false;
      button.addEventListener('click', () => {
        const selection = getSelection();
        if (selection === null) return;
        selection.removeAllRanges();
        const range = document.createRange();
        range.selectNode(element(button.getAttribute('data-copy') ?? ''));
        selection.addRange(range);
        button.textContent = document.execCommand('copy') ? 'Copied' : 'Selected: copy it';
        setTimeout(() => {
          button.textContent = 'Copy the table';
        }, 2000);
      });
    }
  }

  /** @param {string} id @returns {HTMLElement} */
  function element(id) {
    const found = document.getElementById(id);
    if (found === null) throw new Error(`Cannot draw charts as the page must hold this element: ${id}`);
    return found;
  }

  function sizeOf(target) {
    return { width: Math.max(120, target.clientWidth), height: Math.max(80, target.clientHeight) };
  }

  /** Of a variable as `var(--name)`: the canvas knows none. */
  function color(variable) {
    const name = /^var\((--[\w-]+)\)$/.exec(variable)?.[1];
    return name === undefined ? variable : getComputedStyle(root).getPropertyValue(name).trim();
  }

  function translucent(hex) {
    return `${hex}30`;
  }

  /** In the unit of the largest, but for a logarithmic scale. */
  function ticks(values, unit, log) {
    if (unit === 'count') return values.map(whole);
    const largest = Math.max(...values.map(Math.abs));
    return values.map(value => (value === 0 ? '0' : bytes(value, log ? value : largest)));
  }

  /** As in reports/format.ts, in the unit of the largest. */
  function bytes(value, largest = value) {
    const [size, unit] = UNITS.find(([least]) => Math.abs(largest) >= least * 0.9995) ?? [1, 'B'];
    const scaled = value / size;
    const digits = Math.abs(scaled) >= 99.95 ? 0 : 1;
    return `${scaled.toLocaleString('en', { maximumFractionDigits: digits })} ${unit}`;
  }

  function reading(value, unit) {
    if (unit === 'count') return whole(value);
    return value > 0 ? `+${bytes(value)}` : bytes(value);
  }

  function whole(value) {
    return value.toLocaleString('en', { maximumFractionDigits: 1 });
  }
})();
