// https://github.com/jsdom/jsdom/pull/3996 (ranges held by nodes)
// old: 27.3.0, new: 27.4.0
export default {
  name: 'jsdom',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  // In 27.4.0 the range goes, and its WeakRef stays.
  expect: { old: 'leak', new: 'leak' },
  async setup({ parameters }) {
    const { JSDOM } = await import(`jsdom-${parameters.version}`);
    return new JSDOM('<body><p>hello</p></body>');
  },
  iterate({ window: { document } }) {
    const range = document.createRange();
    range.selectNodeContents(document.body);
    range.toString();
  },
  teardown(dom) {
    dom.window.close();
  },
};
