/** Does one thing after the other, all of them, whatever fails; returns the errors. */
export async function runAll(steps: Iterable<() => unknown>): Promise<unknown[]> {
  const errors: unknown[] = [];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      errors.push(error);
    }
  }
  return errors;
}
