import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../harness/model.ts';
import { renderHtml } from '../../reports/html.ts';
import { browserPath, launch } from '../support/browser.ts';
import { temporaryFolder } from '../support/cli.ts';
import { EVIDENCE } from '../support/evidence-fixture.ts';
import { exampleReport, hostileReport } from '../support/report-fixture.ts';

const executablePath = browserPath();
if (executablePath === undefined)
  console.warn('The HTML report is not tested in a browser: install chromium, or set CHROME_PATH');
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WHOLE: Report = { ...exampleReport(), evidence: EVIDENCE };
const EXPLAINED: Report = { ...WHOLE, trials: [], timings: [], heapDiffs: [], exitCode: 0 };

describe.skipIf(executablePath === undefined)('the HTML report in a browser', () => {
  const folder = temporaryFolder();
  let browser: Browser;
  let messages: string[] = [];

  beforeAll(async () => {
    browser = await launch(executablePath ?? '');
  }, 60_000);
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    messages = [];
  });
  afterAll(async () => {
    await browser?.close();
    folder.remove();
  });

  async function open(report: Report, options: BrowserContextOptions = {}): Promise<Page> {
    const path = join(folder.path, 'report.html');
    writeFileSync(path, renderHtml(report));
    const page = await (
      await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
    ).newPage();
    page.on('console', message => messages.push(message.text()));
    page.on('pageerror', error => messages.push(String(error.stack)));
    page.on('dialog', dialog => messages.push(`dialog: ${dialog.message()}`));
    page.on('request', request => {
      if (request.url() !== pathToFileURL(path).href && !request.url().startsWith('data:'))
        messages.push(`asked for ${request.url()}`);
    });
    await page.goto(pathToFileURL(path).href);
    return page;
  }

  test('opens from a file, draws every chart, asks for nothing else and says nothing on the console', async () => {
    const page = await open(WHOLE);
    const ids = await page.locator('.plot').evaluateAll(plots => plots.map(({ id }) => id));
    expect(ids).toEqual(['s0-0', 's0-1', 's0-2', 's0-3', 's1-0', 's2-0']);
    for (const id of ids) {
      await drawn(page, id);
      expect(await inkOf(page, id)).toBeGreaterThan(300);
    }
    expect(messages).toEqual([]);
  });

  test('runs nothing that a hostile name brings', async () => {
    const name =
      '</script><script>alert(1)</script><img src=x onerror=alert(2)>"\' onfocus=alert(3) autofocus';
    const page = await open(hostileReport(name));
    await drawn(page, 's0-0');
    expect(await page.locator('#scenario-0 h2').textContent()).toContain('alert(2)');
    expect(messages).toEqual([]);
  });

  test('of explain has no fault for assistive technology, and headings that go down step by step', async () => {
    const page = await open(EXPLAINED);
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    await page.evaluate(AXE);
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(await page.locator('h3').first().textContent()).toBe('What it keeps');
    expect(messages).toEqual([]);
  });

  for (const width of [360, 768, 1440]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      test(`has no serious fault for assistive technology, ${width} px wide and ${colorScheme}`, async () => {
        const page = await open(WHOLE, { viewport: { width, height: 900 }, colorScheme });
        await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
        await page.evaluate(AXE);
        const { violations } = await page.evaluate<AxeResults>('axe.run()');
        const told = violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]?.html}`);
        expect(told.filter(text => /^(serious|critical)/.test(text))).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0);
      });
    }
  }

  test('draws every chart on paper, dark on light, and is as it was afterwards', async () => {
    const page = await open(WHOLE, { viewport: { width: 900, height: 300 }, colorScheme: 'dark' });
    await drawn(page, 's0-0');
    const drawings = () => page.locator('.plot canvas').count();
    const theme = () => page.evaluate<string | undefined>('document.documentElement.dataset.theme');
    expect(await drawings()).toBeLessThan(6);
    await page.evaluate(
      "addEventListener('beforeprint', () => { onPaper = document.documentElement.dataset.theme })",
    );
    await page.pdf();
    expect(await drawings()).toBe(6);
    expect(await page.evaluate('onPaper')).toBe('light');
    expect(await theme()).toBeUndefined();
    expect(messages).toEqual([]);
  });

  test('keys move the cursor in all charts of a scenario, zoom, and bring the whole run back', async () => {
    const page = await open(WHOLE);
    await drawn(page, 's0-0');
    await drawn(page, 's0-1');
    const readings = () => page.locator('.chart.main').first().locator('[data-reading]').allTextContents();
    const where = page.locator('[data-where]').first();
    const whole = page.locator('[data-zoom]').first();
    const atEnd = await readings();

    await page.locator('#s0-0').focus();
    await page.keyboard.press('Home');
    expect(await where.textContent()).toBe('after 0 reloads');
    expect(await readings()).toEqual(['0 B', '0 B']);
    await page.keyboard.press('ArrowRight');
    expect(await where.textContent()).toBe('after 97 reloads');
    const small = page.locator('.chart:has(#s0-1) [data-reading]');
    expect(await small.allTextContents()).toEqual(['980', '10']);
    expect(await page.locator('#live').textContent()).toMatch(/^97 reloads: leaky \+22\.4 MB, fixed/);

    expect(await whole.isDisabled()).toBe(true);
    await page.keyboard.press('+');
    expect(await whole.isDisabled()).toBe(false);
    await page.keyboard.press('Escape');
    expect(await whole.isDisabled()).toBe(true);
    await page.keyboard.press('Tab');
    expect(await readings()).toEqual(atEnd);
    expect(messages).toEqual([]);
  });

  test('dragging zooms all charts of a scenario, a double click shows the whole run again', async () => {
    const page = await open(WHOLE);
    await drawn(page, 's0-1');
    await drawn(page, 's0-0');
    const heap = page.locator('#s0-0 .u-over');
    const before = await imageOf(page, 's0-1');
    const box = (await heap.boundingBox())!;
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width * 0.4, y);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, y, { steps: 5 });
    await page.mouse.up();
    const whole = page.locator('[data-zoom]').first();
    await expect.poll(() => whole.isDisabled()).toBe(false);
    await expect.poll(() => imageOf(page, 's0-1')).not.toBe(before);
    const zoomed = await imageOf(page, 's0-1');
    await heap.dblclick();
    await expect.poll(() => whole.isDisabled()).toBe(true);
    await expect.poll(() => imageOf(page, 's0-1')).not.toBe(zoomed);
    expect(messages).toEqual([]);
  });

  test('changes to a logarithmic scale and to the other colours', async () => {
    const page = await open(WHOLE, { colorScheme: 'light' });
    await drawn(page, 's0-0');
    const linear = await imageOf(page, 's0-0');
    const log = page.getByRole('button', { name: 'Log' }).first();
    await log.click();
    expect(await log.getAttribute('aria-pressed')).toBe('true');
    await expect.poll(() => imageOf(page, 's0-0')).not.toBe(linear);

    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await background();
    await page.getByRole('button', { name: 'Dark colours' }).click();
    expect(await background()).not.toBe(light);
    await page.reload();
    expect(await background()).not.toBe(light);
    expect(messages).toEqual([]);
  });

  test('copies the table of readings', async () => {
    const page = await open(WHOLE);
    await page.getByText('All readings as a table').first().click();
    const copy = page.getByRole('button', { name: 'Copy the table' }).first();
    await copy.click();
    expect(await page.evaluate('String(getSelection())')).toMatch(/\n97\t\d+/);
    expect(await page.locator('[data-copy]').first().textContent()).toBe('Copied');
  });

  test('shows static charts and all tables without scripts', async () => {
    const page = await open(WHOLE, { javaScriptEnabled: false });
    expect(await page.locator('noscript svg').count()).toBe(3);
    expect(await page.locator('noscript svg').first().isVisible()).toBe(true);
    for (const scripted of ['.tools', '.plot', '#theme', '[data-copy]'])
      expect(await page.locator(scripted).first().isVisible()).toBe(false);
    expect(await page.locator('.legend').first().textContent()).toContain('+471 MB');
    expect(messages).toEqual([]);
  });
});

/** Brings a chart into view, so that it is drawn. */
async function drawn(page: Page, id: string): Promise<Locator> {
  await page.locator(`#${id}`).scrollIntoViewIfNeeded();
  await expect.poll(() => page.locator(`#${id} canvas`).count()).toBe(1);
  return page.locator(`#${id} canvas`);
}

/** What is drawn on a canvas, in short. */
async function imageOf(page: Page, id: string): Promise<string> {
  const image = await page.evaluate<string>(`document.querySelector('#${id} canvas').toDataURL()`);
  return createHash('sha256').update(image).digest('hex');
}

/** Pixels of a canvas on which anything was drawn. */
function inkOf(page: Page, id: string): Promise<number> {
  return page.evaluate<number>(`(() => {
    const canvas = document.querySelector('#${id} canvas');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return data.filter((value, at) => at % 4 === 3 && value !== 0).length;
  })()`);
}
