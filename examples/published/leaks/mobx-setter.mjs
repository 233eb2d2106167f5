// https://github.com/mobxjs/mobx/issues/4553 (makeAutoObservable wraps prototype setters again and again)
// old: 6.13.7, new: 6.15.0
export default {
  name: 'mobx-setter',
  parameters: { version: 'new' },
  builds: { old: { version: 'old' }, new: { version: 'new' } },
  expect: { old: 'leak', new: 'steady' },
  async setup({ parameters }) {
    const { default: mobx } = await import(`mobx6-${parameters.version}`);
    class Store {
      count = 0;
      constructor() {
        mobx.makeAutoObservable(this);
      }
      set double(value) {
        this.count = value / 2;
      }
    }
    return Store;
  },
  iterate(Store, iteration) {
    const store = new Store();
    store.count = iteration;
  },
};
