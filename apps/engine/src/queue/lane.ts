import type { Message, MessageBatch } from '@thingwire/contracts'
import { AppError } from '@thingwire/contracts'
import { newBatchId } from './batch-id.ts'

/** Time as a lane needs it; tests bring their own. */
export type LaneClock = {
  now(): number
  setTimer(run: () => void, delayMs: number): () => void
}

export const systemLaneClock: LaneClock = {
  now: Date.now,
  setTimer: (run, delayMs) => {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
}

export type LaneOptions = {
  /** Makes the batch durable. May be called again with the same batch after a failure: it must be idempotent. */
  write(batch: MessageBatch): Promise<{ waitingJobs: number }>
  clock: LaneClock
  maxBatchMessages: number
  maxBatchBytes: number
  /** What may gather while a write is under way; beyond it, `push` refuses. */
  maxBufferedMessages: number
  maxBufferedBytes: number
  onRetry?(error: unknown, attempt: number): void
}

export type Lane = {
  /** Resolves when all messages are durable. `bytes` is their approximate size. */
  push(messages: readonly Message[], bytes: number): Promise<void>
  /** Jobs of this partition that waited after the last write, times the usual batch: an estimate of its backlog. */
  pendingMessages(): number
  /** Sets the backlog as seen from outside, for a lane that has nothing to write. */
  observeWaitingJobs(waitingJobs: number): void
  bufferedMessages(): number
  isIdle(): boolean
  /** Resolves when nothing is left, or at the deadline after failing what is left. No push may follow. */
  drain(deadlineMs: number): Promise<void>
}

type Entry = { messages: readonly Message[]; bytes: number; resolve(): void; reject(error: unknown): void }

/** A write that fails for longer than this makes the lane refuse new messages at once instead of gathering them. */
const refuseAfterMs = 250
/** A batch that could not be written for so long gets a new ledger minute: the old one may be closed by then. */
const restampAfterMs = 5 * 60_000
const backlogGapMaxMs = 50
const backlogGapStepMs = 5

/**
 * One write is in flight; what arrives meanwhile is the next batch. An idle lane writes at once. A busy one leaves a
 * small gap between writes, and a larger one while jobs pile up behind it: a consumer that is behind gains more from
 * large batches than a device loses by waiting 50 ms for its acknowledgement.
 */
export const createLane = (options: LaneOptions): Lane => {
  const { clock } = options
  let buffer: Entry[] = []
  let bufferedMessages = 0
  let bufferedBytes = 0
  let isWriting = false
  let failingSince: number | null = null
  let lastStart = Number.NEGATIVE_INFINITY
  let lastCount = 0
  let backlogGapMs = 0
  let waitingJobs = 0
  let usualBatch = 1
  let cancelTimer: (() => void) | null = null
  let giveUpAt = Number.POSITIVE_INFINITY
  let wakeRetry: (() => void) | null = null
  let idleListeners: (() => void)[] = []

  const take = (): Entry[] => {
    let count = 0
    let bytes = 0
    let entries = 0
    for (const entry of buffer) {
      const isFull =
        count + entry.messages.length > options.maxBatchMessages || bytes + entry.bytes > options.maxBatchBytes
      if (entries > 0 && isFull) break
      count += entry.messages.length
      bytes += entry.bytes
      entries++
    }
    const taken = buffer.slice(0, entries)
    buffer = entries === buffer.length ? [] : buffer.slice(entries)
    bufferedMessages -= count
    bufferedBytes -= bytes
    return taken
  }

  const pause = (delayMs: number) =>
    new Promise<void>((resolve) => {
      const cancel = clock.setTimer(resolve, delayMs)
      wakeRetry = () => {
        cancel()
        resolve()
      }
    })

  const writeUntilDurable = async (messages: Message[]): Promise<void> => {
    let acceptedAt = clock.now()
    const batchId = newBatchId(acceptedAt)
    for (let attempt = 0; ; attempt++) {
      try {
        const result = await options.write({ version: 1, batchId, acceptedAt, messages })
        failingSince = null
        waitingJobs = result.waitingJobs
        usualBatch = usualBatch * 0.9 + messages.length * 0.1
        return
      } catch (error) {
        const now = clock.now()
        failingSince ??= now
        options.onRetry?.(error, attempt)
        if (now >= giveUpAt) throw new AppError('QUEUE_UNAVAILABLE', undefined, { cause: error })
        if (now - acceptedAt > restampAfterMs) acceptedAt = now
        await pause(Math.min(50 * 2 ** Math.min(attempt, 5), 1_000))
      }
    }
  }

  const gapMs = () => Math.max(Math.min(10, 2 * lastCount), backlogGapMs)

  const adapt = () => {
    backlogGapMs =
      waitingJobs > 2 ? Math.min(backlogGapMs + backlogGapStepMs, backlogGapMaxMs) : Math.max(backlogGapMs - 2, 0)
  }

  const run = async (): Promise<void> => {
    isWriting = true
    lastStart = clock.now()
    const entries = take()
    const messages: Message[] = []
    for (const entry of entries) for (const message of entry.messages) messages.push(message)
    lastCount = messages.length
    try {
      await writeUntilDurable(messages)
      for (const entry of entries) entry.resolve()
    } catch (error) {
      for (const entry of entries) entry.reject(error)
    }
    adapt()
    isWriting = false
    schedule()
  }

  const schedule = (): void => {
    if (isWriting || cancelTimer) return
    if (buffer.length === 0) {
      const listeners = idleListeners
      idleListeners = []
      for (const listener of listeners) listener()
      return
    }
    const waitMs = lastStart + gapMs() - clock.now()
    const isFull = bufferedMessages >= options.maxBatchMessages || bufferedBytes >= options.maxBatchBytes
    if (waitMs <= 0 || isFull || giveUpAt !== Number.POSITIVE_INFINITY) {
      void run()
      return
    }
    cancelTimer = clock.setTimer(() => {
      cancelTimer = null
      schedule()
    }, waitMs)
  }

  const stopTimer = () => {
    cancelTimer?.()
    cancelTimer = null
  }

  return {
    push: (messages, bytes) => {
      if (failingSince !== null && clock.now() - failingSince > refuseAfterMs)
        return Promise.reject(new AppError('QUEUE_UNAVAILABLE'))
      const isOver =
        bufferedMessages + messages.length > options.maxBufferedMessages ||
        bufferedBytes + bytes > options.maxBufferedBytes
      // An uplink larger than the whole buffer must still get through an empty lane, or its device could never send it.
      if (isOver && buffer.length > 0) return Promise.reject(new AppError('QUEUE_OVERLOADED'))
      return new Promise<void>((resolve, reject) => {
        buffer.push({ messages, bytes, resolve, reject })
        bufferedMessages += messages.length
        bufferedBytes += bytes
        if (cancelTimer && bufferedMessages >= options.maxBatchMessages) stopTimer()
        schedule()
      })
    },
    pendingMessages: () => waitingJobs * usualBatch + bufferedMessages,
    observeWaitingJobs: (value) => {
      waitingJobs = value
    },
    bufferedMessages: () => bufferedMessages,
    isIdle: () => !isWriting && buffer.length === 0,
    drain: async (deadlineMs) => {
      giveUpAt = deadlineMs
      stopTimer()
      if (!isWriting && buffer.length === 0) return
      const cancelDeadline = clock.setTimer(() => wakeRetry?.(), Math.max(0, deadlineMs - clock.now()))
      const idle = new Promise<void>((resolve) => idleListeners.push(resolve))
      schedule()
      await idle
      cancelDeadline()
    },
  }
}
