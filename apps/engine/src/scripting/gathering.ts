/**
 * Batches that come for the same thing while it is busy, run together: a call costs about as much as a hundred messages,
 * and eight partitions bring theirs at the same time. Beside a call another one begins when it is worth that, or when the
 * first one takes long.
 */
export type Gathering<W, I, O> = {
  /** Answers for these inputs, in order. Rejects as the call does that they were part of. */
  run(work: W, inputs: readonly I[]): Promise<O[]>
}

type Lane<I, O> = {
  calls: number
  waiting: Waiting<I, O>[]
  /** Runs while something waits that is not worth a call of its own; then it is. */
  timer: NodeJS.Timeout | null
}
type Waiting<I, O> = { inputs: readonly I[]; resolve(answers: O[]): void; reject(error: unknown): void }

export const createGathering = <W extends { key: string }, I, O>(options: {
  /** Calls of one key that may be under way at once. */
  maxCalls: number
  /** The most that goes into one call, when it is more than one batch; as `sizeOf` counts. */
  maxSize: number
  sizeOf(inputs: readonly I[]): number
  /** What is worth a call beside another; what is less waits for `patienceMs` at most. Absent: anything. */
  worthwhileSize?: number
  patienceMs?: number
  /** One answer for each input. Work with the same key is the same work. */
  call(work: W, inputs: readonly I[]): Promise<O[]>
}): Gathering<W, I, O> => {
  const { worthwhileSize = 0, patienceMs = 0 } = options
  const lanes = new Map<string, Lane<I, O>>()

  const take = (waiting: Waiting<I, O>[]): Waiting<I, O>[] => {
    let size = 0
    let count = 0
    for (const { inputs } of waiting) {
      size += options.sizeOf(inputs)
      if (count > 0 && size > options.maxSize) break
      count++
    }
    return waiting.splice(0, count)
  }

  const runTogether = async (work: W, batches: readonly Waiting<I, O>[]): Promise<void> => {
    try {
      const [only] = batches
      const inputs = batches.length === 1 && only ? only.inputs : batches.flatMap((batch) => batch.inputs)
      const answers = await options.call(work, inputs)
      let at = 0
      for (const { inputs: own, resolve } of batches) {
        resolve(answers.slice(at, at + own.length))
        at += own.length
      }
    } catch (error) {
      for (const { reject } of batches) reject(error)
    }
  }

  const isWorthwhile = (waiting: readonly Waiting<I, O>[]): boolean => {
    let size = 0
    for (const { inputs } of waiting) {
      size += options.sizeOf(inputs)
      if (size >= worthwhileSize) return true
    }
    return worthwhileSize === 0
  }

  const pump = (work: W, isLate = false): void => {
    const lane = lanes.get(work.key)
    if (!lane) return
    while (lane.waiting.length > 0 && lane.calls < options.maxCalls) {
      if (lane.calls > 0 && !isLate && !isWorthwhile(lane.waiting)) {
        lane.timer ??= setTimeout(() => {
          lane.timer = null
          pump(work, true)
        }, patienceMs)
        break
      }
      lane.calls++
      void runTogether(work, take(lane.waiting)).then(() => {
        lane.calls--
        pump(work)
      })
    }
    if (lane.waiting.length === 0 && lane.timer) {
      clearTimeout(lane.timer)
      lane.timer = null
    }
    if (lane.calls === 0 && lane.waiting.length === 0) lanes.delete(work.key)
  }

  return {
    run: (work, inputs) =>
      new Promise((resolve, reject) => {
        const lane = lanes.get(work.key) ?? { calls: 0, waiting: [], timer: null }
        lanes.set(work.key, lane)
        lane.waiting.push({ inputs, resolve, reject })
        pump(work)
      }),
  }
}
