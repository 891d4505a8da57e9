import type { EntityId, LivePoint } from '@thingwire/contracts'
import { canonical } from './canonical.ts'
import type { SeriesPlan } from './series-plan.ts'

/** One part of a question to the server. */
export type SeriesRead = {
  entityIds: readonly EntityId[]
  key: string
  /** Inclusive, epoch ms. */
  startTs: number
  /** Exclusive, epoch ms. */
  endTs: number
} & Pick<SeriesPlan, 'aggregation' | 'group' | 'zone' | 'limit' | 'thinTo' | 'withPrevious'>

/** The same for several keys. */
export type SeriesQuestion = Omit<SeriesRead, 'key'> & { keys: readonly string[] }

/** Points by entity, then key; ascending. Entities that may not be read are left out. */
type SeriesAnswer = ReadonlyMap<string, Readonly<Record<string, LivePoint[]>>>
export type SeriesOutcome = { ok: true; series: SeriesAnswer } | { ok: false; message: string }

export type SeriesReads = {
  /** Rejects with what the server says. */
  read: (read: SeriesRead) => Promise<ReadonlyMap<string, readonly LivePoint[]>>
}

/** Small enough that the first answers are drawn while the last ones are made. */
const readsOfOneRequest = 12
/** Raw points are many: they do not hold others up. */
const rawReadsOfOneRequest = 2

type Waiting = { question: SeriesQuestion; keys: Set<string>; takers: ((outcome: SeriesOutcome) => void)[] }

/** Puts what is asked at the same time in few requests: keys of the same entities and time together in one reading. */
export const createSeriesReads = (ports: {
  /** One outcome for each question. */
  ask: (questions: readonly SeriesQuestion[]) => Promise<readonly SeriesOutcome[]>
  soon: (run: () => void) => void
}): SeriesReads => {
  let waiting = new Map<string, Waiting>()

  const send = async (batch: readonly Waiting[]): Promise<void> => {
    const questions = batch.map(({ question, keys }) => ({ ...question, keys: [...keys].sort() }))
    const outcomes = await ports.ask(questions).catch((error: unknown): SeriesOutcome[] => {
      const message = error instanceof Error ? error.message : String(error)
      return batch.map(() => ({ ok: false, message }))
    })
    batch.forEach(({ takers }, at) => {
      const outcome = outcomes[at] ?? { ok: false as const, message: '' }
      for (const take of takers) take(outcome)
    })
  }

  const flush = () => {
    const all = [...waiting.values()]
    waiting = new Map()
    const isRaw = ({ question }: Waiting) => question.group === 0
    for (const batch of chunks(
      all.filter((one) => !isRaw(one)),
      readsOfOneRequest,
    ))
      void send(batch)
    for (const batch of chunks(all.filter(isRaw), rawReadsOfOneRequest)) void send(batch)
  }

  return {
    read: ({ key, ...rest }) =>
      new Promise((resolve, reject) => {
        const name = canonical(rest)
        const one = waiting.get(name) ?? { question: { ...rest, keys: [] }, keys: new Set(), takers: [] }
        if (waiting.size === 0) ports.soon(flush)
        waiting.set(name, one)
        one.keys.add(key)
        one.takers.push((outcome) => {
          if (!outcome.ok) reject(new Error(outcome.message))
          else resolve(new Map([...outcome.series].map(([id, byKey]) => [id, byKey[key] ?? []])))
        })
      }),
  }
}

const chunks = <T>(list: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size))
