import type { Session } from 'node:inspector';

/*
 * Sessions with the inspector of this thread. Each ends with its use, for while one is open V8 keeps what the
 * subject logs. But when a session ends, V8 forgets the ids that heap snapshots know objects by
 * (V8HeapProfilerAgentImpl::disable): between snapshots that are compared none may end, whoever opened it.
 */

/**
 * Loaded before the scenario, which may freeze what Node changes as it loads it. Not imported: where there is no
 * inspector, that alone would throw.
 */
const inspector = process.features.inspector ? process.getBuiltinModule('node:inspector') : undefined;

/** The one that stays open. */
let kept: Session | undefined;

/** From now on objects keep the ids that heap snapshots give them. Nothing to do where Node has no inspector. */
export function keepObjectIds(): void {
  if (process.features.inspector) kept ??= connected();
}

/**
 * Lets go of what the subject has logged while a session was open, of which V8 keeps up to 1,000 messages,
 * also after its end.
 */
export function forgetLogged(session = kept): void {
  session?.post('Runtime.discardConsoleEntries');
}

/** Has V8 compile a script, so that its cache of compiled code is there. Nothing to do where Node has no inspector. */
export function compileAnything(): void {
  if (!process.features.inspector) return;
  const session = openSession();
  session.post('Runtime.evaluate', ANYTHING);
  endSession(session);
}

const ANYTHING = { expression: '0' };

/**
 * Collects garbage as V8 does when memory is short, which gives pages that the heap keeps free back to the
 * system, as `gc()` does not. The event loop turns meanwhile. That also throws V8's cache of compiled code
 * away, 3 kB of it for walks of the heap, which would come back with the next walk and look like growth: so
 * something is compiled at once, which leaves less than 1 kB. Nothing to do where Node has no inspector.
 */
export async function releaseFreePages(): Promise<void> {
  if (!process.features.inspector) return;
  const session = openSession();
  await new Promise<void>(resolve => session.post('HeapProfiler.collectGarbage', () => resolve()));
  session.post('Runtime.evaluate', ANYTHING);
  endSession(session);
}

/** A session that is open. Needs a Node with an inspector. */
export function openSession(): Session {
  return kept ?? connected();
}

export function endSession(session: Session): void {
  if (session === kept) return;
  forgetLogged(session);
  session.disconnect();
}

function connected(): Session {
  if (!inspector) throw new Error('Cannot open a session as Node must have an inspector: this one has none');
  const session = new inspector.Session();
  session.connect();
  return session;
}
