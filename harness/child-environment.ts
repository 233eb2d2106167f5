/**
 * The environment of a process that measures, or reads what was measured: this one's, less what would change it. Flags
 * come from the trial's options, which the report records, and from nowhere else; and what counts coverage allocates
 * while the subject runs.
 */
export function childEnvironment(): NodeJS.ProcessEnv {
  // Named, without a value: Node gives NODE_V8_COVERAGE to every child whose environment does not name it.
  return { ...process.env, NODE_OPTIONS: '', NODE_V8_COVERAGE: undefined };
}
