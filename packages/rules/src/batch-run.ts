import type { Message } from '@thingwire/contracts'
import { CallClock, timedOut } from './call-clock.ts'
import { callProblem, restoreFrame, withCallers, withoutTravelNotes } from './call-frames.ts'
import type { CompiledNode } from './compile-chain.ts'
import { Inspection, type Onward } from './inspection.ts'
import { LabelTally } from './label-tally.ts'
import { type Answer, leaveByQueue } from './leave-by-queue.ts'
import { branchOf, newMessageId } from './message.ts'
import { type Departure, errorText, failureOf, isEnvironmentError } from './node.ts'
import { assignOwners } from './owners.ts'
import type { Arrival, Call, Frame, Level, Loss, Root, Route } from './routing.ts'
import { SlowCalls } from './slow-calls.ts'
import { WaitingMessages } from './waiting-messages.ts'
import type { BatchInput, BatchResult, DeadLetter, MessageOutcome, RouterLimits, RunnableChain } from './run-batch.ts'

const nowhere: readonly number[] = []

const returning = (message: Message, connection: string): Departure =>
  isFailure(connection) ? { message, connection: 'Failure', error: message.data } : { message, connection }

/** It leads along a connection or back: nothing has to be asked or written before it does. */
const isOrdinary = (departure: Departure): boolean => 'connection' in departure || 'returnAs' in departure

/** The label Failure beside others: then it is a label like any other. A failure with a reason always counts. */
const isOneOfMany = (departure: Departure, owner: number, { departures, owners }: Answer): boolean =>
  'connection' in departure &&
  !('error' in departure) &&
  departures.some((one, at) => owners[at] === owner && !('connection' in one && isFailure(one.connection)))

const isFailure = (label: string): boolean => label.length === 7 && label.toLowerCase() === 'failure'

export class BatchRun {
  readonly #input: BatchInput
  readonly #limits: RouterLimits
  readonly #roots: Root[]
  readonly #deadLetters: DeadLetter[] = []
  readonly #waiting = new WaitingMessages()
  readonly #callees = new Map<string, RunnableChain | undefined>()
  readonly #clock: CallClock | null
  readonly #slow = new SlowCalls()
  /** What a slow call ended the batch with. */
  #broken: { error: unknown } | null = null
  #isOver = false
  #hasTold = false

  constructor(input: BatchInput, limits: RouterLimits) {
    this.#input = input
    this.#limits = limits
    this.#roots = input.messages.map((_, index) => ({
      index,
      stored: false,
      failed: false,
      timedOut: false,
      branches: 1,
    }))
    this.#clock = input.timeLimit ? new CallClock(input.signal, input.timeLimit) : null
  }

  async run(): Promise<BatchResult> {
    try {
      await this.#findCallers()
      this.#enter()
      for (;;) {
        const call = this.#waiting.next(this.#slow)
        if (!call && this.#slow.size === 0) break
        this.#input.signal.throwIfAborted()
        if (call) await this.#callNode(call)
        else await this.#waitForSlow()
        if (this.#broken) throw this.#broken.error
      }
      return { outcomes: this.#roots.map(outcomeOf), deadLetters: this.#deadLetters }
    } finally {
      this.#isOver = true
      this.#clock?.close()
    }
  }

  /** Nothing is left to do but to wait for slow calls. */
  async #waitForSlow(): Promise<void> {
    if (!this.#hasTold) {
      this.#hasTold = true
      const open = new Set([...this.#slow.roots(), ...this.#waiting.roots()])
      this.#input.patience?.exhausted({
        outcomes: this.#roots.map((root) => (open.has(root.index) ? null : outcomeOf(root))),
        deadLetters: this.#deadLetters.filter(({ root }) => !open.has(root)),
      })
    }
    await this.#slow.next()
  }

  /** Messages that come from another queue may have to return to chains that called theirs. */
  async #findCallers(): Promise<void> {
    for (const { callers } of this.#input.messages)
      if (callers) for (const { ruleChainId } of callers) await this.#findCallee(ruleChainId)
  }

  #frameOf(callers: NonNullable<Message['callers']>): Frame | null {
    return restoreFrame(callers, (ruleChainId, depth) => {
      const found = this.#callees.get(ruleChainId)
      return found && this.#waiting.levelOf(found, depth)
    })
  }

  #enter(): void {
    const { messages, from } = this.#input
    const outermost = this.#waiting.levelOf(this.#input, 0)
    const seen = new Set<string>()
    for (const root of this.#roots) {
      const given = messages[root.index]
      if (!given) continue
      const own = withoutTravelNotes(given)
      const message = seen.has(own.id) ? { ...own, id: newMessageId() } : own
      seen.add(message.id)
      const { callers } = given
      const level = callers ? this.#waiting.levelOf(this.#input, callers.length) : outermost
      const frame = callers ? this.#frameOf(callers) : null
      const { chain } = level
      const nodeId = from?.nodeId ?? message.ruleNodeId
      const node = chain.nodes[(nodeId === null ? chain.firstNode : chain.indexById.get(nodeId)) ?? -1]
      // A node deleted meanwhile, or a chain without a first node: nobody is there to do anything, so it is finished.
      if (!node) continue
      const executions = given.executions ?? 0
      if (from?.connection === undefined)
        this.#waiting.add(level, node.index, { message, root, frame, executions, acknowledged: false, via: '' })
      else {
        // An answer that failed, and to whose failure nobody listens, has ended: its sender has had its acknowledgement.
        const acknowledged = isFailure(from.connection) && !node.connections.has('failure')
        // The node it comes from is among those it has passed.
        const arrival = { message, root, frame, executions: Math.max(0, executions - 1), acknowledged, via: '' }
        const call = { level, node, arrivals: [arrival] }
        const inspection = this.#inspectionOf(call)
        this.#depart(call, { departures: [returning(message, from.connection)], owners: [0] }, inspection)
        if (inspection) this.#input.observe?.inspected?.({ ...inspection.end(0), isResumed: true })
      }
    }
  }

  async #callNode(due: Call): Promise<void> {
    const call = { ...due, arrivals: this.#withinLimit(due) }
    if (call.arrivals.length === 0) return
    const inspection = this.#inspectionOf(call)
    const startedMs = performance.now()
    const controller = this.#clock?.next()
    const handled = this.#handle(call, controller?.signal ?? this.#input.signal)
    if (!(handled instanceof Promise)) return this.#end(call, handled, { inspection, startedMs })
    const bounded = (controller && this.#clock?.within(handled, controller)) ?? handled
    // A batch that was given up runs again: nothing more may come of a slow call of this one.
    const ended = bounded.then((answer) =>
      this.#isOver ? undefined : this.#end(call, answer, { inspection, startedMs }),
    )
    const { patience } = this.#input
    if (!patience?.isFor(call.node) || (await endsWithin(ended, patience.ms))) return ended
    const noted = ended.catch((error: unknown) => {
      this.#broken ??= { error }
    })
    this.#slow.add(call, noted)
  }

  /** A node has answered, or its time is over. */
  #end(
    call: Call,
    answer: Answer | typeof timedOut,
    { inspection, startedMs }: { inspection: Inspection | null; startedMs: number },
  ): void | Promise<void> {
    const elapsedMs = performance.now() - startedMs
    const report = (failures: number): void => {
      const { chain } = call.level
      const { index } = call.node
      this.#input.observe?.nodeCalled?.({
        chain,
        nodeIndex: index,
        messages: call.arrivals.length,
        failures,
        elapsedMs,
      })
      if (inspection) this.#input.observe?.inspected?.(inspection.end(elapsedMs))
    }
    if (answer === timedOut) return report(this.#giveUp(call, inspection))
    if (answer.departures.every(isOrdinary)) return report(this.#depart(call, answer, inspection))
    return this.#take(call, answer, inspection).then(report)
  }

  #inspectionOf({ level: { chain }, node, arrivals }: Call): Inspection | null {
    const { observe } = this.#input
    return observe?.inspects?.({ chain, node, messages: arrivals }) ? new Inspection(chain, node, arrivals) : null
  }

  /** Sends on what a node let go, where something must be asked or written first; returns how many took Failure. */
  async #take(call: Call, answer: Answer, inspection: Inspection | null): Promise<number> {
    let leaves = false
    for (const departure of answer.departures) {
      if ('callChain' in departure) await this.#findCallee(departure.callChain)
      else if ('queueName' in departure) leaves = true
    }
    if (!leaves) return this.#depart(call, answer, inspection)
    const { left, ...rest } = await leaveByQueue(call, answer, this.#input.requeue)
    for (const one of left) inspection?.queued(one)
    return this.#depart(call, rest, inspection)
  }

  #giveUp({ level, node, arrivals }: Call, inspection: Inspection | null): number {
    const error = `"${node.name}" did not answer within ${this.#input.timeLimit?.timeoutMs} ms`
    this.#tellBroken(level, node, arrivals, error)
    for (const [index, arrival] of arrivals.entries()) {
      inspection?.left({ arrival: index, message: arrival.message, ...level, node, connection: null, error })
      this.#input.observe?.failed?.({ chain: level.chain, node, message: arrival.message, error })
      if (arrival.acknowledged) continue
      arrival.root.timedOut = true
      this.#keep({ level, node, arrival, message: arrival.message, frame: arrival.frame, error })
    }
    return arrivals.length
  }

  #tellBroken({ chain }: Level, node: CompiledNode, arrivals: readonly Arrival[], error: string): void {
    const [first] = arrivals
    if (first) this.#input.observe?.broke?.({ chain, node, tenantId: first.message.tenantId, error })
  }

  #withinLimit({ level, node, arrivals }: Call): readonly Arrival[] {
    const limit = this.#limits.maxRuleNodeExecutionsPerMessage
    if (limit <= 0 || arrivals.every(({ executions }) => executions < limit)) return arrivals
    return arrivals.filter((arrival) => {
      if (arrival.executions < limit) return true
      const error = `Message is processed by more than ${limit} rule nodes!`
      this.#lose({ level, node, arrival, message: arrival.message, frame: arrival.frame, error })
      return false
    })
  }

  #handle({ level, node, arrivals }: Call, signal: AbortSignal): Answer | Promise<Answer> {
    const carries = node.manifest?.keepsCopies === true && !node.bypass
    const batch = arrivals.map(({ message }) => message)
    const instance = level.instances[node.index]
    if (instance?.state !== 'ready')
      return failAll(batch, new Error(instance?.reason ?? 'The rule node is not running'))
    const fence = (error: unknown): Answer => {
      // An aborted handler throws too; its messages have not failed, the batch was given up.
      this.#input.signal.throwIfAborted()
      if (isEnvironmentError(error)) throw error
      this.#tellBroken(level, node, arrivals, errorText(error))
      return failAll(batch, error)
    }
    try {
      const answer = instance.handler.handle(carries ? arrivals.map(withTravelNotes) : batch, signal)
      if (carries)
        return Promise.resolve(answer)
          .then((left) => ownedBy(batch, left.map(withoutNotes)))
          .catch(fence)
      if (!(answer instanceof Promise)) return { departures: answer, owners: assignOwners(batch, answer) }
      return answer.then((departures) => ({ departures, owners: assignOwners(batch, departures) })).catch(fence)
    } catch (error) {
      return fence(error)
    }
  }

  async #findCallee(ruleChainId: string): Promise<void> {
    if (this.#callees.has(ruleChainId)) return
    this.#callees.set(ruleChainId, await this.#input.callee?.(ruleChainId))
  }

  /** Sends departures to where they lead; returns how many took Failure. */
  #depart(call: Call, { departures, owners }: Answer, inspection: Inspection | null): number {
    const tallies = new Map<CompiledNode, { level: Level; tally: LabelTally }>()
    const take = (level: Level, node: CompiledNode, label: string): readonly number[] => {
      const entry = tallies.get(node) ?? { level, tally: new LabelTally(node) }
      tallies.set(node, entry)
      return entry.tally.pass(label).targets
    }
    const branches = new Array<number>(call.arrivals.length).fill(0)
    const routes: (Route | undefined)[] = []
    for (let at = 0; at < departures.length; at++) {
      const owner = owners[at] ?? 0
      const departure = departures[at]
      const arrival = call.arrivals[owner]
      if (!departure || !arrival) continue
      const route = this.#routeOf(call, departure, arrival, take)
      branches[owner] = (branches[owner] ?? 0) + route.targets.length
      routes[at] = route
    }
    let failures = 0
    for (let at = 0; at < departures.length; at++) {
      const owner = owners[at] ?? 0
      const route = routes[at]
      const departure = departures[at]
      const arrival = call.arrivals[owner]
      if (!route || !departure || !arrival) continue
      if (route.error !== null) {
        failures++
        const { level, node, error } = route
        route.isForgiven ||= route.targets.length === 0 && isOneOfMany(departure, owner, { departures, owners })
        this.#input.observe?.failed?.({ chain: level.chain, node, message: departure.message, error })
      }
      const onward: Onward[number][] | null = inspection && []
      this.#deliver({ route, departure, arrival, branches: branches[owner] ?? 0, onward })
      if (!inspection || !onward) continue
      const { node, label, error } = route
      // Without a label it went into another chain, or nowhere: from this one.
      const { chain } = label === null ? call.level : route.level
      inspection.left({ arrival: owner, message: departure.message, chain, node, connection: label, error, onward })
    }
    this.#report(tallies)
    return failures
  }

  #routeOf(
    { level, node }: Call,
    departure: Departure,
    arrival: Arrival,
    take: (level: Level, node: CompiledNode, label: string) => readonly number[],
  ): Route {
    if ('connection' in departure) {
      const { connection } = departure
      const { frame } = arrival
      const targets = take(level, node, connection)
      if (!isFailure(connection))
        return { level, node, targets, frame, label: connection, error: null, isForgiven: false }
      const error = 'error' in departure ? departure.error : 'The rule node emitted Failure'
      return { level, node, targets, frame, label: connection, error, isForgiven: 'rateLimited' in departure }
    }
    const along = (
      at: { level: Level; node: CompiledNode; frame: Frame | null },
      label: string,
      error: string,
    ): Route => {
      const targets = take(at.level, at.node, label)
      return { ...at, targets, label, error: isFailure(label) ? error : null, isForgiven: false }
    }
    const here = { level, node, frame: arrival.frame }
    const ended = { ...here, targets: nowhere, label: null, error: null, isForgiven: false }
    // Those were taken out when they left.
    if ('queueName' in departure) return ended
    if ('returnAs' in departure) {
      const { frame } = arrival
      if (!frame) return ended
      return along(
        { level: frame.level, node: frame.node, frame: frame.parent },
        departure.returnAs,
        'The called chain returned Failure',
      )
    }
    const callee = this.#callees.get(departure.callChain)
    const problem = callProblem(here, departure.callChain, callee)
    if (problem !== null || !callee) return along(here, 'Failure', problem ?? '')
    const { firstNode } = callee.chain
    const inside = this.#waiting.levelOf(callee, level.depth + 1)
    const frame: Frame = { level, node, parent: arrival.frame }
    return { ...ended, level: inside, targets: firstNode === null ? nowhere : [firstNode], frame }
  }

  /** Notes in `onward`, when it is there, where the message goes on. */
  #deliver(delivery: {
    route: Route
    departure: Departure
    arrival: Arrival
    branches: number
    onward: Onward[number][] | null
  }): void {
    const { route, departure, arrival, branches, onward } = delivery
    const { root } = arrival
    if ('stored' in departure && departure.stored) root.stored = true
    const { message } = departure
    if (route.targets.length === 0) {
      if (route.error !== null && !route.isForgiven) this.#lose({ ...route, arrival, message, error: route.error })
      return
    }
    const acknowledged = arrival.acknowledged || ('acknowledged' in departure && departure.acknowledged === true)
    for (const target of route.targets) {
      if (branches > 1 && ++root.branches > this.#limits.maxBranchesPerMessage) {
        const error = `Message has more than ${this.#limits.maxBranchesPerMessage} branches!`
        this.#lose({ ...route, arrival, message, error })
        return
      }
      const sent = branches > 1 ? branchOf(message) : message
      onward?.push({ level: route.level, node: target, message: sent })
      this.#waiting.add(route.level, target, {
        message: sent,
        root,
        frame: route.frame,
        executions: arrival.executions + 1,
        acknowledged,
        via: route.label ?? '',
      })
    }
  }

  #lose(loss: Loss): void {
    if (loss.arrival.acknowledged) return
    loss.arrival.root.failed = true
    this.#keep(loss)
  }

  #keep({ level, node, arrival, message, frame, error }: Loss): void {
    this.#deadLetters.push({
      root: arrival.root.index,
      message: withCallers(message, frame),
      ruleChainId: level.chain.id,
      nodeId: node.id,
      nodeName: node.name,
      error,
    })
  }

  #report(tallies: Map<CompiledNode, { level: Level; tally: LabelTally }>): void {
    const passed = this.#input.observe?.connectionPassed
    if (!passed) return
    for (const [node, { level, tally }] of tallies) {
      for (const { connection, messages } of tally.counts()) {
        passed({ chain: level.chain, nodeIndex: node.index, connection: connection.label, messages })
      }
    }
  }
}

const outcomeOf = (root: Root): MessageOutcome =>
  root.failed ? 'dead-lettered' : root.timedOut ? 'timed-out' : root.stored ? 'stored' : 'finished'

/** The message as a node gets it that keeps copies. */
const withTravelNotes = ({ message, frame, executions }: Arrival): Message =>
  withCallers({ ...message, executions: executions + 1 }, frame)

const withoutNotes = (departure: Departure): Departure => ({
  ...departure,
  message: withoutTravelNotes(departure.message),
})

const ownedBy = (batch: readonly Message[], departures: readonly Departure[]): Answer => ({
  departures,
  owners: assignOwners(batch, departures),
})

/** Whether the promise is settled by then, ms. */
const endsWithin = (ended: Promise<void>, ms: number): Promise<boolean> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms, false)
    const settle = () => {
      clearTimeout(timer)
      resolve(true)
    }
    ended.then(settle, settle)
  })

const failAll = (batch: readonly Message[], error: unknown): Answer => ({
  departures: batch.map((message) => failureOf(message, error)),
  owners: batch.map((_, index) => index),
})
