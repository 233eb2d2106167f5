/**
 * V8's one copy of a text: V8 has one of every text that was used as the name of a property, for as long as it is held. The
 * names of a zone are the same in all its generations, so generations that stay alive share them; and such a copy is neither
 * two strings that wait to be joined nor a slice that keeps the text of the whole file alive.
 */
export function intern(text: string): string {
  return NOTHING[text] ?? text;
}

const NOTHING: Readonly<Record<string, string>> = Object.create(null);
