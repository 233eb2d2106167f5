/** Loaded several times, each time under another query. */
setTimeout(() => {}, 4_800_000).unref();
