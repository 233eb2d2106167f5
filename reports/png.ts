import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Resvg } from '@resvg/resvg-js';

/**
 * Draws an SVG document as a PNG image with the fonts that leakgate ships, so that it looks the same everywhere.
 * @param scale image pixels per SVG pixel
 * @throws {Error} if `svg` is not a well-formed SVG document.
 */
export function renderPng(svg: string, scale = 2): Uint8Array {
  const folder = join(packageRoot(), 'reports', 'fonts');
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: {
      loadSystemFonts: false,
      fontFiles: ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map(file => join(folder, file)),
      defaultFontFamily: 'DejaVu Sans',
    },
  });
  return image.render().asPng();
}

/** The nearest folder upwards that holds a package.json: this file runs from `reports` and from `dist/reports`. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error(`Cannot find the fonts as a package.json must stand above them: ${import.meta.url}`);
    folder = parent;
  }
  return folder;
}
