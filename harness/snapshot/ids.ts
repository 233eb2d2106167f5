/**
 * Whether an id is one of V8's heap: these are odd and rise with time. What lies outside has an even one, a
 * hash, which says nothing of time.
 */
export function isOnHeap(id: number): boolean {
  return id % 2 === 1;
}
