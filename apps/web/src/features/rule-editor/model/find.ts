import { isObject } from '@thingwire/editing'
import type { ChainDocument, DocNode } from './document.ts'

export type FoundPlace = 'name' | 'number' | 'type' | 'label' | 'description' | 'configuration' | 'note'

export type Found = {
  kind: 'node' | 'note'
  id: string
  where: FoundPlace
  /** In the configuration, members joined by `/`; null: elsewhere. */
  path: string | null
  /** The text around the first word that was found, and where in it that stands. */
  excerpt: string
  at: number
  length: number
}

/** A text of a node that is looked into; the earlier, the more it counts. */
type Text = { where: FoundPlace; path: string | null; text: string; folded: string }

const fold = (text: string) => text.toLowerCase()
const textOf = (where: FoundPlace, text: string, path: string | null = null): Text[] =>
  text === '' ? [] : [{ where, path, text, folded: fold(text) }]

/** Every text and number of a configuration, with its place. */
const configTexts = (value: unknown, path: readonly string[] = []): Text[] => {
  if (typeof value === 'string' || typeof value === 'number') return textOf('configuration', `${value}`, path.join('/'))
  if (Array.isArray(value)) return value.flatMap((one, index) => configTexts(one, [...path, `${index}`]))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([member, inner]) => configTexts(inner, [...path, member]))
}

export type Describe = (className: string) => string

/** Of several words each has to be somewhere; these count for how well a node fits. */
const weights: Record<FoundPlace, number> = {
  name: 100,
  number: 90,
  type: 40,
  label: 30,
  description: 20,
  note: 20,
  configuration: 10,
}

/** How much a word in this text counts: whole texts and beginnings of words more than what is amid others. */
const score = ({ where, folded }: Text, word: string): number => {
  const at = folded.indexOf(word)
  if (at < 0) return 0
  const startsWord = at === 0 || !/[\p{L}\p{N}]/u.test(folded[at - 1] ?? '')
  return weights[where] * (folded === word ? 4 : at === 0 ? 3 : startsWord ? 2 : 1)
}

const around = 48

const excerptOf = ({ text, where, path }: Text, word: string): Omit<Found, 'kind' | 'id'> => {
  const flat = text.replace(/\s/g, ' ')
  const found = Math.max(0, fold(flat).indexOf(word))
  const from = Math.max(0, found - around)
  const to = Math.min(flat.length, found + word.length + 2 * around)
  const lead = from > 0 ? '…' : ''
  const excerpt = `${lead}${flat.slice(from, to)}${to < flat.length ? '…' : ''}`
  return { where, path, excerpt, at: lead.length + found - from, length: word.length }
}

/** Searches documents again and again: the texts of what did not change are kept. */
export const createFinder = (describe: Describe) => {
  const known = new WeakMap<object, readonly Text[]>()
  const kept = (of: object, make: () => readonly Text[]): readonly Text[] => {
    const texts = known.get(of) ?? make()
    known.set(of, texts)
    return texts
  }
  const nodeTexts = (node: DocNode) =>
    kept(node, () => [
      ...textOf('name', node.name),
      ...(node.no === undefined ? [] : textOf('number', `#${node.no}`)),
      ...textOf('type', describe(node.className)),
      ...textOf('description', node.description),
      ...configTexts(node.configuration),
    ])

  /** Nodes and notes in which every word is found, the best first. */
  return (document: ChainDocument, query: string): Found[] => {
    const words = fold(query).split(/\s+/).filter(Boolean)
    const [first] = words
    if (first === undefined) return []
    const labels = new Map<string, string[]>()
    for (const wire of Object.values(document.wires))
      labels.set(wire.from, [...(labels.get(wire.from) ?? []), ...wire.labels])
    const ranked: { found: Found; score: number }[] = []
    const look = (kind: Found['kind'], id: string, texts: readonly Text[]) => {
      const best = words.map((word) =>
        texts.reduce<{ text: Text | null; score: number }>(
          (top, text) => {
            const now = score(text, word)
            return now > top.score ? { text, score: now } : top
          },
          { text: null, score: 0 },
        ),
      )
      const text = best[0]?.text
      if (!text || best.some((one) => one.score === 0)) return
      const total = best.reduce((sum, one) => sum + one.score, 0)
      ranked.push({ found: { kind, id, ...excerptOf(text, first) }, score: total })
    }
    for (const id of document.order) {
      const node = document.nodes[id]
      if (!node) continue
      const leaving = [...new Set(labels.get(id) ?? [])].flatMap((label) => textOf('label', label))
      look('node', id, leaving.length > 0 ? [...nodeTexts(node), ...leaving] : nodeTexts(node))
    }
    for (const note of Object.values(document.notes))
      look(
        'note',
        note.id,
        kept(note, () => textOf('note', note.content)),
      )
    return ranked.sort((a, b) => b.score - a.score).map(({ found }) => found)
  }
}
