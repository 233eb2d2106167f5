import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { h, inner, type Markup, raw } from './html-markup.ts';
import { themeStyle } from './html-theme.ts';
import { shipped } from './shipped.ts';

export interface PageContent {
  readonly title: string;
  readonly body: readonly Markup[];
  /** What the page's script draws. */
  readonly data: unknown;
}

/**
 * A whole HTML document that needs nothing beside itself: style, uPlot, the page's script and its data are in
 * it, and its content security policy allows these by their hashes and nothing else (CSP Level 3, section
 * 6.7).
 */
export function htmlDocument({ title, body, data }: PageContent): string {
  const { styles, scripts } = assets();
  const head = [
    h('meta', { charset: 'utf-8' }),
    h('meta', { 'http-equiv': 'Content-Security-Policy', content: policy(styles, scripts) }),
    h('meta', { name: 'generator', content: 'leakgate' }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'color-scheme', content: 'light dark' }),
    h('link', { rel: 'icon', href: 'data:,' }),
    h('title', {}, title),
    ...styles.map(style => h('style', {}, raw(style))),
  ];
  const json = h('script', { type: 'application/json', id: 'data' }, raw(scriptJson(data)));
  const document = h(
    'html',
    { lang: 'en' },
    h('head', {}, head),
    h('body', {}, body, json, ...scripts.map(script => h('script', {}, raw(script)))),
  );
  return `<!doctype html>\n${inner(document)}\n`;
}

/** JSON that cannot end the element it stands in, nor begin a comment there. */
function scriptJson(data: unknown): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

function policy(styles: readonly string[], scripts: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src ${scripts.map(hash).join(' ')}`,
    `style-src ${styles.map(hash).join(' ')}`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

interface Assets {
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
}

let loaded: Assets | undefined;

/** Read when the first page is made: most commands make none. */
function assets(): Assets {
  const { resolve } = createRequire(import.meta.url);
  const read = (path: string) => readFileSync(path, 'utf8');
  loaded ??= {
    styles: [read(resolve('uplot/dist/uPlot.min.css')), themeStyle(), read(shipped('html', 'report.css'))],
    scripts: [read(resolve('uplot/dist/uPlot.iife.min.js')), read(shipped('html', 'report.js'))].map(
      withoutEndTags,
    ),
  };
  return loaded;
}

/**
 * In a script `</script` can only stand in a string, a regular expression or a comment, where a backslash
 * changes nothing.
 */
function withoutEndTags(script: string): string {
  return script.replaceAll('</script', '<\\/script');
}
