export type JsonPlace = { from: number; to: number }

const space = /[ \t\r\n]*/y
const literal = /"(?:[^"\\]|\\.)*"|[^\s,:[\]{}"]+/y

/**
 * Where each value of a JSON text stands, by the keys from the root joined by `/`. The text has to be JSON; of a member
 * that stands there twice, the last counts, as for every reader.
 */
export const jsonPlaces = (text: string): ReadonlyMap<string, JsonPlace> => {
  const places = new Map<string, JsonPlace>()
  let at = 0
  const match = (pattern: RegExp): string => {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0] ?? ''
    at += found.length
    return found
  }
  const skip = () => match(space)
  const items = (end: string, one: (index: number) => void) => {
    at += 1
    skip()
    for (let index = 0; at < text.length && text[at] !== end; index++) {
      const before = at
      one(index)
      skip()
      if (text[at] === ',') at += 1
      skip()
      if (at === before) return
    }
    at += 1
  }
  const value = (path: string) => {
    skip()
    const from = at
    const inner = (key: string | number) => (path === '' ? String(key) : `${path}/${key}`)
    if (text[at] === '{')
      items('}', () => {
        const key: unknown = JSON.parse(match(literal) || '""')
        skip()
        at += 1
        value(inner(String(key)))
      })
    else if (text[at] === '[') items(']', (index) => value(inner(index)))
    else match(literal)
    places.set(path, { from, to: at })
  }
  value('')
  return places
}

/** The place of a path, or of the nearest value that it would stand in. */
export const placeOf = (places: ReadonlyMap<string, JsonPlace>, path: string): JsonPlace => {
  const keys = path === '' ? [] : path.split('/')
  for (let length = keys.length; length >= 0; length--) {
    const found = places.get(keys.slice(0, length).join('/'))
    if (found) return found
  }
  return { from: 0, to: 0 }
}
