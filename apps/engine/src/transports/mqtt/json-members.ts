import { deviceJson } from '@thingwire/contracts'

/**
 * The members of a JSON object as the texts they were sent as, in order; null when the text is no JSON object. The parts
 * go on to others who parse them: through `JSON.parse` alone 20.0 would become 20.
 */
export const jsonMembers = (sent: string): [name: string, value: string][] | null => {
  const read = deviceJson(sent)
  if (!read) return null
  const { text, value: parsed } = read
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null
  // The text is known to be well-formed: only strings and nesting need to be followed.
  const members: [string, string][] = []
  let depth = 0
  let name: string | null = null
  let start = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text[at]
    if (sign === '"') {
      const end = endOfString(text, at)
      if (depth === 1 && name === null) name = JSON.parse(text.slice(at, end + 1))
      at = end
    } else if (sign === '{' || sign === '[') depth++
    else if (sign === ':' && depth === 1) start = at + 1
    else if (sign === ',' || sign === '}' || sign === ']') {
      if (depth === 1 && name !== null) {
        members.push([name, text.slice(start, at).trim()])
        name = null
      }
      if (sign !== ',') depth--
    }
  }
  return members
}

/** Index of the closing quote of a string that begins here. */
const endOfString = (text: string, start: number): number => {
  let at = start + 1
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}
