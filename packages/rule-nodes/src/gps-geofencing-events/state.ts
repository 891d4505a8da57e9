import type { KvEntry } from '@thingwire/contracts'
import { z } from 'zod'

/**
 * Where something was last. The first three members are ThingsBoard's. `changes` are the answers of the write that made
 * this state: a batch that was cut off behind it and runs again must give them again.
 */
const stateSchema = z.object({
  inside: z.boolean(),
  /** Epoch ms. */
  stateSwitchTime: z.number(),
  stayed: z.boolean().default(false),
  changes: z.array(z.tuple([z.string(), z.enum(['Entered', 'Left', 'Inside', 'Outside'])])).default([]),
})
export type State = z.output<typeof stateSchema>
export type Answer = State['changes'][number][1] | 'Success'

/** Of a batch with more changes of one originator, the last ones. */
const maxChanges = 20

/** Null: there is none, or it is none. */
export const readState = (entry: KvEntry | undefined): State | null => {
  if (entry?.type !== 'STRING' && entry?.type !== 'JSON') return null
  try {
    const parsed = stateSchema.safeParse(JSON.parse(entry.value))
    return parsed.success && parsed.data.stateSwitchTime > 0 ? parsed.data : null
  } catch {
    return null
  }
}

export const writeState = (key: string, { changes, ...state }: State): KvEntry => ({
  key,
  type: 'STRING',
  value: JSON.stringify({ ...state, changes: changes.slice(-maxChanges) }),
})

export type Rules = { insideMs: number; outsideMs: number; isToldAlways: boolean }
export type Step = { answer: Answer; state: State; isChanged: boolean }

/**
 * What a position means, and the state after it.
 * @param state Null: the first position of all
 * @param move Names the position, the same when its message comes again
 */
export const stepOf = (
  state: State | null,
  { isInside, move, nowMs }: { isInside: boolean; move: string; nowMs: number },
  { insideMs, outsideMs, isToldAlways }: Rules,
): Step => {
  const known = state?.changes.find(([one]) => one === move)?.[1]
  if (state && known) {
    const inside = known === 'Entered' || known === 'Inside'
    return { answer: known, state: { ...state, inside }, isChanged: false }
  }
  if (!state || state.inside !== isInside) {
    const answer = isInside ? 'Entered' : 'Left'
    return { answer, state: { inside: isInside, stateSwitchTime: nowMs, stayed: false, changes: [] }, isChanged: true }
  }
  const presence = isInside ? 'Inside' : 'Outside'
  if (isToldAlways) return { answer: presence, state, isChanged: false }
  const hasStayed = nowMs - state.stateSwitchTime > (isInside ? insideMs : outsideMs)
  if (state.stayed || !hasStayed) return { answer: 'Success', state, isChanged: false }
  return { answer: presence, state: { ...state, stayed: true }, isChanged: true }
}
