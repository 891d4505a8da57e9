import type { Message } from '@thingwire/contracts'
import { type AttemptOutcome, laneKeyOf, Pack } from '../queue/pack.ts'
import type { QueueSettings } from '../queue/queue-settings.ts'
import type { ProcessOptions, RunResult } from './batch-processor.ts'

/** One run of some messages of a pack, for the statistics of its queue. */
export type PackRun = {
  settings: QueueSettings
  messages: readonly Message[]
  results: readonly RunResult[]
  /** Whether the message at this place is tried again. */
  isRetried(at: number): boolean
}

/** A pack among those of its partition that are under way (queue-line.ts). */
export type PackPlace = {
  /** Whether messages of this lane have to wait for those of an earlier pack. */
  isHeld(laneKey: string): boolean
  /** Resolves when some are held no longer. */
  released(): Promise<void>
  /** Nothing but slow nodes is waited for, on behalf of these lanes; everything else may go on. */
  stalled(laneKeys: () => ReadonlySet<string>): void
}

export type PackRunner = (
  messages: readonly Message[],
  /** Asked before every step: a changed setting frees a pack that is tried again and again. */
  settingsOf: () => QueueSettings,
  place: PackPlace,
) => Promise<RunResult[]>

/** A queue that never tries again lets a slow node work on for this many times its pack's time (as ThingsBoard). */
const patience = 10

/**
 * Runs the messages of a job by the strategies of their queue, and answers how each one ended. Rejects, with nothing
 * settled, when `process` or `pause` does: the job runs again.
 */
export const createPackRunner = (options: {
  process(messages: readonly Message[], how: Pick<ProcessOptions, 'timeLimit' | 'onStalled'>): Promise<RunResult[]>
  /** Resolves at the moment (epoch ms; may be infinite), or with `sooner`; rejects when the process stops. */
  pause(untilMs: number, sooner: Promise<void>): Promise<void>
  now(): number
  isStoreSlow(): boolean
  onRun(run: PackRun): void
  onRetry?(settings: QueueSettings, retried: number): void
}): PackRunner => {
  const timeLimitOf = ({ packProcessingTimeoutMs, processing }: QueueSettings) => ({
    timeoutMs: packProcessingTimeoutMs * (processing.type === 'SKIP_ALL_FAILURES' ? patience : 1),
    isPaused: options.isStoreSlow,
  })

  return async (messages, settingsOf, place) => {
    const { submit } = settingsOf()
    const pack = new Pack(messages, submit)
    const laneOf = laneKeyOf(submit)
    const ended = new Array<RunResult>(messages.length)
    /** Steps that wait for nothing but slow nodes. */
    const stalled = new Set<Promise<void>>()
    const broken: { error: unknown }[] = []
    const isHeld = (index: number): boolean => {
      const message = messages[index]
      return message !== undefined && laneOf !== null && place.isHeld(laneOf(message))
    }

    const take = (indexes: readonly number[], results: readonly (RunResult | null | undefined)[]): void => {
      const settings = settingsOf()
      const own = indexes.flatMap((index, at) => {
        const [message, result] = [messages[index], results[at]]
        return message && result ? [{ index, message, result }] : []
      })
      for (const { index, result } of own) ended[index] = result
      const outcomes = own.map(({ result }) => outcomeFor[result.outcome])
      const places = own.map(({ index }) => index)
      const { retried } = pack.report(places, outcomes, settings.processing, options.now())
      options.onRun({
        settings,
        messages: own.map(({ message }) => message),
        results: own.map(({ result }) => result),
        isRetried: (at) => retried.has(at),
      })
      if (retried.size > 0) options.onRetry?.(settings, retried.size)
    }

    /** Resolves when the step has ended, or waits for slow nodes alone. */
    const run = (indexes: readonly number[]): Promise<void> =>
      new Promise((resolve, reject) => {
        const isWhole = indexes.length === messages.length
        const chosen = isWhole ? messages : indexes.flatMap((index) => messages[index] ?? [])
        const sent = chosen.map((message, at) => (pack.isRetry(indexes[at] ?? 0) ? anew(message) : message))
        let open = indexes
        const onStalled = (settled: readonly (RunResult | null)[]): void => {
          // Once: what has been taken in is not taken back when the environment makes all of it run again.
          if (open !== indexes) return
          open = indexes.filter((_, at) => !settled[at])
          if (open.length < indexes.length) take(indexes, settled)
          stalled.add(step)
          resolve()
        }
        const step = options
          .process(sent, { timeLimit: timeLimitOf(settingsOf()), ...(laneOf && { onStalled }) })
          .then((results) => {
            const isOpen = new Set(open)
            take(
              indexes,
              results.map((result, at) => (isOpen.has(indexes[at] ?? -1) ? result : null)),
            )
          })
          .finally(() => stalled.delete(step))
        step.then(resolve, (error: unknown) => {
          broken.push({ error })
          reject(error)
        })
      })

    const openLanes = (): Set<string> => {
      const { type } = settingsOf().processing
      const lanes = new Set<string>()
      messages.forEach((message, index) => {
        if (laneOf && (type === 'RETRY_ALL' || !pack.hasEnded(index))) lanes.add(laneOf(message))
      })
      return lanes
    }

    for (;;) {
      const [failed] = broken
      if (failed) throw failed.error
      const step = pack.next(options.now(), settingsOf().processing, isHeld)
      if (step.kind === 'ended') return ended
      if (step.kind === 'run') {
        await run(step.indexes)
        continue
      }
      if (step.untilMs === Number.POSITIVE_INFINITY) place.stalled(openLanes)
      await options.pause(step.untilMs, Promise.race([...stalled, place.released()]))
    }
  }
}

const outcomeFor: Record<RunResult['outcome'], AttemptOutcome> = {
  stored: 'succeeded',
  finished: 'succeeded',
  'dead-lettered': 'failed',
  'timed-out': 'timed-out',
}

/** A message that came along the Failure of a node runs through that node again when it is tried again. */
const anew = (message: Message): Message => {
  if (message.connection?.toLowerCase() !== 'failure') return message
  const { connection: _, ...rest } = message
  return rest
}
