import type { Message } from '@thingwire/contracts'
import { type AttemptOutcome, Pack } from '../queue/pack.ts'
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

export type PackRunner = (
  messages: readonly Message[],
  /** Asked before every step: a changed setting frees a pack that is tried again and again. */
  settingsOf: () => QueueSettings,
) => Promise<RunResult[]>

/** A queue that never tries again lets a slow node work on for this many times its pack's time (as ThingsBoard). */
const patience = 10

/**
 * Runs the messages of a job by the strategies of their queue, and answers how each one ended. Rejects, with nothing
 * settled, when `process` or `pause` does: the job runs again.
 */
export const createPackRunner = (options: {
  process(messages: readonly Message[], how: Pick<ProcessOptions, 'timeLimit'>): Promise<RunResult[]>
  /** Resolves at the moment (epoch ms), or rejects when the process stops. */
  pause(untilMs: number): Promise<void>
  now(): number
  isStoreSlow(): boolean
  onRun(run: PackRun): void
  onRetry?(settings: QueueSettings, retried: number): void
}): PackRunner => {
  const timeLimitOf = ({ packProcessingTimeoutMs, processing }: QueueSettings) => ({
    timeoutMs: packProcessingTimeoutMs * (processing.type === 'SKIP_ALL_FAILURES' ? patience : 1),
    isPaused: options.isStoreSlow,
  })

  return async (messages, settingsOf) => {
    const pack = new Pack(messages, settingsOf().submit)
    const ended = new Array<RunResult>(messages.length)
    for (;;) {
      const settings = settingsOf()
      const step = pack.next(options.now(), settings.processing)
      if (step.kind === 'ended') return ended
      if (step.kind === 'wait') {
        await options.pause(step.untilMs)
        continue
      }
      const isWhole = step.indexes.length === messages.length
      const chosen = isWhole ? messages : step.indexes.flatMap((index) => messages[index] ?? [])
      const sent = chosen.map((message, at) => (pack.isRetry(step.indexes[at] ?? 0) ? anew(message) : message))
      const results = await options.process(sent, { timeLimit: timeLimitOf(settings) })
      step.indexes.forEach((index, at) => {
        const result = results[at]
        if (result) ended[index] = result
      })
      const outcomes = results.map(({ outcome }) => outcomeFor[outcome])
      const { retried } = pack.report(step.indexes, outcomes, settings.processing, options.now())
      options.onRun({ settings, messages: chosen, results, isRetried: (at) => retried.has(at) })
      if (retried.size > 0) options.onRetry?.(settings, retried.size)
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
