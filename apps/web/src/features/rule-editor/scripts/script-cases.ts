import { z } from 'zod'
import type { DocNode } from '../model/document.ts'
import { changeNode, type Edit } from '../model/edits.ts'
import { readJsonText, type TestMessage } from './seen-messages.ts'

/** The member of a node's `additionalInfo` that carries its cases: so they travel with exported files. */
const casesMember = 'scriptCases'
const mostCases = 100

const caseSchema = z.object({
  name: z.string().min(1).max(255),
  message: z.object({
    type: z.string().max(255),
    data: z.string(),
    metadata: z.record(z.string(), z.string()).default({}),
  }),
  /** What the script shall answer; JSON is compared as such. Null: anything but an error. */
  expected: z.string().nullable().default(null),
})
/** A message with what the script of its node shall make of it. */
export type ScriptCase = z.infer<typeof caseSchema>

/** Those that can be read; of several with one name the last. */
export const casesOf = (node: Pick<DocNode, 'rest'>): ScriptCase[] => {
  const stored = node.rest[casesMember]
  if (!Array.isArray(stored)) return []
  const read = stored.flatMap((one) => caseSchema.safeParse(one).data ?? [])
  return [...new Map(read.map((one) => [one.name, one])).values()]
}

const setCases =
  (nodeId: string, change: (cases: ScriptCase[]) => ScriptCase[]): Edit =>
  (document) => {
    const node = document.nodes[nodeId]
    if (!node) return document
    const { [casesMember]: _before, ...rest } = node.rest
    const cases = change(casesOf(node)).slice(0, mostCases)
    return changeNode(nodeId, { rest: cases.length > 0 ? { ...rest, [casesMember]: cases } : rest })(document)
  }

/** Adds a case, or replaces the one called `before` or the same; it stays in its place. */
export const saveCase = (nodeId: string, saved: ScriptCase, before: string | null = null): Edit =>
  setCases(nodeId, (cases) => {
    const others = cases.filter(({ name }) => name !== saved.name || name === before)
    const at = others.findIndex(({ name }) => name === (before ?? saved.name))
    if (at >= 0) return others.with(at, saved)
    const place = cases.findIndex(({ name }) => name === saved.name)
    return place >= 0 ? cases.with(place, saved) : [...others, saved]
  })

export const removeCase = (nodeId: string, name: string): Edit =>
  setCases(nodeId, (cases) => cases.filter((one) => one.name !== name))

/** `name`, or with a number behind it when there is one of that name. */
export const freeName = (wanted: string, taken: readonly string[]): string => {
  const names = [wanted, ...taken.map((_, index) => `${wanted} ${index + 2}`)]
  return names.find((name) => !taken.includes(name)) ?? wanted
}

const isEqual = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isEqual(Reflect.get(a, key), Reflect.get(b, key)))
  )
}

/** Whether an answer is as expected: the same JSON, whatever its spaces and the order of its members; else the same text. */
export const isExpected = (output: string, expected: string): boolean => {
  const [one, other] = [output, expected].map(readJsonText)
  if (one !== undefined && other !== undefined) return isEqual(one, other)
  return output.trim() === expected.trim()
}

export const sameMessage = (a: TestMessage, b: TestMessage): boolean =>
  a.type === b.type && a.data === b.data && isEqual(a.metadata, b.metadata)
