/**
 * Says how to install an npm package that is not there.
 * @param name what is imported
 * @param specification what npm is told, with the exact version
 */
export function missingPackage(name: string, specification: string): string | undefined {
  try {
    import.meta.resolve(name);
    return undefined;
  } catch {
    return `not installed: npm i --no-save --ignore-scripts ${specification}`;
  }
}
