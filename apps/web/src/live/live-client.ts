import type { ClientToServerEvents, LiveSubscribe, LiveUpdate, ServerToClientEvents } from '@thingwire/contracts'
import type { Socket } from 'socket.io-client'
import { mergeReplay, type Replay } from './replay.ts'

type WithoutId<T> = T extends unknown ? Omit<T, 'id'> : never
export type LiveRequest = WithoutId<LiveSubscribe>
export type LiveChange = WithoutId<LiveUpdate> | { kind: 'refused'; message: string }
export type LiveListener = (change: LiveChange) => void

export type LiveSocket = Pick<
  Socket<ServerToClientEvents, ClientToServerEvents>,
  'on' | 'emit' | 'connect' | 'disconnect' | 'connected' | 'active'
>

/** `since`: when the present state began, epoch ms. */
export type ConnectionState = { status: 'connecting' | 'live' | 'lost'; since: number }

/** What whoever listens needs of a client. */
export type Live = Pick<LiveClient, 'subscribe' | 'state' | 'onStateChange'>

type Entry = {
  id: string
  key: string
  request: LiveRequest
  listeners: Set<LiveListener>
  replay: Replay | null
  isAsked: boolean
}

type Options = {
  socket: LiveSocket
  /** Runs the callback soon, once. */
  schedule: (run: () => void) => void
  now: () => number
  /**
   * The server closed the connection or refused a new one, so the socket does not come back by itself. Resolves to
   * whether it should, once the time has come. `isSessionOver`: only after renewing the session.
   */
  recover: (isSessionOver: boolean) => Promise<boolean>
}

/** What the server says when it refuses a connection. */
const isAuthError = (error: Error): boolean => {
  const data: unknown = 'data' in error ? error.data : null
  return typeof data === 'object' && data !== null && 'code' in data && String(data.code).startsWith('AUTH_')
}

/**
 * One socket for the whole console. Identical requests share one subscription, except time series, whose first points
 * come only once. After a reconnect all are asked for again; to series it is a gap, since what a device recorded
 * meanwhile may lie before the points known here. Updates that arrive together reach the listeners together.
 */
export class LiveClient {
  readonly #options: Options
  readonly #byId = new Map<string, Entry>()
  readonly #byKey = new Map<string, Entry>()
  readonly #stateListeners = new Set<() => void>()
  #state: ConnectionState
  #pending: LiveUpdate[] = []
  #nextId = 1
  #isStopped = true
  #isSessionOver = false

  constructor(options: Options) {
    this.#options = options
    this.#state = { status: 'connecting', since: options.now() }
  }

  start(): void {
    const { socket } = this.#options
    this.#isStopped = false
    socket.on('connect', () => {
      this.#isSessionOver = false
      this.#setStatus('live')
      for (const entry of [...this.#byId.values()]) this.#resume(entry)
    })
    socket.on('disconnect', (reason) => {
      this.#setStatus('lost')
      if (reason === 'io server disconnect') this.#comeBack(this.#isSessionOver)
    })
    socket.on('connect_error', (error) => {
      this.#setStatus('lost')
      if (!socket.active) this.#comeBack(isAuthError(error))
    })
    socket.on('update', (updates) => this.#receive(updates))
    socket.on('signedOut', () => {
      this.#isSessionOver = true
    })
    socket.connect()
  }

  stop(): void {
    this.#isStopped = true
    this.#options.socket.disconnect()
    this.#byId.clear()
    this.#byKey.clear()
    this.#pending = []
  }

  /** Listens until the returned function is called. What is already known is told at once. */
  subscribe(request: LiveRequest, listener: LiveListener): () => void {
    const key = request.kind === 'timeseries' ? `timeseries ${this.#nextId}` : JSON.stringify(request)
    let entry = this.#byKey.get(key)
    if (entry) {
      entry.listeners.add(listener)
      if (entry.replay) listener(entry.replay)
    } else {
      entry = { id: String(this.#nextId++), key, request, listeners: new Set([listener]), replay: null, isAsked: false }
      this.#byKey.set(key, entry)
      this.#byId.set(entry.id, entry)
      if (this.#options.socket.connected) this.#ask(entry)
    }
    return () => this.#leave(entry, listener)
  }

  readonly onStateChange = (listener: () => void): (() => void) => {
    this.#stateListeners.add(listener)
    return () => this.#stateListeners.delete(listener)
  }

  readonly state = (): ConnectionState => this.#state

  #comeBack(isSessionOver: boolean): void {
    void this.#options.recover(isSessionOver).then((again) => {
      if (again && !this.#isStopped) this.#options.socket.connect()
    })
  }

  #leave(entry: Entry, listener: LiveListener): void {
    entry.listeners.delete(listener)
    if (entry.listeners.size > 0 || !this.#byId.delete(entry.id)) return
    this.#byKey.delete(entry.key)
    if (this.#options.socket.connected) this.#options.socket.emit('unsubscribe', entry.id)
  }

  #resume(entry: Entry): void {
    const { request, isAsked } = entry
    if (isAsked && request.kind === 'timeseries') tell(entry, { kind: 'gap', sinceTs: request.sinceTs })
    if (isAsked && request.kind === 'entity-data' && request.series?.length) tell(entry, { kind: 'gap', sinceTs: 0 })
    // Who hears of a gap may have asked anew instead.
    if (this.#byId.get(entry.id) === entry) this.#ask(entry)
  }

  #ask(entry: Entry): void {
    entry.isAsked = true
    this.#options.socket.emit('subscribe', { ...entry.request, id: entry.id }, (answer) => {
      if (!answer.ok) tell(entry, { kind: 'refused', message: answer.message })
    })
  }

  #receive(updates: readonly LiveUpdate[]): void {
    const isFirst = this.#pending.length === 0
    this.#pending.push(...updates)
    if (isFirst && this.#pending.length > 0) this.#options.schedule(() => this.#flush())
  }

  #flush(): void {
    const updates = this.#pending
    this.#pending = []
    for (const update of updates) {
      const entry = this.#byId.get(update.id)
      if (!entry) continue
      const { id: _, ...change } = update
      entry.replay = mergeReplay(entry.replay, change)
      tell(entry, change)
    }
  }

  #setStatus(status: ConnectionState['status']): void {
    if (this.#state.status === status) return
    this.#state = { status, since: this.#options.now() }
    for (const listener of this.#stateListeners) listener()
  }
}

const tell = (entry: Entry, change: LiveChange) => {
  for (const listener of entry.listeners) listener(change)
}
