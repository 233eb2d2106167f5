/**
 * Path or `file:` URL of the file that calls a function, told by the stack inside of it; undefined where it
 * is in no file.
 */
export function callingFile(called: (...values: never[]) => unknown): string | undefined {
  const prepared = Object.getOwnPropertyDescriptor(Error, 'prepareStackTrace');
  const holder: { stack?: unknown } = {};
  Error.prepareStackTrace = (_, sites) => sites;
  Error.captureStackTrace(holder, called);
  const sites = holder.stack;
  // Assigning undefined is not the same to Node as never having assigned it.
  if (prepared) Object.defineProperty(Error, 'prepareStackTrace', prepared);
  else Reflect.deleteProperty(Error, 'prepareStackTrace');
  if (!Array.isArray(sites)) return undefined;
  return (sites as NodeJS.CallSite[])
    .map(site => site.getFileName() ?? site.getScriptNameOrSourceURL() ?? '')
    .find(isFile);
}

/** A path from the root, also one of Windows, or a URL. */
function isFile(name: string): boolean {
  return /^(?:\/|[a-z]:[/\\]|file:)/i.test(name);
}
