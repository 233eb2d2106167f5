import { createRequire } from 'node:module';
import { shipped } from './shipped.ts';

/** No picture can be drawn on this machine. */
export class UndrawablePng extends Error {
  override readonly name = 'UndrawablePng';
}

/**
 * Draws an SVG document as a PNG image with the fonts that leakgate ships, so that it looks the same everywhere.
 * @param scale image pixels per SVG pixel
 * @throws {UndrawablePng} if what draws it is not installed for this machine.
 * @throws {Error} if `svg` is not a well-formed SVG document.
 */
export function renderPng(svg: string, scale = 2): Uint8Array {
  const { Resvg } = resvg();
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

type Resvg = typeof import('@resvg/resvg-js');

/** Loaded with the first picture: its native part is an optional package, and all else does without. */
function resvg(): Resvg {
  try {
    return createRequire(import.meta.url)('@resvg/resvg-js') as Resvg;
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split('\n');
    throw new UndrawablePng(
      `Cannot draw a PNG as @resvg/resvg-js must be installed with its part for ${process.platform}-${process.arch}: ${reason}`,
    );
  }
}
