const steps: (() => void)[] = [];

/**
 * Has a step done should this process exit before it is taken back, which the returned call does. The latest
 * come first, so that children have been killed when their folder is removed. A step takes no turn of the
 * event loop.
 */
export function atExit(step: () => void): () => void {
  if (steps.length === 0) process.on('exit', doAll);
  const own = () => step();
  steps.push(own);
  return () => {
    const index = steps.indexOf(own);
    if (index >= 0) steps.splice(index, 1);
    if (steps.length === 0) process.off('exit', doAll);
  };
}

function doAll(): void {
  for (const step of steps.splice(0).reverse()) {
    try {
      step();
    } catch {
      // The others are still worth doing.
    }
  }
}
