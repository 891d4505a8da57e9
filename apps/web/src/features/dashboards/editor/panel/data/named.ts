import type { Json } from '../../side/json.ts'

/** Sources and keys have no ids: told apart by name, and those of one name by their order. */
export const named = (list: readonly Json[], nameOf: (one: Json) => string): { one: Json; name: string }[] => {
  const seen = new Map<string, number>()
  return list.map((one) => {
    const name = nameOf(one)
    const nth = seen.get(name) ?? 0
    seen.set(name, nth + 1)
    return { one, name: `${name}/${nth}` }
  })
}
