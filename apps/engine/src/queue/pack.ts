import type { Message } from '@thingwire/contracts'
import type { QueueSettings } from './queue-settings.ts'

export type AttemptOutcome = 'succeeded' | 'failed' | 'timed-out'

/**
 * What to do now: run these messages (indexes, in order), wait until a moment (ms; infinite: until one that runs has
 * ended, or may run), or nothing more.
 */
export type PackStep = { kind: 'run'; indexes: number[] } | { kind: 'wait'; untilMs: number } | { kind: 'ended' }

/** How one run of messages went: which of them (places in the run) are tried again. */
export type PackReport = { retried: ReadonlySet<number> }

type Entry = {
  state: 'waiting' | 'running' | 'blocked' | 'ended'
  /** How often it was tried again. */
  retries: number
  notBeforeMs: number
}

/**
 * Which messages of a job run when, by the strategies of its queue. A message has ended when it succeeded or was given up;
 * what stands behind it in its lane runs then. Pure: time comes in, nothing goes out.
 */
export class Pack {
  readonly #entries: Entry[]
  /** Steps run one after the other; lanes do not wait for each other. */
  readonly #lanes: readonly (readonly (readonly number[])[])[]
  readonly #at: number[]
  #left: number
  /** Rounds of RETRY_ALL so far. */
  #rounds = 0

  constructor(messages: readonly Message[], submit: QueueSettings['submit']) {
    this.#entries = messages.map(() => ({ state: 'waiting', retries: 0, notBeforeMs: 0 }))
    this.#lanes = lanesOf(messages, submit)
    this.#at = this.#lanes.map(() => 0)
    this.#left = messages.length
  }

  /** `isHeld`: whether a message must not run yet, for a reason outside the pack. */
  next(nowMs: number, processing: QueueSettings['processing'], isHeld?: (index: number) => boolean): PackStep {
    const due: number[] = []
    let untilMs = Number.POSITIVE_INFINITY
    let isUnderWay = false
    for (let lane = 0; lane < this.#lanes.length; lane++) {
      for (const index of this.#currentStep(lane)) {
        const entry = this.#entries[index]
        if (entry?.state === 'running') isUnderWay = true
        if (entry?.state !== 'waiting') continue
        if (isHeld?.(index)) isUnderWay = true
        else if (entry.notBeforeMs <= nowMs) due.push(index)
        else untilMs = Math.min(untilMs, entry.notBeforeMs)
      }
    }
    if (due.length > 0) {
      for (const index of due) this.#set(index, 'running')
      return { kind: 'run', indexes: this.#lanes.length > 1 ? due.sort((a, b) => a - b) : due }
    }
    if (isUnderWay || untilMs !== Number.POSITIVE_INFINITY) return { kind: 'wait', untilMs }
    if (this.#left === 0) return { kind: 'ended' }
    // Nothing but failures of RETRY_ALL is left: now all run again.
    this.#startRound(nowMs + pauseMs(processing, ++this.#rounds))
    return this.next(nowMs, processing, isHeld)
  }

  /** Whether nothing is left to be done with this message. */
  hasEnded(index: number): boolean {
    return this.#entries[index]?.state === 'ended'
  }

  /** Takes in how messages of a `run` step went, one outcome each. */
  report(
    indexes: readonly number[],
    outcomes: readonly AttemptOutcome[],
    processing: QueueSettings['processing'],
    nowMs: number,
  ): PackReport {
    const isOver = this.#isOverFailureShare(indexes, outcomes, processing)
    const retried = new Set<number>()
    indexes.forEach((index, at) => {
      const entry = this.#entries[index]
      if (!entry) return
      if (this.#retries(entry, outcomes[at] ?? 'succeeded', processing) && !isOver) {
        retried.add(at)
        if (processing.type === 'RETRY_ALL') entry.state = 'blocked'
        else {
          entry.state = 'waiting'
          entry.retries++
          entry.notBeforeMs = nowMs + pauseMs(processing, entry.retries)
        }
      } else {
        entry.state = 'ended'
        this.#left--
      }
    })
    return { retried }
  }

  /** Whether this message was tried before. */
  isRetry(index: number): boolean {
    return this.#rounds > 0 || (this.#entries[index]?.retries ?? 0) > 0
  }

  #set(index: number, state: Entry['state']): void {
    const entry = this.#entries[index]
    if (entry) entry.state = state
  }

  #currentStep(lane: number): readonly number[] {
    const steps = this.#lanes[lane] ?? []
    for (;;) {
      const step = steps[this.#at[lane] ?? 0]
      if (!step) return []
      if (step.some((index) => this.#entries[index]?.state !== 'ended')) return step
      this.#at[lane] = (this.#at[lane] ?? 0) + 1
    }
  }

  #retries(entry: Entry, outcome: AttemptOutcome, processing: QueueSettings['processing']): boolean {
    if (outcome === 'succeeded' || !retriedOutcomes[processing.type].includes(outcome)) return false
    const done = processing.type === 'RETRY_ALL' ? this.#rounds : entry.retries
    return processing.retries === 0 || done < processing.retries
  }

  /** Whether more of the pack has failed, or waits to be tried again, than the queue bears with. */
  #isOverFailureShare(
    indexes: readonly number[],
    outcomes: readonly AttemptOutcome[],
    { failurePercentage }: QueueSettings['processing'],
  ): boolean {
    if (failurePercentage <= 0) return false
    const failing = outcomes.filter((outcome) => outcome !== 'succeeded').length
    const inThisRun = new Set(indexes)
    const others = this.#entries.filter(
      ({ state, retries }, index) =>
        !inThisRun.has(index) && (state === 'blocked' || (state === 'waiting' && retries > 0)),
    ).length
    return (failing + others) / this.#entries.length > failurePercentage
  }

  #startRound(notBeforeMs: number): void {
    this.#at.fill(0)
    this.#left = this.#entries.length
    for (const entry of this.#entries) {
      entry.state = 'waiting'
      entry.notBeforeMs = notBeforeMs
    }
  }
}

const retriedOutcomes: Record<QueueSettings['processing']['type'], readonly AttemptOutcome[]> = {
  SKIP_ALL_FAILURES: [],
  SKIP_ALL_FAILURES_AND_TIMED_OUT: [],
  RETRY_ALL: ['failed', 'timed-out'],
  RETRY_FAILED: ['failed'],
  RETRY_TIMED_OUT: ['timed-out'],
  RETRY_FAILED_AND_TIMED_OUT: ['failed', 'timed-out'],
}

/** A queue may ask for no pause at all, and for tries without end: the process has other things to do. */
const leastPauseMs = 50

/** Before the nth try again: doubles each time, up to the longest. */
const pauseMs = (processing: QueueSettings['processing'], nth: number): number => {
  const { pauseMs: first, maxPauseMs: longest } = processing
  const pause = longest > first ? Math.min(first * 2 ** Math.min(nth - 1, 30), longest) : first
  return Math.max(pause, leastPauseMs)
}

const lanesOf = (messages: readonly Message[], submit: QueueSettings['submit']): number[][][] => {
  const all = messages.map((_, index) => index)
  switch (submit.type) {
    case 'BURST':
      return [[all]]
    case 'BATCH':
      return [
        Array.from({ length: Math.ceil(all.length / submit.batchSize) }, (_, n) =>
          all.slice(n * submit.batchSize, (n + 1) * submit.batchSize),
        ),
      ]
    case 'SEQUENTIAL':
      return [all.map((index) => [index])]
    case 'SEQUENTIAL_BY_ORIGINATOR':
      return lanesBy(messages, ({ originator }) => originator.id)
    case 'SEQUENTIAL_BY_TENANT':
      return lanesBy(messages, ({ tenantId }) => tenantId)
  }
}

/**
 * What names the lane of a message: messages of one lane keep their order, whatever batch they are in. null: nothing of
 * the queue may overtake anything. (BURST lets messages run together, but those of one originator enter in order.)
 */
export const laneKeyOf = ({ type }: QueueSettings['submit']): ((message: Message) => string) | null => {
  if (type === 'BATCH' || type === 'SEQUENTIAL') return null
  return type === 'SEQUENTIAL_BY_TENANT' ? ({ tenantId }) => tenantId : ({ originator }) => originator.id
}

const lanesBy = (messages: readonly Message[], keyOf: (message: Message) => string): number[][][] => {
  const lanes = new Map<string, number[][]>()
  messages.forEach((message, index) => {
    const key = keyOf(message)
    const lane = lanes.get(key)
    if (lane) lane.push([index])
    else lanes.set(key, [[index]])
  })
  return [...lanes.values()]
}
