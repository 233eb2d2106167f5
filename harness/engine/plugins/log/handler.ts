import type { Log } from '../../log.ts';
import { emptyReply, type Handler, passOn, type Query, type Reply } from '../../plugin.ts';
import { isSubdomain } from '../../zone/name.ts';
import type { Name } from '../../zone/record.ts';
import { classify, type ResponseClass } from './class.ts';
import type { Format } from './format.ts';

export interface Rule {
  readonly zone: Name;
  readonly format: Format;
  readonly classes: ReadonlySet<ResponseClass>;
}

/** Logs queries once they are answered, by the first rule whose zone they are in. A failure is logged as SERVFAIL. */
export function logQueries(rules: readonly Rule[], log: Log, next: Handler | undefined): Handler {
  return { name: 'log', serve };

  function serve(query: Query): Reply | Promise<Reply> {
    const rule = rules.find(({ zone }) => isSubdomain(query.name, zone));
    if (rule === undefined) return passOn('log', next, query);
    const started = performance.now();
    const record = (reply: Reply): Reply => {
      if (rule.classes.has(classify(reply))) {
        log('info', rule.format({ query, reply, duration: performance.now() - started }));
      }
      return reply;
    };
    const fail = (error: unknown): never => {
      record(emptyReply('SERVFAIL'));
      throw error;
    };
    try {
      const reply = passOn('log', next, query);
      return reply instanceof Promise ? reply.then(record, fail) : record(reply);
    } catch (error) {
      return fail(error);
    }
  }
}
