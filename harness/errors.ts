/** Base of every error that leakgate explains to its user; anything else is a bug and keeps its stack. */
export class LeakgateError extends Error {
  override readonly name: string = 'LeakgateError';
}

/** Wrong command line, unreadable scenario or report: the user can mend it. */
export class UsageError extends LeakgateError {
  override readonly name: string = 'UsageError';
}

/** A scenario that cannot be used as it is, or not by this Node; the message names its file. */
export class RefusedScenario extends UsageError {}

/** The harness itself could not do its work, for example a child process that cannot be started. */
export class HarnessError extends LeakgateError {
  override readonly name: string = 'HarnessError';
}
