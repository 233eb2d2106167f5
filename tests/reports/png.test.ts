import { describe, expect, test } from 'vitest';
import { renderChart } from '../../reports/chart.ts';
import { renderPng } from '../../reports/png.ts';
import { cleanReport } from '../support/report-fixture.ts';

const BLANK = svgWith('');

describe('a PNG image', () => {
  test('has the size of the chart times the scale', () => {
    const svg = renderChart(cleanReport());
    const height = Number(/ height="(\d+)"/.exec(svg)?.[1]);
    expect(sizeOf(renderPng(svg, 1))).toEqual({ width: 900, height });
    expect(sizeOf(renderPng(svg))).toEqual({ width: 1800, height: 2 * height });
  });

  test('shows text in both weights, so the shipped fonts were found', () => {
    const regular = renderPng(svgWith('<text x="5" y="20">growth</text>'));
    const bold = renderPng(svgWith('<text x="5" y="20" font-weight="700">growth</text>'));
    expect(Buffer.from(regular).equals(renderPng(BLANK))).toBe(false);
    expect(Buffer.from(bold).equals(regular)).toBe(false);
  });

  test('has a glyph for every sign that reports use', () => {
    const missing = renderPng(svgWith('<text x="5" y="20">\u{1f600}</text>'));
    for (const sign of ['µ', 'é', 'ß', '…', '–', '×', '±', '≥', '→']) {
      const drawn = renderPng(svgWith(`<text x="5" y="20">${sign}</text>`));
      expect(
        [missing, renderPng(BLANK)].some(other => Buffer.from(drawn).equals(other)),
        sign,
      ).toBe(false);
    }
  });

  test('shows the marks on the curves', () => {
    const svg = renderChart(cleanReport());
    const bare = svg.replace(/<use [^>]*>/g, '');
    expect(bare.length).toBeLessThan(svg.length);
    expect(Buffer.from(renderPng(svg)).equals(renderPng(bare))).toBe(false);
  });

  test('is the same every time', () => {
    const svg = renderChart(cleanReport());
    expect(Buffer.from(renderPng(svg)).equals(renderPng(svg))).toBe(true);
  });

  test('looks the same from the compiled tree', async () => {
    const compiled: unknown = await import('../../dist/reports/png.js' as string);
    expect(compiled).toHaveProperty('renderPng');
    const { renderPng: render } = compiled as { renderPng: typeof renderPng };
    const svg = svgWith('<text x="5" y="20">growth</text>');
    expect(Buffer.from(render(svg)).equals(renderPng(svg))).toBe(true);
  });

  test('is refused for something else than SVG', () => expect(() => renderPng('<svg')).toThrow());
});

function svgWith(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="30">${content}</svg>`;
}

/** From the IHDR chunk (PNG specification, section 11.2.1). */
function sizeOf(png: Uint8Array): { readonly width: number; readonly height: number } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
