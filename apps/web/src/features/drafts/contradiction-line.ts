import { isObject, memberChanges } from '@thingwire/editing'

/** What one side made of it, as people read it. */
export type Made =
  | { kind: 'deleted' }
  /** It is as it was but for these; none: it is wanted all the same. */
  | { kind: 'changes'; changes: readonly { name: string; value: unknown }[] }
  | { kind: 'value'; value: unknown }

/** A contradiction as people read it. */
export type ContradictionLine = {
  key: string
  /** What is contradicted about: the name of a node, of a widget. */
  title: string
  /** Which setting of it; '' for the whole. */
  setting: string
  mine: Made
  theirs: Made
}

type Contradiction = { key: string; path: readonly string[]; base: unknown; mine: unknown; theirs: unknown }

type Words = {
  title: string
  /** The words for a setting by the path of its member; null: nobody would be told of it. */
  nameOf?: (path: readonly string[]) => string | null
  shownAs?: (value: unknown) => unknown
}

const joined = (path: readonly string[]) => path.join(' › ')

/** A thing that one side deleted and the other changed is told by what was changed, not by all that it is made of. */
export const contradictionLine = (one: Contradiction, words: Words): ContradictionLine => {
  const { nameOf = joined, shownAs = (value: unknown) => value } = words
  const isDeletion = one.base !== undefined && (one.mine === undefined || one.theirs === undefined)
  const made = (value: unknown): Made => {
    if (isDeletion && value === undefined) return { kind: 'deleted' }
    if (!isDeletion || !isObject(value) || !isObject(one.base)) return { kind: 'value', value: shownAs(value) }
    const changes = memberChanges(one.base, value).flatMap(({ path, after }) => {
      const name = nameOf(path)
      return name === null ? [] : [{ name, value: after }]
    })
    return { kind: 'changes', changes }
  }
  return {
    key: one.key,
    title: words.title,
    setting: one.path.length > 0 ? (nameOf(one.path) ?? joined(one.path)) : '',
    mine: made(one.mine),
    theirs: made(one.theirs),
  }
}
