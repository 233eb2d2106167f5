/**
 * Works on the items in their order, up to `lanes` at once, and resolves with what came of each, in their order.
 * @param lanes at least 1
 * @param work ends when its signal is aborted: by `signal`, or as the work on another item has failed
 * @throws the first failure, or the reason of the signal. No work goes on in either case.
 */
export async function inLanes<Item, Result>(
  items: readonly Item[],
  lanes: number,
  work: (item: Item, signal: AbortSignal) => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result[]> {
  const failed = new AbortController();
  const either = signal ? AbortSignal.any([signal, failed.signal]) : failed.signal;
  const results = new Array<Result>(items.length);
  const waiting = items.entries();
  const lane = async () => {
    for (const [place, item] of waiting) {
      either.throwIfAborted();
      results[place] = await work(item, either);
    }
  };
  const running = Array.from({ length: lanes }, lane);
  try {
    await Promise.all(running);
    return results;
  } finally {
    failed.abort();
    await Promise.allSettled(running);
  }
}
