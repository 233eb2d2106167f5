import type { Surroundings } from '../../scripts/surroundings.ts';

/** Surroundings of a command in a folder, and what it has written. */
export function surroundings(
  cwd: string,
  env: Surroundings['env'] = {},
): { readonly here: Surroundings; readonly stdout: () => string; readonly stderr: () => string } {
  const written = { stdout: '', stderr: '' };
  const terminal = (name: keyof typeof written) => ({
    write: (text: string | Uint8Array) => {
      written[name] += text;
    },
  });
  const here: Surroundings = {
    stdout: terminal('stdout'),
    stderr: terminal('stderr'),
    env,
    cwd: () => cwd,
    on: () => {},
    off: () => {},
  };
  return { here, stdout: () => written.stdout, stderr: () => written.stderr };
}
