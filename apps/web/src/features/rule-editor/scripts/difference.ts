/** A member that is another before and after. `before` or `after` is missing where there was none. */
export type Difference = { path: readonly string[]; before?: unknown; after?: unknown }

const isOpen = (value: unknown): value is object => typeof value === 'object' && value !== null

const sideBySide = (before: unknown, after: unknown) =>
  isOpen(before) && isOpen(after) && Array.isArray(before) === Array.isArray(after)

/** What differs between two values, member by member, in the order of the members. */
export const differences = (before: unknown, after: unknown, path: readonly string[] = []): Difference[] => {
  if (Object.is(before, after)) return []
  if (!sideBySide(before, after) || !isOpen(before) || !isOpen(after)) return [{ path, before, after }]
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return keys.flatMap((key): Difference[] => {
    const inside = [...path, key]
    if (!Object.hasOwn(after, key)) return [{ path: inside, before: Reflect.get(before, key) }]
    if (!Object.hasOwn(before, key)) return [{ path: inside, after: Reflect.get(after, key) }]
    return differences(Reflect.get(before, key), Reflect.get(after, key), inside)
  })
}

const part = /"(?:\\.|[^"\\])*"|[{}[\],:]|[^\s{}[\],:"]+/g

/** JSON with line breaks. Numbers stay as they are written, so that 2.0 is not shown as 2. Text that is no JSON stays. */
export const prettyJson = (text: string): string => {
  try {
    JSON.parse(text)
  } catch {
    return text
  }
  const parts = [...text.matchAll(part)].map(([one]) => one)
  let out = ''
  let depth = 0
  const line = () => `\n${'  '.repeat(depth)}`
  for (const [index, one] of parts.entries()) {
    const closes = parts[index + 1] === '}' || parts[index + 1] === ']'
    if (one === '{' || one === '[') {
      depth++
      out += closes ? one : one + line()
    } else if (one === '}' || one === ']') {
      depth--
      const isEmpty = parts[index - 1] === '{' || parts[index - 1] === '['
      out += isEmpty ? one : line() + one
    } else if (one === ',') out += one + line()
    else out += one === ':' ? ': ' : one
  }
  return out
}
