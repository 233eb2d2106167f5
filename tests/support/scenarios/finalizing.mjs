const registry = new FinalizationRegistry(map => map.clear());

/** What one iteration leaves is released by a finalizer, which runs only after a collection and a turn of the loop. */
export default {
  name: 'finalizing',
  parameters: { entries: 200 },
  setup: ({ parameters }) => parameters,
  iterate({ entries }) {
    const map = new Map(Array.from({ length: entries }, (_, index) => [index, { index }]));
    registry.register({}, map);
  },
};
