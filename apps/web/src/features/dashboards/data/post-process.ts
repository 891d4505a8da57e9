import type { LivePoint } from '@thingwire/contracts'
import type { FunctionSource } from '@thingwire/dashboards'
import type { WidgetHost } from '@thingwire/widgets/manifests'

type ToProcess = { id: string; code: FunctionSource | null; points: readonly LivePoint[] }
export type Processed = { points: readonly LivePoint[]; problem?: string }

/** What functions of keys make of their points. */
export type PostProcessor = {
  /** `changed` is told when a function has answered. */
  start: (changed: () => void) => void
  stop: () => void
  /** What is known by now, in the order given; null while something has no answer at all yet. */
  apply: (parts: readonly ToProcess[]) => readonly Processed[] | null
}

type Known = {
  /** What the newest answer was made of. */
  raw: readonly LivePoint[]
  made: readonly LivePoint[]
  problem?: string
}

const argumentNames = ['points', 'before']

/**
 * The function sees what it made of the point before, so that one call of it follows another. All calls for one list run
 * in a single call of this code, which is foreign code, too, once the body stands in it.
 * `before`: time, value made and value as stored of the point before the first.
 */
const foldingCode = (source: FunctionSource): FunctionSource => {
  const wrap = (body: string) => `
const convert = function (time, value, prevValue, timePrev, prevOrigValue) {
${body}
};
let [timePrev, prevValue, prevOrigValue] = before;
return points.map(([time, value]) => {
  const made = convert(time, value, prevValue, timePrev, prevOrigValue);
  timePrev = time;
  prevValue = made;
  prevOrigValue = value;
  return made;
});`
  return typeof source === 'string' ? wrap(source) : { ...source, body: wrap(source.body) }
}

const isSamePoint = (a: LivePoint | undefined, b: LivePoint | undefined): boolean =>
  a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1]

/** Functions of files are written for values that come as text where they are no numbers. */
const given = (value: unknown): unknown =>
  typeof value === 'boolean'
    ? String(value)
    : typeof value === 'object' && value !== null
      ? JSON.stringify(value)
      : value

/** How many points from the start of `raw` were answered before, and where in the former list they stand. */
const answered = (raw: readonly LivePoint[], known: Known | undefined): { from: number; count: number } => {
  const [first] = raw
  if (!known || !first) return { from: 0, count: 0 }
  const from = known.raw.findIndex((point) => point[0] >= first[0])
  if (from < 0) return { from: 0, count: 0 }
  let count = 0
  while (isSamePoint(raw[count], known.raw[from + count])) count++
  return { from, count }
}

export const createPostProcessor = (functions: WidgetHost['functions']): PostProcessor => {
  const known = new Map<string, Known>()
  const running = new Set<string>()
  const codes = new Map<FunctionSource, FunctionSource>()
  let tell: (() => void) | null = null

  const codeOf = (source: FunctionSource): FunctionSource => {
    const code = codes.get(source) ?? foldingCode(source)
    codes.set(source, code)
    return code
  }

  const run = async (code: FunctionSource, parts: readonly ToProcess[]): Promise<void> => {
    const plans = parts.map(({ id, points }) => {
      const before = known.get(id)
      const { from, count } = answered(points, before)
      const kept = before ? before.made.slice(from, from + count) : []
      const rest = points.slice(count)
      const last = points[count - 1]
      const seed = last ? [last[0], kept.at(-1)?.[1] ?? null, given(last[1])] : [0, 0, 0]
      return { id, points, kept, rest, call: [rest.map(([ts, value]) => [ts, given(value)]), seed] }
    })
    const results = await functions
      .callMany(
        codeOf(code),
        argumentNames,
        plans.map(({ call }) => call),
      )
      .catch((error: unknown) => {
        const message = error instanceof Error ? error.message : String(error)
        return plans.map(() => ({ ok: false as const, message }))
      })
    plans.forEach(({ id, points, kept, rest }, at) => {
      const result = results[at]
      running.delete(id)
      if (result?.ok && Array.isArray(result.value)) {
        const values: unknown[] = result.value
        const made = rest.map(([ts], n): LivePoint => [ts, values[n] ?? null])
        known.set(id, { raw: points, made: [...kept, ...made] })
      } else known.set(id, { raw: points, made: points, problem: result && !result.ok ? result.message : '' })
    })
    tell?.()
  }

  return {
    start: (changed) => {
      tell = changed
    },
    stop: () => {
      tell = null
    },
    apply: (parts) => {
      const due = new Map<FunctionSource, ToProcess[]>()
      let isWaiting = false
      const made = parts.map((part): Processed => {
        const { id, code, points } = part
        if (code === null || points.length === 0) return { points }
        const before = known.get(id)
        if (before?.raw !== points && !running.has(id)) {
          running.add(id)
          due.set(code, [...(due.get(code) ?? []), part])
        }
        if (!before) {
          isWaiting = true
          return { points: [] }
        }
        return before.problem === undefined ? { points: before.made } : { points: before.made, problem: before.problem }
      })
      for (const [code, list] of due) void run(code, list)
      return isWaiting ? null : made
    },
  }
}
