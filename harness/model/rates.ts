/** As what was made around a snapshot may be in one of two rates only. */
const SHARE_APART = 0.05;

/** Whether two rates per iteration may be of the same objects. */
export function isAsOften(rate: number, other: number): boolean {
  return Math.abs(rate - other) <= SHARE_APART * other;
}
