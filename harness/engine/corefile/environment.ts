export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Replaces every `{%NAME%}`, and then every `{$NAME}`, by the value of that variable, or by nothing when it is not set. The
 * result is never split into words again. A placeholder without an end or without a name stays as it is.
 */
export function expandEnvironment(text: string, environment: Environment): string {
  if (!text.includes('{$') && !text.includes('{%')) return text;
  const valueFor = (_placeholder: string, name: string) =>
    Object.hasOwn(environment, name) ? (environment[name] ?? '') : '';
  return text.replace(/\{%([^%}]+)%\}/g, valueFor).replace(/\{\$([^}]+)\}/g, valueFor);
}
