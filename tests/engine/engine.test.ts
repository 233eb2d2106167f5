import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { encode } from 'dns-packet';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { DIRECTIVES } from '../../harness/engine/directives.ts';
import { Engine } from '../../harness/engine/engine.ts';
import { type Directive, emptyReply, type Reply } from '../../harness/engine/plugin.ts';
import { Client } from '../../harness/targets/engine/client.ts';
import { folderWith, openHandles, recorder, startEngine, timers, write, zoneText } from './support.ts';

/**
 * `trace NAME [EVENT...]`: notes every hook of its instance as `NAME EVENT`, and fails at the events that are
 * given.
 */
function tracing(): { readonly trace: Directive; readonly events: string[] } {
  const events: string[] = [];
  const trace: Directive = {
    name: 'trace',
    setup(controller) {
      controller.tokens.next();
      const [name, ...failing] = controller.tokens.remainingArgs();
      const note = (event: string) => () => {
        events.push(`${name} ${event}`);
        if (failing.includes(event)) throw new Error(`${name} fails at ${event}`);
      };
      if (failing.includes('setup')) throw new Error(`${name} fails at setup`);
      controller.onFirstStartup(note('firstStartup'));
      controller.onStartup(note('startup'));
      controller.onStarted(note('started'));
      controller.onRestart(note('restart'));
      controller.onRestartFailed(note('restartFailed'));
      controller.onShutdown(note('shutdown'));
      controller.onFinalShutdown(note('finalShutdown'));
      controller.addPlugin(next => {
        if (failing.includes('plugin')) throw new Error(`${name} fails at plugin`);
        return next ?? { name: 'trace', serve: () => emptyReply('NOERROR') };
      });
    },
  };
  return { trace, events };
}

const corefile = (lines: string, key = '.:0') => `${key} {\n${lines}\n}\n`;
const path = '/nowhere/Corefile';

async function startTracing(lines = 'trace old', extra: readonly Directive[] = []) {
  const { trace, events } = tracing();
  const recording = recorder();
  const directives = [...extra, trace, ...DIRECTIVES];
  const engine = await startEngine({
    corefile: { path, text: corefile(lines) },
    directives,
    log: recording.log,
  });
  return { engine, events, directives, ...recording };
}

function clientOf(port: number): Client {
  const client = new Client(port);
  onTestFinished(() => client.close());
  return client;
}

/** Asks over UDP without waiting for an answer. */
function sendUnheard(port: number): void {
  const socket = createSocket('udp4');
  onTestFinished(() => void socket.close());
  socket.send(encode({ type: 'query', questions: [{ type: 'A', name: 'x' }] }), port, '127.0.0.1');
}

/** A TCP port on 127.0.0.1 that is taken for the length of the test. */
async function takenPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return portOf(server);
}

function portOf(server: ReturnType<typeof createServer>): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function failureOf(work: Promise<unknown>): Promise<Error> {
  return work.then(
    () => {
      throw new Error('it succeeded');
    },
    (error: Error) => error,
  );
}

describe('hooks', () => {
  test('of a first start: onFirstStartup, onStartup, and onStarted once it serves', async () => {
    const { events } = await startTracing();
    expect(events).toEqual(['old firstStartup', 'old startup', 'old started']);
  });

  test('of a good reload: the new instance starts before the old one ends', async () => {
    const { engine, events } = await startTracing();
    events.length = 0;
    await engine.reload(corefile('trace new'));
    expect(events).toEqual(['old restart', 'new startup', 'old shutdown', 'new started']);
    expect(engine.failedReloads).toBe(0);
  });

  test.each([
    ['a Corefile that cannot be parsed', '.:0 {\ntrace new\n'],
    ['a bad key', corefile('trace new', 'a..b:0')],
    ['an unknown directive', corefile('trace new\nnonsense')],
    ['a set-up that fails', corefile('trace new setup')],
    ['a plugin that cannot be built', corefile('trace new plugin')],
    ['a plugin argument', corefile('trace new\nreload 1s')],
    ['a zone that is defined twice', corefile('trace new') + corefile('trace new')],
  ])('of a reload that fails at %s: the new instance is never called', async (_, text) => {
    const { engine, events, lines } = await startTracing();
    events.length = 0;
    const [instance, addresses] = [engine.instance, engine.addresses];
    const failure = await failureOf(engine.reload(text));
    expect(events).toEqual(['old restart', 'old restartFailed']);
    expect(lines.at(-1)).toBe(`error Restart failed: ${failure.message}`);
    expect([engine.instance, engine.addresses]).toEqual([instance, addresses]);
    expect(engine.failedReloads).toBe(1);
    expect(await clientOf(engine.port).ask('x.', 'A')).toEqual({ rcode: 'NOERROR', answers: [] });
  });

  test('of a reload that fails at onStartup: those up to the one that fails', async () => {
    const { engine, events } = await startTracing();
    events.length = 0;
    const text =
      corefile('trace one', 'a:0') + corefile('trace two startup', 'b:0') + corefile('trace three', 'c:0');
    expect((await failureOf(engine.reload(text))).message).toBe('two fails at startup');
    expect(events).toEqual(['old restart', 'one startup', 'two startup', 'old restartFailed']);
  });

  test('of a reload whose address cannot be listened on: all of onStartup', async () => {
    const { engine, events } = await startTracing();
    events.length = 0;
    const text = corefile('trace one', 'a:0') + corefile('trace two', `b:${await takenPort()}`);
    expect((await failureOf(engine.reload(text))).message).toContain('EADDRINUSE');
    expect(events).toEqual(['old restart', 'one startup', 'two startup', 'old restartFailed']);
  });

  test('of a reload that the old instance refuses: nothing of the new one', async () => {
    const { engine, events } = await startTracing('trace old restart');
    events.length = 0;
    expect((await failureOf(engine.reload(corefile('trace new')))).message).toBe('old fails at restart');
    expect(events).toEqual(['old restart', 'old restartFailed']);
  });

  test('of a stop: onShutdown, then onFinalShutdown, while the servers still answer', async () => {
    const answers: unknown[] = [];
    const asking: Directive = {
      name: 'asking',
      setup: ({ onShutdown, onFinalShutdown, tokens }) => {
        tokens.next();
        const ask = async () => void answers.push(await clientOf(engine.port).ask('x.', 'A'));
        onShutdown(ask);
        onFinalShutdown(ask);
      },
    };
    const { engine, events } = await startTracing('trace old\nasking', [asking]);
    events.length = 0;
    await engine.stop();
    expect(events).toEqual(['old shutdown', 'old finalShutdown']);
    expect(answers).toEqual(Array(2).fill({ rcode: 'NOERROR', answers: [] }));
  });

  test('none, when only the servers of an instance are stopped', async () => {
    const { engine, events } = await startTracing();
    events.length = 0;
    await engine.instance.drain(100);
    expect(events).toEqual([]);
  });

  test('of a stop all run, and all errors are reported', async () => {
    const { engine, events } = await startTracing('trace one shutdown finalShutdown');
    events.length = 0;
    const failure = await failureOf(engine.stop());
    expect(failure).toBeInstanceOf(AggregateError);
    expect((failure as AggregateError).errors.map(String)).toEqual([
      'Error: one fails at shutdown',
      'Error: one fails at finalShutdown',
    ]);
    expect(events).toEqual(['one shutdown', 'one finalShutdown']);
    expect(engine.addresses).toEqual([]);
  });

  test('that fail at onRestartFailed are logged and do not hide why the reload failed', async () => {
    const { engine, lines } = await startTracing('trace old restartFailed');
    expect((await failureOf(engine.reload('x {'))).message).not.toContain('restartFailed');
    expect(lines.at(-2)).toBe('error old fails at restartFailed');
  });
});

describe('set-ups', () => {
  test('run by the order of directives, then of blocks', async () => {
    const order: string[] = [];
    const directives = ['first', 'second'].map((name): Directive => {
      return { name, setup: ({ keys }) => void order.push(`${name} ${keys.join()}`) };
    });
    const text = corefile('second\nfirst', 'b:0') + corefile('first\nsecond', 'a:0 c:0');
    await startEngine({ corefile: { path, text }, directives });
    expect(order).toEqual([
      'first dns://b.:0',
      'first dns://a.:0,dns://c.:0',
      'second dns://b.:0',
      'second dns://a.:0,dns://c.:0',
    ]);
  });

  test('are waited for when they take their time', async () => {
    const order: string[] = [];
    const slow: Directive = {
      name: 'slow',
      setup: async () => {
        await new Promise(resolve => setImmediate(resolve));
        order.push('slow');
      },
    };
    const quick: Directive = { name: 'quick', setup: () => void order.push('quick') };
    await startEngine({ corefile: { path, text: corefile('quick\nslow') }, directives: [slow, quick] });
    expect(order).toEqual(['slow', 'quick']);
  });

  test('an empty Corefile is the default block', async () => {
    const recording = recorder();
    const engine = await startEngine({ corefile: { path, text: '# nothing' }, port: 0, log: recording.log });
    expect(await clientOf(engine.port).ask('x.', 'A')).toEqual({ rcode: 'NOERROR', answers: [] });
    expect(recording.lines[0]).toMatch(/^info 127\.0\.0\.1:\d+ - - "A IN x\. udp/);
  });

  test('a block without plugins refuses', async () => {
    const engine = await startEngine({ corefile: { path, text: corefile('root /') } });
    expect((await clientOf(engine.port).ask('x.', 'A')).rcode).toBe('REFUSED');
  });
});

describe('a reload', () => {
  test('keeps an ephemeral port, over UDP and TCP and on an open connection', async () => {
    const { engine } = await startTracing();
    const { port, addresses } = engine;
    expect(addresses).toEqual([`dns://127.0.0.1:${port}`]);
    const client = clientOf(port);
    await client.ask('x.', 'A', 'tcp');
    await engine.reload(corefile('whoami'));
    expect(engine.port).toBe(port);
    for (const transport of ['udp', 'tcp'] as const) {
      expect(await client.ask('x.', 'A', transport)).toEqual({ rcode: 'NOERROR', answers: [] });
    }
  });

  test('opens the addresses that are new and closes those that are no longer named', async () => {
    const { engine } = await startTracing('bind 127.0.0.1 127.0.0.2\ntrace old');
    const [first, second] = engine.addresses;
    expect([first, second]).toEqual([
      expect.stringContaining('127.0.0.1'),
      expect.stringContaining('127.0.0.2'),
    ]);
    await engine.reload(corefile('bind 127.0.0.2 127.0.0.3\ntrace new'));
    expect(engine.addresses).toEqual([second, expect.stringContaining('127.0.0.3')]);
    expect(engine.port).toBe(Number(second?.split(':').at(-1)));
  });

  test('that fails closes the listeners it had opened', async () => {
    const { engine } = await startTracing();
    const before = engine.addresses;
    const text =
      corefile('bind 127.0.0.2\ntrace one', 'a:0') + corefile('trace two', `b:${await takenPort()}`);
    const open = await openHandles();
    await failureOf(engine.reload(text));
    expect(engine.addresses).toEqual(before);
    expect(await openHandles()).toEqual(open);
  });

  test('leaves the answer to a query in flight to the old instance', async () => {
    const waiting: ((reply: Reply) => void)[] = [];
    let asked: () => void = () => {};
    const slow: Directive = {
      name: 'slow',
      setup: ({ addPlugin }) =>
        addPlugin(() => ({
          name: 'slow',
          serve: () =>
            new Promise<Reply>(resolve => {
              waiting.push(resolve);
              asked();
            }),
        })),
    };
    const { engine, events } = await startTracing('trace old\nslow', [slow]);
    const arrived = new Promise<void>(resolve => {
      asked = resolve;
    });
    const answer = clientOf(engine.port).ask('x.', 'A');
    await arrived;
    const ended = new Promise<void>(resolve => {
      const reloading = engine.reload(corefile('trace new'));
      void reloading.then(resolve);
    });
    // The new one serves while the old one is waited for.
    while (!events.includes('new startup')) await new Promise(resolve => setImmediate(resolve));
    expect((await clientOf(engine.port).ask('y.', 'A')).rcode).toBe('NOERROR');
    expect(events).not.toContain('old shutdown');
    waiting[0]?.(emptyReply('NXDOMAIN'));
    expect((await answer).rcode).toBe('NXDOMAIN');
    await ended;
    expect(events.slice(-2)).toEqual(['old shutdown', 'new started']);
  });

  test('gives up waiting for a query in flight after the grace', async () => {
    const stuck: Directive = {
      name: 'stuck',
      setup: ({ addPlugin }) =>
        addPlugin(() => ({ name: 'stuck', serve: () => new Promise<Reply>(() => {}) })),
    };
    const engine = await startEngine({
      corefile: { path, text: corefile('stuck') },
      directives: [stuck, ...DIRECTIVES],
      graceMs: 20,
    });
    sendUnheard(engine.port);
    const server = engine.instance.servers[0]!.server;
    while (server.inFlight === 0) await new Promise(resolve => setImmediate(resolve));
    await engine.reload(corefile('whoami'));
    expect((await clientOf(engine.port).ask('x.', 'A')).rcode).toBe('NOERROR');
  });

  test('whose old instance fails to end is a success all the same: every hook runs, the error is reported', async () => {
    const text = corefile('trace one shutdown', 'a:0') + corefile('trace two shutdown', 'b:0');
    const { trace, events } = tracing();
    const { log, lines } = recorder();
    const engine = await startEngine({ corefile: { path, text }, directives: [trace, ...DIRECTIVES], log });
    events.length = 0;
    const before = engine.instance;
    const failure = await failureOf(engine.reload(corefile('trace new')));
    expect(failure).toBeInstanceOf(AggregateError);
    expect((failure as AggregateError).errors.map(String)).toEqual([
      'Error: one fails at shutdown',
      'Error: two fails at shutdown',
    ]);
    expect(events).toEqual([
      'one restart',
      'two restart',
      'new startup',
      'one shutdown',
      'two shutdown',
      'new started',
    ]);
    expect(lines).toContain('error one fails at shutdown');
    expect(engine.instance).not.toBe(before);
    expect(engine.failedReloads).toBe(0);
    await engine.reload(corefile('trace newer'));
  });

  test('reads the file again, and finds zones relative to it', async () => {
    const folder = folderWith({
      'zones/db.a.org': zoneText(1),
      Corefile: corefile('auto {\ndirectory zones\n}'),
    });
    const engine = await startEngine({ corefile: { path: join(folder, 'Corefile') } });
    const client = clientOf(engine.port);
    expect(await client.ask('a.a.org', 'A')).toEqual({ rcode: 'NOERROR', answers: ['a.a.org A 192.0.2.1'] });
    writeFileSync(join(folder, 'Corefile'), corefile('whoami'));
    await engine.reload();
    expect(await client.ask('a.a.org', 'A')).toEqual({ rcode: 'NOERROR', answers: [] });
  });

  test('goes back to the text it was started with', async () => {
    const { engine, events } = await startTracing();
    await engine.reload(corefile('trace new'));
    await engine.reload();
    expect(events.at(-1)).toBe('old started');
  });

  test('never overlaps another one', async () => {
    const { engine, events } = await startTracing();
    events.length = 0;
    await Promise.all([
      engine.reload(corefile('trace 1')),
      failureOf(engine.reload('x {')),
      engine.reload(corefile('trace 2')),
    ]);
    expect(events).toEqual([
      ...['old restart', '1 startup', 'old shutdown', '1 started'],
      ...['1 restart', '1 restartFailed'],
      ...['1 restart', '2 startup', '1 shutdown', '2 started'],
    ]);
  });
});

describe('stopping', () => {
  test('closes sockets and timers, twice is once', async () => {
    const folder = folderWith({ 'zones/db.a.org': zoneText() });
    const open = await openHandles();
    const text = corefile('reload\nauto {\ndirectory zones\n}');
    const engine = await Engine.start({ corefile: { path: join(folder, 'Corefile'), text } });
    expect(await openHandles()).not.toEqual(open);
    await Promise.all([engine.stop(), engine.stop()]);
    await engine.stop();
    expect(await openHandles()).toEqual(open);
  });

  test('during a reload waits for it, and then ends what it started', async () => {
    const { engine, events } = await startTracing();
    const stopped: Promise<void>[] = [];
    const original = events.push.bind(events);
    events.push = (...added) => {
      if (added.includes('new startup')) stopped.push(engine.stop());
      return original(...added);
    };
    await engine.reload(corefile('trace new'));
    await Promise.all(stopped);
    expect(stopped).toHaveLength(1);
    expect(events.slice(-4)).toEqual(['old shutdown', 'new started', 'new shutdown', 'new finalShutdown']);
    expect(engine.addresses).toEqual([]);
  });

  test('makes later reloads fail', async () => {
    const { engine } = await startTracing();
    const stopped = engine.stop();
    expect((await failureOf(engine.reload())).message).toBe(
      'Cannot reload, the engine must be running: stopped',
    );
    await stopped;
    expect(engine.failedReloads).toBe(0);
  });
});

describe('a start that fails', () => {
  test.each([
    ['a Corefile that does not exist', { path: '/nowhere/Corefile' }, 'ENOENT'],
    ['a hook', { path, text: corefile('trace x startup') }, 'x fails at startup'],
    ['the last hook', { path, text: corefile('trace x started') }, 'x fails at started'],
    ['a port that is none', { path, text: corefile('trace x', '.:99999') }, '99999'],
  ])('at %s leaves nothing open', async (_, source, message) => {
    const { trace } = tracing();
    const open = await openHandles();
    const failure = await failureOf(Engine.start({ corefile: source, directives: [trace, ...DIRECTIVES] }));
    expect(failure.message).toContain(message);
    expect(await openHandles()).toEqual(open);
  });
});

describe('a CNAME out of its zone', () => {
  const cname = (target: string) => zoneText(1, '192.0.2.1', `alias IN CNAME ${target}`);

  async function start(files: { readonly [path: string]: string }, extra = '') {
    const folder = folderWith(files);
    const text = `${corefile('auto {\ndirectory zones\n}', 'a.org:0 b.org:0')}${extra}`;
    const engine = await startEngine({ corefile: { path: join(folder, 'Corefile'), text } });
    return clientOf(engine.port);
  }

  test('is followed into another zone of the same block', async () => {
    const client = await start({
      'zones/db.a.org': cname('a.b.org.'),
      'zones/db.b.org': zoneText(1, '192.0.2.2'),
    });
    expect(await client.ask('alias.a.org', 'A')).toEqual({
      rcode: 'NOERROR',
      answers: ['a.b.org A 192.0.2.2', 'alias.a.org CNAME a.b.org'],
    });
  });

  test('is followed into another block of the same server', async () => {
    const extra = corefile('file db.c', 'c.org:0');
    const client = await start(
      { 'zones/db.a.org': cname('a.c.org.'), 'db.c': zoneText(1, '192.0.2.3') },
      extra,
    );
    expect((await client.ask('alias.a.org', 'A')).answers).toContain('a.c.org A 192.0.2.3');
  });

  test('is the whole answer when nobody here serves its target', async () => {
    const client = await start({ 'zones/db.a.org': cname('www.elsewhere.net.') });
    expect(await client.ask('alias.a.org', 'A')).toEqual({
      rcode: 'NOERROR',
      answers: ['alias.a.org CNAME www.elsewhere.net'],
    });
  });

  test('gives the outcome for its target', async () => {
    const client = await start({ 'zones/db.a.org': cname('missing.b.org.'), 'zones/db.b.org': zoneText() });
    expect(await client.ask('alias.a.org', 'A')).toEqual({
      rcode: 'NXDOMAIN',
      answers: ['alias.a.org CNAME missing.b.org'],
    });
  });

  test('that leads in a circle ends in SERVFAIL', async () => {
    const client = await start({
      'zones/db.a.org': cname('alias.b.org.'),
      'zones/db.b.org': cname('alias.a.org.'),
    });
    expect((await client.ask('alias.a.org', 'A')).rcode).toBe('SERVFAIL');
  });

  test('into a zone that fails is returned with SERVFAIL', async () => {
    const extra = corefile('file missing', 'c.org:0');
    const client = await start({ 'zones/db.a.org': cname('a.c.org.') }, extra);
    expect(await client.ask('alias.a.org', 'A')).toEqual({
      rcode: 'SERVFAIL',
      answers: ['alias.a.org CNAME a.c.org'],
    });
  });
});

describe('the reload plugin in an engine', () => {
  test('hashes what the file says now', async () => {
    const folder = folderWith({ Corefile: corefile('# one\nwhoami') });
    const file = join(folder, 'Corefile');
    let view: { readonly runningHash: string; readHash(): string } | undefined;
    const peek: Directive = {
      name: 'whoami',
      setup({ engine: seen }) {
        view = seen;
      },
    };
    await startEngine({ corefile: { path: file }, directives: [peek] });
    const running = view!.runningHash;
    expect(running).toMatch(/^[0-9a-f]{128}$/);
    expect(view!.readHash()).toBe(running);
    write(file, corefile('# two\nwhoami'));
    expect(view!.readHash()).toBe(running);
    write(file, corefile('# one\n\nwhoami'));
    expect(view!.readHash()).not.toBe(running);
    write(file, corefile('unknown'));
    expect(view!.readHash()).not.toBe(running);
  });

  test('reloads once per change, counts what fails, and ends when it is no longer asked for', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    const watched = (lines: string) => corefile(`reload 2s 0\n${lines}`);
    const folder = folderWith({ Corefile: watched('whoami') });
    const file = join(folder, 'Corefile');
    const { log, lines } = recorder();
    const engine = await startEngine({ corefile: { path: file }, log });
    /** Lets the watcher look twice; what it asks for is done before the second look. */
    const look = async () => {
      for (let tick = 0; tick < 2; tick++) {
        vi.advanceTimersByTime(2000);
        while (lines.at(-1) === 'info Reloading') await new Promise(resolve => setImmediate(resolve));
        await new Promise(resolve => setImmediate(resolve));
      }
    };
    const reloads = () => lines.filter(line => line === 'info Reloading').length;

    await look();
    expect(reloads()).toBe(0);
    write(file, watched('log\nwhoami'));
    await look();
    expect([reloads(), engine.failedReloads]).toEqual([1, 0]);
    write(file, watched('nonsense'));
    await look();
    expect([reloads(), engine.failedReloads]).toEqual([2, 1]);
    expect(lines.at(-1)).toMatch(
      /^error plugin\/reload: Corefile changed but reload failed: .*Unknown directive/,
    );
    write(file, watched('log\nwhoami'));
    await look();
    expect([reloads(), engine.failedReloads]).toEqual([3, 1]);
    write(file, corefile('whoami'));
    await look();
    expect(reloads()).toBe(4);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a request succeeds even when the old instance does not end well', async () => {
    const { trace } = tracing();
    let request: () => Promise<void> = () => Promise.resolve();
    const peek: Directive = {
      name: 'peek',
      setup({ engine: seen }) {
        request = () => seen.requestReload();
      },
    };
    const engine = await startEngine({
      corefile: { path, text: corefile('peek\ntrace x shutdown') },
      directives: [peek, trace],
    });
    const before = engine.instance;
    await request();
    expect(engine.instance).not.toBe(before);
  });
});

test('whatever sequence of good and bad reloads: what runs is what the current Corefile asks for', async () => {
  const folder = folderWith({
    'one/db.a.org': zoneText(),
    'two/db.a.org': zoneText(),
    'two/db.b.org': zoneText(),
    'db.c': zoneText(),
  });
  const good = [
    { lines: 'whoami', timers: 0 },
    { lines: 'auto {\ndirectory one\n}', timers: 2 },
    { lines: 'auto {\ndirectory two\n}\nreload', timers: 4 },
    { lines: 'file db.c c.org d.org\nauto {\ndirectory two\nreload 0\n}', timers: 2 },
  ];
  const bad = [
    '.:0 {',
    corefile('nonsense'),
    corefile('reload 1s'),
    corefile('trace x setup'),
    corefile('trace x startup'),
  ];
  const step = fc.record({ good: fc.constantFrom(...good), bad: fc.option(fc.constantFrom(...bad)) });
  const before = await openHandles();
  const { trace } = tracing();
  const property = fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async steps => {
    const engine = await Engine.start({
      corefile: { path: join(folder, 'Corefile'), text: corefile('whoami') },
      directives: [...DIRECTIVES, trace],
    });
    let current = 0;
    for (const { good: next, bad: broken } of steps) {
      // What is wrong comes last, so that as much as possible has been started by then.
      const text = corefile(next.lines);
      if (broken === null) current = next.timers;
      const reloaded = await engine
        .reload(broken === null ? text : text.replace('.:0', 'e.org:0') + broken)
        .then(
          () => true,
          () => false,
        );
      expect(reloaded).toBe(broken === null);
      expect(timers.size).toBe(before.timers! + current);
      expect(engine.addresses).toHaveLength(1);
    }
    await engine.stop();
    expect(await openHandles()).toEqual(before);
  });
  await fc.assert(property, { numRuns: 40, seed: 1 });
});
