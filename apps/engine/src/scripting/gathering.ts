/**
 * Batches that come for the same thing while it is busy, run together: a call costs about as much as a hundred messages,
 * and eight partitions bring theirs at the same time.
 */
export type Gathering<W, I, O> = {
  /** Answers for these inputs, in order. Rejects as the call does that they were part of. */
  run(work: W, inputs: readonly I[]): Promise<O[]>
}

type Waiting<I, O> = { inputs: readonly I[]; resolve(answers: O[]): void; reject(error: unknown): void }

export const createGathering = <W extends { key: string }, I, O>(options: {
  /** Calls of one key that may be under way at once. */
  maxCalls: number
  /** The most that goes into one call, when it is more than one batch; as `sizeOf` counts. */
  maxSize: number
  sizeOf(inputs: readonly I[]): number
  /** One answer for each input. Work with the same key is the same work. */
  call(work: W, inputs: readonly I[]): Promise<O[]>
}): Gathering<W, I, O> => {
  const lanes = new Map<string, { calls: number; waiting: Waiting<I, O>[] }>()

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

  const pump = (work: W): void => {
    const lane = lanes.get(work.key)
    if (!lane) return
    while (lane.waiting.length > 0 && lane.calls < options.maxCalls) {
      lane.calls++
      void runTogether(work, take(lane.waiting)).then(() => {
        lane.calls--
        pump(work)
      })
    }
    if (lane.calls === 0 && lane.waiting.length === 0) lanes.delete(work.key)
  }

  return {
    run: (work, inputs) =>
      new Promise((resolve, reject) => {
        const lane = lanes.get(work.key) ?? { calls: 0, waiting: [] }
        lanes.set(work.key, lane)
        lane.waiting.push({ inputs, resolve, reject })
        pump(work)
      }),
  }
}
