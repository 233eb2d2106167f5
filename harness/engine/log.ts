export type LogLevel = 'debug' | 'info' | 'warning' | 'error';

/** Where the engine's messages go. */
export type Log = (level: LogLevel, message: string) => void;

/** For engines under measurement, whose output nobody reads. */
export const silent: Log = () => {};

/** The text of anything that can be thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
