/** What so many objects of a class are called; of a class called `B`, as bundlers name some, not as bytes are. */
export function countUnit(className: string): string {
  return className === 'B' ? 'B object' : className;
}
