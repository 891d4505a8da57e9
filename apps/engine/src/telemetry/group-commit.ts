import { AppError } from '@thingwire/contracts'

export type GroupCommit<T> = {
  /** Resolves after the commit that holds the items; rejects when these items cannot be stored, or on abort. */
  add(items: readonly T[]): Promise<void>
  /** Items that wait or are being written. */
  pendingItems(): number
  /** Fails what still waits with DATABASE_UNAVAILABLE; what is being written may still succeed. */
  abort(): void
}

type Caller<T> = { items: readonly T[]; resolve(): void; reject(error: unknown): void }

export type GroupCommitOptions<T> = {
  /** One commit. An error with `act: environment` is repeated until it succeeds. */
  write(items: readonly T[]): Promise<void>
  maxItems: number
  maxInFlight: number
  onCommit?(items: number): void
  /** Called before each repeat while the environment fails. */
  onRetry?(error: unknown, attempt: number): void
  /** Waits between repeats; tests bring their own. */
  pause?(delayMs: number): Promise<void>
}

const systemPause = (delayMs: number) => new Promise<void>((resolve) => setTimeout(resolve, delayMs))

export const isEnvironmentError = (error: unknown): boolean => error instanceof AppError && error.act === 'environment'

/**
 * Merges what many callers write at the same time into few large commits: a few are in flight, what arrives meanwhile
 * is the next group. When a group fails for another reason than the environment its callers are tried one by one, so
 * that one poisonous item fails its own caller only.
 */
export const createGroupCommit = <T>(options: GroupCommitOptions<T>): GroupCommit<T> => {
  const pause = options.pause ?? systemPause
  let waiting: Caller<T>[] = []
  let inFlight = 0
  let itemsPending = 0
  let isAborted = false

  const take = (): Caller<T>[] => {
    let items = 0
    let callers = 0
    for (const caller of waiting) {
      if (callers > 0 && items + caller.items.length > options.maxItems) break
      items += caller.items.length
      callers++
    }
    const group = waiting.slice(0, callers)
    waiting = callers === waiting.length ? [] : waiting.slice(callers)
    return group
  }

  const writePatiently = async (items: readonly T[]): Promise<void> => {
    for (let attempt = 0; ; attempt++) {
      try {
        await options.write(items)
        options.onCommit?.(items.length)
        return
      } catch (error) {
        if (!isEnvironmentError(error)) throw error
        if (isAborted) throw error
        options.onRetry?.(error, attempt)
        await pause(Math.min(100 * 2 ** Math.min(attempt, 5), 2_000))
        if (isAborted) throw error
      }
    }
  }

  const writeAlone = async (caller: Caller<T>): Promise<void> => {
    try {
      await writePatiently(caller.items)
      caller.resolve()
    } catch (error) {
      caller.reject(error)
    }
  }

  const commit = async (group: readonly Caller<T>[]): Promise<void> => {
    const [only] = group
    if (group.length === 1 && only) return writeAlone(only)
    try {
      await writePatiently(group.flatMap((caller) => caller.items))
      for (const caller of group) caller.resolve()
    } catch (error) {
      if (isEnvironmentError(error)) for (const caller of group) caller.reject(error)
      else for (const caller of group) await writeAlone(caller)
    }
  }

  const pump = (): void => {
    while (waiting.length > 0 && inFlight < options.maxInFlight) {
      const group = take()
      inFlight++
      void commit(group).finally(() => {
        inFlight--
        for (const caller of group) itemsPending -= caller.items.length
        pump()
      })
    }
  }

  return {
    add: (items) => {
      if (items.length === 0) return Promise.resolve()
      if (isAborted) return Promise.reject(new AppError('DATABASE_UNAVAILABLE', 'The engine is stopping'))
      return new Promise<void>((resolve, reject) => {
        waiting.push({ items, resolve, reject })
        itemsPending += items.length
        pump()
      })
    },
    pendingItems: () => itemsPending,
    abort: () => {
      isAborted = true
      const left = waiting
      waiting = []
      for (const caller of left) {
        itemsPending -= caller.items.length
        caller.reject(new AppError('DATABASE_UNAVAILABLE', 'The engine is stopping'))
      }
    },
  }
}
