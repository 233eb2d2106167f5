/** Whether the text is a saved object with these fields. */
export function hasFields(text: string, ...fields: readonly string[]): boolean {
  try {
    const saved: unknown = JSON.parse(text);
    return typeof saved === 'object' && saved !== null && fields.every(field => field in saved);
  } catch {
    return false;
  }
}
