/** What could be put in, instead of a part of the text. */
export type Completion = { from: number; to: number; options: readonly string[] }

const mostOffered = 50

const narrowed = (texts: readonly string[], typed: string): string[] => {
  const wanted = typed.toLowerCase()
  const found = texts.filter((text) => text.toLowerCase().includes(wanted) && text !== typed)
  // What begins like it is meant more often than what holds it somewhere.
  const begins = (text: string) => (text.toLowerCase().startsWith(wanted) ? 0 : 1)
  return found.toSorted((one, other) => begins(one) - begins(other)).slice(0, mostOffered)
}

/** One of these texts instead of all that stands there. */
export const wholeText = (texts: readonly string[], text: string): Completion | null => {
  const options = narrowed(texts, text.trim())
  return options.length === 0 ? null : { from: 0, to: text.length, options }
}

const closing: Readonly<Record<string, string>> = { '{': '}', '[': ']' }
const openPattern = /\$(?:([{[])([^${}[\]]*))?$/

/** A key behind `${` (of the metadata) or `$[` (of the data); behind the lone sign both. */
export const inPattern = (
  keys: { metadata: readonly string[]; data: readonly string[] },
  text: string,
  at: number,
): Completion | null => {
  const found = openPattern.exec(text.slice(0, at))
  if (!found) return null
  const [, bracket, typed = ''] = found
  const all = [
    ...(bracket === '[' ? [] : keys.metadata.map((key) => `\${${key}}`)),
    ...(bracket === '{' ? [] : keys.data.map((key) => `$[${key}]`)),
  ]
  const options = all.filter((option) => option.slice(2).toLowerCase().startsWith(typed.toLowerCase()))
  return options.length === 0
    ? null
    : {
        from: found.index,
        to: bracket !== undefined && text[at] === closing[bracket] ? at + 1 : at,
        options: options.slice(0, mostOffered),
      }
}
