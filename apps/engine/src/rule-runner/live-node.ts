import {
  type CompiledNode,
  type HandlerRegistry,
  type NodeInstance,
  type NodeSurroundings,
  startNode,
} from '@thingwire/rules'

/** `failed`: its last start failed; with `nextAttemptMs` it is tried again. Times are epoch ms. */
export type NodeState = {
  state: 'starting' | 'active' | 'failed' | 'suspended'
  reason: string | null
  sinceMs: number
  /** Starts so far. */
  attempts: number
  nextAttemptMs: number | null
}

export type NodeTimes = {
  /** A failed start is tried again after so long times the number of attempts, ms (as ThingsBoard: 5 s). */
  retryMs: number
  maxAttempts: number
  /** A chain waits so long for a node that takes its time to start, ms. */
  startWaitMs: number
}

export const nodeTimes: NodeTimes = { retryMs: 5_000, maxAttempts: 10, startWaitMs: 3_000 }

type LiveNodeOptions = {
  node: CompiledNode
  handlers: HandlerRegistry
  surroundings: NodeSurroundings
  times: NodeTimes
  onState(state: NodeState, before: NodeState | null): void
  onUncleanStop(error: unknown): void
}

/** One node while it runs: it is started, tried again when that may help, and stopped, whichever versions of its chain use it. */
export class LiveNode {
  readonly #options: LiveNodeOptions
  #instance: NodeInstance
  #state: NodeState | null = null
  #attempts = 0
  #timer: NodeJS.Timeout | null = null
  readonly #firstStart: Promise<void>
  #lastStart: Promise<void>
  #isStopped = false

  constructor(options: LiveNodeOptions) {
    this.#options = options
    this.#instance = { state: 'failed', reason: `"${options.node.name}" is still starting` }
    this.#enter('starting', null)
    this.#firstStart = this.#start()
    this.#lastStart = this.#firstStart
  }

  /** What messages meet now. */
  get instance(): NodeInstance {
    return this.#instance
  }

  get hasFailed(): boolean {
    return this.#state?.state === 'failed'
  }

  /** Resolves when its first start has ended, well or not. */
  get started(): Promise<void> {
    return this.#firstStart
  }

  /** Starts it once more when it has failed: what it needs may be there now. */
  retry(): void {
    if (this.#options.node.problem !== null) return
    // After the start that is under way, which may have met what there was before.
    this.#lastStart = this.#lastStart.then(async () => {
      if (!this.hasFailed || this.#isStopped) return
      if (this.#timer) clearTimeout(this.#timer)
      this.#attempts = 0
      await this.#start()
    })
  }

  async stop(): Promise<void> {
    this.#isStopped = true
    if (this.#timer) clearTimeout(this.#timer)
    await this.#stopHandler(this.#instance)
    this.#instance = { state: 'failed', reason: `"${this.#options.node.name}" has been stopped` }
  }

  async #start(): Promise<void> {
    const { node, handlers, surroundings, times } = this.#options
    this.#attempts++
    const suspended = (reason: string | null) => this.#suspend(reason)
    const instance = await startNode(node, handlers, () => ({ ...surroundings, suspended }))
    // One that took so long to start that nobody wants it any more.
    if (this.#isStopped) return this.#stopHandler(instance)
    if (instance.state === 'ready') {
      this.#instance = instance
      if (this.#state?.state !== 'suspended') this.#enter('active', null)
      return
    }
    const { reason } = instance
    this.#instance = { state: 'failed', reason: `Rule Node is not active! Failed to initialize: ${reason}` }
    const again = instance.mayPass && this.#attempts < times.maxAttempts
    const nextAttemptMs = again ? Date.now() + times.retryMs * this.#attempts : null
    this.#enter('failed', reason, nextAttemptMs)
    if (nextAttemptMs === null) return
    this.#timer = setTimeout(() => {
      this.#lastStart = this.#start()
    }, nextAttemptMs - Date.now())
  }

  #suspend(reason: string | null): void {
    if (this.#isStopped) return
    const isSuspended = this.#state?.state === 'suspended'
    if (reason === null ? !isSuspended : isSuspended && this.#state?.reason === reason) return
    this.#enter(reason === null ? 'active' : 'suspended', reason)
  }

  #enter(state: NodeState['state'], reason: string | null, nextAttemptMs: number | null = null): void {
    const before = this.#state
    const isSame = before?.state === state && before.reason === reason
    const sinceMs = isSame ? before.sinceMs : Date.now()
    this.#state = { state, reason, sinceMs, attempts: this.#attempts, nextAttemptMs }
    this.#options.onState(this.#state, before)
  }

  async #stopHandler(instance: NodeInstance): Promise<void> {
    try {
      if (instance.state === 'ready') await instance.handler.stop?.()
    } catch (error) {
      this.#options.onUncleanStop(error)
    }
  }
}
