import { programStack } from './scenario-fault.ts';

/**
 * From now on tells of the first `process.exit()` that the program calls, with its lines that led there, before the
 * process ends. `process.exit` is replaced, not listened to: a listener would count as one of the subject's, and would
 * go with `process.removeAllListeners()`. The call that is returned exits without a word.
 */
export function tellExitCalls(tell: (stack: string) => void): (code: number) => never {
  const exit = process.exit.bind(process);
  const capture = Error.captureStackTrace.bind(Error);
  let isTold = false;
  process.exit = function called(...code) {
    try {
      const place = new Error();
      capture(place, called);
      if (!isTold && !isCalledByNode(place)) {
        isTold = true;
        tell(programStack(place));
      }
    } catch {
      // A subject may have replaced what makes stacks: it exits all the same.
    }
    return exit(...code);
  };
  return exit;
}

/** As after an error in an async hook: it has said why by then. */
function isCalledByNode({ stack }: Error): boolean {
  const caller = String(stack)
    .split('\n')
    .find(line => /^\s+at /.test(line));
  return /\bnode:internal\/(async_hooks|process\/execution)\b/.test(caller ?? '');
}
