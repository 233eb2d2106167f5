import { type Log, messageOf } from '../../log.ts';
import { emptyReply, type Handler, passOn, type Query, type Reply } from '../../plugin.ts';
import type { Consolidation } from './consolidation.ts';

const SERVFAIL = 2;

/** Logs what handlers further down throw, and answers SERVFAIL. The first consolidation that matches takes the error. */
export function logErrors(
  consolidations: readonly Consolidation[],
  log: Log,
  next: Handler | undefined,
): Handler {
  return { name: 'errors', serve };

  function serve(query: Query): Reply | Promise<Reply> {
    try {
      const reply = passOn('errors', next, query);
      return reply instanceof Promise ? reply.catch((error: unknown) => report(query, error)) : reply;
    } catch (error) {
      return report(query, error);
    }
  }

  function report(query: Query, error: unknown): Reply {
    const message = messageOf(error);
    if (!consolidations.some(consolidation => consolidation.take(message))) {
      log('error', `plugin/errors: ${SERVFAIL} ${query.name} ${query.type}: ${message}`);
    }
    return emptyReply('SERVFAIL');
  }
}
