import { type TimerLists, timerLists, timersIn } from '../probes/timer-lists.ts';
import type { LiveResource } from './live-resource.ts';

type SiteOf = (resource: object) => Pick<LiveResource, 'site' | 'owner'>;

/** Active timers and waiting immediates, unref'd ones included, from Node's own books. */
export function* pendingTimers(
  siteOf: SiteOf,
  lists: TimerLists | undefined = timerLists(),
): Generator<LiveResource> {
  if (!lists) return;
  for (const list of Object.values(lists.timerListMap)) {
    for (const node of timersIn(list)) {
      const { _repeat, _idleTimeout } = node;
      const noun = typeof _repeat === 'number' ? 'interval' : 'timeout';
      const detail = _repeat ?? _idleTimeout;
      yield { kind: 'timer', noun, ...(detail !== undefined && { detail }), ...siteOf(node) };
    }
  }
  for (let node = lists.immediateQueue.head; node; node = node._idleNext)
    yield { kind: 'immediate', noun: 'immediate', ...siteOf(node) };
}
