/** Whether a call of it runs nothing of its body. By its tag: Jest's functions are of another realm. */
export function isGenerator(value: unknown): boolean {
  return (
    typeof value === 'function' &&
    /^\[object (Async)?GeneratorFunction\]$/.test(Object.prototype.toString.call(value))
  );
}
