import { Resvg } from '@resvg/resvg-js';
import { shipped } from './shipped.ts';

/**
 * Draws an SVG document as a PNG image with the fonts that leakgate ships, so that it looks the same everywhere.
 * @param scale image pixels per SVG pixel
 * @throws {Error} if `svg` is not a well-formed SVG document.
 */
export function renderPng(svg: string, scale = 2): Uint8Array {
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: {
      loadSystemFonts: false,
      fontFiles: ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map(file => shipped('fonts', file)),
      defaultFontFamily: 'DejaVu Sans',
    },
  });
  return image.render().asPng();
}
