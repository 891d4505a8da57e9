/** A connection that is opened when it is needed, and then again and again, ever more patiently, when it fails. */
export type KeptConnection<C> = {
  /** Rejects with the last reason while the next attempt is not due. */
  get(): Promise<C>
  /** Its end of `connection` has come: it is opened anew. A connection that is not the present one is of no interest. */
  lost(connection: C, reason: unknown): void
  close(): Promise<void>
}

export type Patience = { firstMs: number; mostMs: number }
export const usualPatience: Patience = { firstMs: 1_000, mostMs: 60_000 }

type State<C> =
  | { kind: 'idle' }
  | { kind: 'opening'; opened: Promise<C> }
  | { kind: 'open'; connection: C }
  | { kind: 'resting'; reason: unknown; timer: NodeJS.Timeout }
  | { kind: 'closed' }

export const createKeptConnection = <C>(options: {
  open(): Promise<C>
  close(connection: C): Promise<void>
  /** Hears why there is no connection, and null when there is one again. */
  suspended(reason: unknown): void
  patience?: Patience
}): KeptConnection<C> => {
  const { firstMs, mostMs } = options.patience ?? usualPatience
  let state: State<C> = { kind: 'idle' }
  let failures = 0
  const isClosed = () => state.kind === 'closed'

  const open = (): Promise<C> => {
    const opened = options.open().then(
      (connection) => {
        if (isClosed()) {
          void options.close(connection).catch(() => {})
          throw new Error('The client has been closed')
        }
        state = { kind: 'open', connection }
        failures = 0
        options.suspended(null)
        return connection
      },
      (reason: unknown) => {
        if (!isClosed()) rest(reason)
        throw reason
      },
    )
    // Whoever waits for it hears of it; without anybody it is in `suspended` alone.
    opened.catch(() => {})
    state = { kind: 'opening', opened }
    return opened
  }

  const rest = (reason: unknown) => {
    options.suspended(reason)
    const timer = setTimeout(() => void open(), Math.min(firstMs * 2 ** Math.min(failures++, 20), mostMs))
    timer.unref()
    state = { kind: 'resting', reason, timer }
  }

  return {
    get: async () => {
      if (state.kind === 'open') return state.connection
      if (state.kind === 'opening') return state.opened
      if (state.kind === 'resting') throw state.reason
      if (state.kind === 'closed') throw new Error('The client has been closed')
      return open()
    },
    lost: (connection, reason) => {
      if (state.kind !== 'open' || state.connection !== connection) return
      options.suspended(reason)
      void options.close(connection).catch(() => {})
      void open()
    },
    close: async () => {
      const last = state
      state = { kind: 'closed' }
      if (last.kind === 'resting') clearTimeout(last.timer)
      if (last.kind === 'open') await options.close(last.connection)
    },
  }
}
