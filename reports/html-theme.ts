import { CHART_THEMES, type ChartTheme } from './chart-theme.ts';

/**
 * The chart's colours as CSS variables, light and dark: the system's preference counts until the reader
 * chooses. Charts drawn with the theme `page` use them.
 */
export function themeStyle(): string {
  const light = variables(CHART_THEMES.light);
  const dark = variables(CHART_THEMES.dark);
  return [
    `:root{${light}}`,
    `@media (prefers-color-scheme: dark){:root:not([data-theme=light]){${dark}}}`,
    `:root[data-theme=dark]{${dark}}`,
  ].join('\n');
}

function variables({ background, text, quiet, grid, lines }: ChartTheme): string {
  const plain = { background, text, quiet, grid };
  return [
    ...Object.entries(plain).map(([name, color]) => `--chart-${name}:${color}`),
    ...Object.entries(lines).flatMap(([outcome, colors]) =>
      colors.map((color, place) => `--${outcome}-${place}:${color}`),
    ),
  ].join(';');
}
