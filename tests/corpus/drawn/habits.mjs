import { createHash } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { below } from '../random.mjs';
import { serve } from '../request.mjs';
import { between, oneOf, some } from './dice.mjs';

/**
 * What programs do besides, none of which leaks: each draws its sizes by `dice` for a run of `plan` iterations, and
 * gives back what it is in words, what it does in an iteration with the random numbers of the run, and how much it has
 * `kept` by then, where it keeps anything.
 */
export const HABITS = [
  garbage,
  requests,
  workingSet,
  recentlyUsed,
  customers,
  expiring,
  batches,
  pool,
  lazyTable,
  listeners,
  deadlines,
  ring,
  queue,
  frames,
  counters,
  weakCache,
  backlog,
  tasks,
  histories,
];

function garbage(dice) {
  const rows = between(5, 300, dice);
  return {
    text: `${rows} rows of garbage`,
    run: (iteration, random) =>
      listOf(rows, row => ({ row, at: iteration, text: `row ${row}`, value: random() })),
  };
}

function requests(dice) {
  const each = between(1, 8, dice);
  return {
    text: `${each} requests parsed and hashed`,
    run: (_, random) => {
      for (let nth = 0; nth < each; nth++) serve(random);
    },
  };
}

function workingSet(dice) {
  const most = between(20, 3000, dice);
  let working = [];
  return {
    text: `a working set of up to ${most} rows`,
    run: (iteration, random) => {
      working = listOf(below(most, random), row => ({ row, iteration, value: random() }));
      return working.length;
    },
    kept: () => working.length,
  };
}

/** Full by the time that twice the plan is over. */
function recentlyUsed(dice, plan) {
  const [bound, characters] = [between(20, plan, dice), between(12, 1000, dice)];
  const keys = bound * between(2, 4, dice);
  const cache = new Map();
  return {
    text: `a cache of the ${bound} entries last used of ${keys}, ${characters} characters each`,
    run: (_, random) => {
      const key = `page ${below(keys, random)}`;
      const value = cache.get(key) ?? { key, body: key.padEnd(characters), hits: 0 };
      cache.delete(key);
      cache.set(key, value);
      value.hits++;
      if (cache.size > bound) cache.delete(cache.keys().next().value);
    },
    kept: () => cache.size,
  };
}

function customers(dice, plan) {
  const many = between(10, plan / 2, dice);
  const known = new Map();
  return {
    text: `a record for each of ${many} customers, who come at random`,
    run: (iteration, random) => {
      const id = below(many, random);
      const customer = known.get(id) ?? { id, orders: 0, last: iteration };
      customer.orders++;
      customer.last = iteration;
      known.set(id, customer);
    },
    kept: () => known.size,
  };
}

function expiring(dice) {
  const [life, sweep, each] = [between(5, 300, dice), between(1, 300, dice), between(1, 6, dice)];
  const sessions = new Map();
  let last = 0;
  return {
    text: `${each} sessions per iteration, which last for ${life} and are swept every ${sweep}`,
    run: (iteration, random) => {
      for (let nth = 0; nth < each; nth++)
        sessions.set(`session ${last++}`, { since: iteration, user: random() });
      if (iteration % sweep !== 0) return;
      for (const [key, { since }] of sessions) if (iteration - since > life) sessions.delete(key);
    },
    kept: () => sessions.size,
  };
}

function batches(dice) {
  const [size, kind] = [between(3, 700, dice), oneOf(['rows', 'lines', 'chunks'], dice)];
  const made = {
    rows: (iteration, random) => ({ iteration, value: random() }),
    lines: iteration => `${iteration} served`.padEnd(200),
    chunks: iteration => Buffer.alloc(500, iteration),
  };
  let batch = [];
  return {
    text: `${kind} written in batches of ${size}`,
    run: (iteration, random) => {
      batch.push(made[kind](iteration, random));
      if (batch.length >= size) batch = [];
    },
    kept: () => batch.length,
  };
}

/** As large as was ever needed. */
function pool(dice) {
  const most = between(3, 80, dice);
  const free = [];
  let made = 0;
  return {
    text: `a pool of up to ${most} connections`,
    run: (_, random) => {
      const used = listOf(
        1 + below(most, random),
        () => free.pop() ?? { id: made++, buffer: new Array(16).fill(0) },
      );
      free.push(...used);
    },
    kept: () => free.length,
  };
}

function lazyTable(dice, plan) {
  const [at, rows] = [between(1, plan / 2, dice), between(50, 3000, dice)];
  let table;
  return {
    text: `a table of ${rows} rows made at iteration ${at}`,
    run: iteration => {
      if (iteration === at) table = listOf(rows, row => ({ row, name: `row ${row}` }));
      return table;
    },
    kept: () => table?.length ?? 0,
  };
}

function listeners(dice) {
  const each = between(1, 5, dice);
  const bus = new EventEmitter();
  return {
    text: `${each} listeners added and removed`,
    run: iteration => {
      const added = listOf(each, () => () => iteration);
      for (const listener of added) bus.on('order', listener);
      bus.emit('order');
      for (const listener of added) bus.off('order', listener);
    },
    kept: () => bus.listenerCount('order'),
  };
}

/** Of each iteration one timer, which is cleared in most and fires in the others. */
function deadlines(dice) {
  const after = between(1, 40, dice);
  return {
    text: `a deadline of ${after} ms, cleared in nine of ten iterations`,
    run: (iteration, random) => {
      const timer = setTimeout(() => iteration, after);
      if (random() < 0.9) clearTimeout(timer);
    },
  };
}

function ring(dice, plan) {
  const places = between(16, plan, dice);
  const lines = new Array(places);
  return {
    text: `a ring of ${places} lines`,
    run: iteration => {
      lines[iteration % places] = { iteration, line: `served ${iteration}` };
    },
    kept: () => lines.length,
  };
}

/** Jobs come in bursts; on average four fifths of what could be done. */
function queue(dice) {
  const [burst, done] = [between(2, 60, dice), between(2, 6, dice)];
  const jobs = [];
  return {
    text: `a queue of jobs that come in bursts of ${burst}`,
    run: (iteration, random) => {
      if (random() < (0.8 * done) / burst) jobs.push(...listOf(burst, nth => ({ nth, iteration })));
      jobs.splice(0, done);
    },
    kept: () => jobs.length,
  };
}

/** Memory off the heap. */
function frames(dice) {
  const [bytes, kept] = [between(500, 60_000, dice), between(1, 12, dice)];
  const shown = [];
  return {
    text: `the last ${kept} frames of up to ${bytes} B`,
    run: (iteration, random) => {
      shown.push(Buffer.alloc(1 + below(bytes, random), iteration));
      if (shown.length > kept) shown.shift();
    },
    kept: () => shown.length,
  };
}

function counters(dice) {
  const routes = between(2, 100, dice);
  const seen = {};
  return {
    text: `counters of ${routes} routes`,
    run: (_, random) => {
      const route = `/route/${below(routes, random)}`;
      seen[route] = (seen[route] ?? 0) + random();
    },
    kept: () => Object.keys(seen).length,
  };
}

function weakCache(dice) {
  const keys = between(5, 200, dice);
  const cache = new Map();
  const registry = new FinalizationRegistry(key => {
    if (!cache.get(key)?.deref()) cache.delete(key);
  });
  return {
    text: `a cache of ${keys} weak references`,
    run: (_, random) => {
      const key = below(keys, random);
      if (cache.get(key)?.deref()) return;
      const page = { key, body: `${key}`.padEnd(300) };
      cache.set(key, new WeakRef(page));
      registry.register(page, key);
    },
    kept: () => cache.size,
  };
}

/** A heap that shrinks. */
function backlog(dice, plan) {
  const [rows, until] = [between(500, 20_000, dice), between(plan / 2, 2 * plan, dice)];
  const left = listOf(rows, row => ({ row, state: 'waiting' }));
  return {
    text: `a backlog of ${rows} rows, done by iteration ${until}`,
    run: iteration => {
      left.length = Math.min(left.length, Math.max(0, Math.round(rows * (1 - iteration / until))));
    },
    kept: () => left.length,
  };
}

/** Asynchronous work, some of which an iteration does not wait for. */
function tasks(dice) {
  const [each, late] = [between(1, 6, dice), oneOf([0, 0, 5, 20], dice)];
  const task = async (iteration, random) => {
    if (late > 0 && random() < 0.05) await pause(below(late, random));
    else await Promise.resolve();
    return createHash('sha1').update(`${iteration}`).digest('hex');
  };
  return {
    text: `${each} tasks${late > 0 ? `, one in twenty of up to ${late} ms` : ''}`,
    run: async (iteration, random) => {
      const begun = listOf(each, () => task(iteration, random));
      if (late === 0) await Promise.all(begun);
    },
  };
}

/** For each of some tenants what it did last. */
function histories(dice) {
  const [tenants, length] = [between(2, 30, dice), between(2, 50, dice)];
  const kept = new Map();
  return {
    text: `the last ${length} events of each of ${tenants} tenants`,
    run: (iteration, random) => {
      const tenant = below(tenants, random);
      const events = kept.get(tenant) ?? [];
      kept.set(tenant, events);
      events.push({ iteration, kind: `event ${below(9, random)}` });
      if (events.length > length) events.shift();
    },
    kept: () => [...kept.values()].flat().length,
  };
}

/** None to four of them. */
export function drawHabits(dice, plan) {
  return some(HABITS, below(5, dice), dice).map(habit => ({ name: habit.name, ...habit(dice, plan) }));
}

function listOf(length, make) {
  return Array.from({ length }, (_, nth) => make(nth));
}
