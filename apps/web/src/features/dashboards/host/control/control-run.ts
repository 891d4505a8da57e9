import type { EntityId } from '@thingwire/contracts'
import {
  convertData,
  type FunctionSource,
  type StateEntry,
  type ValueRead,
  type ValueWrite,
} from '@thingwire/dashboards'
import type {
  ControlPlan,
  ControlProblem,
  ControlState,
  ControlValue,
  FunctionResult,
} from '@thingwire/widgets/manifests'
import type { LiveListener, LiveRequest } from '@/live/live-client.ts'
import type { Command } from './command.ts'

/** What a control needs of the console. */
export type ControlPorts = {
  subscribe: (request: LiveRequest, listener: LiveListener) => () => void
  carryOut: (command: Command) => Promise<unknown>
  /** What a person is told of a failed command. */
  explain: (error: unknown) => ControlProblem
  /** Calls code of the file once. */
  evaluate: (
    code: FunctionSource,
    argumentNames: readonly string[],
    args: readonly unknown[],
  ) => Promise<FunctionResult>
  state: { read: () => StateEntry; listen: (changed: () => void) => () => void }
}

/** One read: what it knows, and what a write lets it show meanwhile. */
type Read = {
  plan: ValueRead
  /** Undefined: nothing has come yet; null: there is none. */
  data: { value: unknown } | null | undefined
  value: unknown
  phase: ControlValue['phase']
  problem: ControlProblem | null
  /** Shown in place of `value` until newer data comes in. */
  shown: { value: unknown } | null
  /** Counts the data, so that a late answer of a function to older data is dropped. */
  turn: number
}

/** The board itself can be shown without any entity; everything else is of one. */
const isOfTarget = ({ kind }: ValueRead): boolean =>
  kind !== 'none' && kind !== 'dashboardState' && kind !== 'dashboardStateParams'

/** A control that plans nothing commands its target by itself. */
export const needsTarget = ({ reads, writes }: ControlPlan): boolean => {
  const planned = Object.values(reads)
  return Object.keys(writes).length > 0 || planned.length === 0 || planned.some(isOfTarget)
}

const activeAlarmsOf = (entityId: EntityId, plan: Extract<ValueRead, { kind: 'alarmStatus' }>): LiveRequest => ({
  kind: 'alarms',
  query: {
    entityFilter: { type: 'singleEntity', singleEntity: entityId },
    pageLink: {
      page: 0,
      pageSize: 1,
      statusList: ['ACTIVE'],
      severityList: [...plan.severities] as never,
      typeList: [...plan.types],
    },
  },
})

const followsByItself = (plan: ValueRead): boolean => plan.kind !== 'rpc' && plan.kind !== 'none'

/**
 * Runs the control of one target: reads what it shows, carries out what it is moved to, and goes back when that failed.
 * It runs from `start` to `stop` and may be started again.
 */
export class ControlRun {
  readonly #target: EntityId | null
  readonly #plan: ControlPlan
  readonly #ports: ControlPorts
  readonly #reads = new Map<string, Read>()
  readonly #listeners = new Set<() => void>()
  #leave: (() => void)[] = []
  #sending: string | null = null
  #problem: ControlState['problem'] = null
  #snapshot: ControlState
  #run = 0

  /** @param target that may be read by the viewer; null only where the plan needs none */
  constructor(target: EntityId | null, plan: ControlPlan, ports: ControlPorts) {
    this.#target = target
    this.#plan = plan
    this.#ports = ports
    for (const [name, read] of Object.entries(plan.reads)) {
      const isKnown = read.kind === 'none'
      this.#reads.set(name, {
        plan: read,
        data: undefined,
        value: isKnown ? read.value : undefined,
        phase: isKnown ? 'ready' : 'reading',
        problem: null,
        shown: null,
        turn: 0,
      })
    }
    this.#snapshot = this.#draw()
  }

  snapshot = (): ControlState => this.#snapshot

  listen = (changed: () => void): (() => void) => {
    this.#listeners.add(changed)
    return () => this.#listeners.delete(changed)
  }

  start(): void {
    this.#run++
    for (const read of this.#reads.values()) this.#begin(read)
  }

  stop(): void {
    this.#run++
    for (const leave of this.#leave) leave()
    this.#leave = []
  }

  write = (name: string, value?: unknown, shows: Readonly<Record<string, unknown>> = {}): void => {
    const write = this.#plan.writes[name]
    // One at a time: a second press while the first is under way is the same press.
    if (!write || this.#sending !== null) return
    this.#sending = name
    this.#problem = null
    const before = new Map([...this.#reads].map(([id, read]) => [id, read.shown]))
    for (const [id, shown] of Object.entries(shows)) {
      const read = this.#reads.get(id)
      if (read) read.shown = { value: shown }
    }
    this.#tell()
    void this.#carryOut(write, value).then(
      () => this.#end(null, shows),
      (error: unknown) => {
        // It came too late for an answer, but the device reports that it did what it was told.
        if (this.#isDoneAfterAll(shows)) return this.#end(null, shows)
        for (const [id, read] of this.#reads) if (id in shows && read.shown) read.shown = before.get(id) ?? null
        this.#end({ ...this.#ports.explain(error), write: name }, {})
      },
    )
  }

  async #carryOut(write: ValueWrite, value: unknown): Promise<void> {
    const data = await this.#dataOf(write, value)
    switch (write.kind) {
      case 'rpc': {
        const { method, timeoutMs, isOneWay, pollMs } = write
        await this.#ports.carryOut({ kind: 'rpc', method, params: data, timeoutMs, isOneWay, pollMs })
        return
      }
      case 'attribute':
        await this.#ports.carryOut({ kind: 'attribute', scope: write.scope, key: write.key, value: data })
        return
      case 'timeseries':
        await this.#ports.carryOut({ kind: 'timeseries', key: write.key, value: data })
    }
  }

  async #dataOf({ data }: ValueWrite, value: unknown): Promise<unknown> {
    switch (data.kind) {
      case 'value':
        return value
      case 'constant':
        return data.value
      case 'none':
        return null
      case 'function': {
        const result = await this.#ports.evaluate(data.code, ['value'], [value])
        if (!result.ok) throw new Error(result.message)
        return result.value
      }
    }
  }

  #isDoneAfterAll(shows: Readonly<Record<string, unknown>>): boolean {
    const names = Object.keys(shows)
    return (
      names.length > 0 &&
      names.every((name) => {
        const read = this.#reads.get(name)
        return read !== undefined && followsByItself(read.plan) && read.value === shows[name] && read.shown === null
      })
    )
  }

  #end(problem: ControlState['problem'], shows: Readonly<Record<string, unknown>>): void {
    this.#sending = null
    this.#problem = problem
    // What was set counts from now on: only what is reported after this is newer.
    for (const name of Object.keys(shows)) {
      const read = this.#reads.get(name)
      if (read?.shown) read.problem = null
    }
    this.#tell()
  }

  #begin(read: Read): void {
    const { plan } = read
    const entityId = this.#target
    switch (plan.kind) {
      case 'none':
        return
      case 'rpc':
        this.#ask(read)
        return
      case 'attribute': {
        const scope = plan.scope ? { scope: plan.scope } : {}
        if (entityId) this.#follow(read, { kind: 'attributes', entityId, keys: [plan.key], ...scope })
        return
      }
      case 'timeseries':
        if (entityId) this.#follow(read, { kind: 'latest', entityId, keys: [plan.key] })
        return
      case 'alarmStatus':
        if (entityId) this.#follow(read, activeAlarmsOf(entityId, plan))
        return
      case 'dashboardState':
      case 'dashboardStateParams': {
        const take = () => {
          const { id, params } = this.#ports.state.read()
          this.#take(read, { value: plan.kind === 'dashboardState' ? id : params })
        }
        this.#leave.push(this.#ports.state.listen(take))
        take()
      }
    }
  }

  #follow(read: Read, request: LiveRequest): void {
    const { plan } = read
    this.#leave.push(
      this.#ports.subscribe(request, (change) => {
        if (change.kind === 'refused') {
          read.problem = { kind: 'failed', reason: change.message }
          read.phase = 'ready'
          this.#tell()
        } else if (change.kind === 'latest' && plan.kind === 'timeseries') {
          const point = change.values[plan.key]
          if (point) this.#take(read, { value: point[1] })
          else if (read.data === undefined || change.deleted?.includes(plan.key)) this.#take(read, null)
        } else if (change.kind === 'attributes' && plan.kind === 'attribute') {
          const news = change.changed.find(({ key }) => key === plan.key)
          if (news) this.#take(read, { value: news.value })
          else if (read.data === undefined || change.deleted.some(({ key }) => key === plan.key)) this.#take(read, null)
        } else if (change.kind === 'alarms' && change.page) {
          this.#take(read, { value: change.page.totalElements > 0 })
        }
      }),
    )
  }

  #ask(read: Read): void {
    const { plan } = read
    if (plan.kind !== 'rpc') return
    const run = this.#run
    const { method, params, timeoutMs, pollMs } = plan
    read.phase = 'reading'
    read.problem = null
    this.#ports.carryOut({ kind: 'rpc', method, params, timeoutMs, isOneWay: false, pollMs }).then(
      (answer) => {
        if (run === this.#run) this.#take(read, { value: answer })
      },
      (error: unknown) => {
        if (run !== this.#run) return
        read.phase = 'ready'
        read.problem = this.#ports.explain(error)
        this.#tell()
      },
    )
  }

  /** New data: what was shown over older data is over. An answer to a question of before a write stays under it. */
  #take(read: Read, data: { value: unknown } | null): void {
    const turn = ++read.turn
    read.data = data
    if (followsByItself(read.plan)) read.shown = null
    read.problem = null
    const finish = (value: unknown, problem: ControlProblem | null) => {
      if (turn !== read.turn) return
      read.value = value
      read.problem = problem
      read.phase = 'ready'
      this.#tell()
    }
    const { convert } = read.plan
    if (data === null) finish(undefined, null)
    else if (convert.kind !== 'function') finish(convertData(convert, data.value), null)
    else
      void this.#ports
        .evaluate(convert.code, ['data'], [data.value])
        .then((result) =>
          result.ok
            ? finish(convertData(convert, result.value), null)
            : finish(undefined, { kind: 'failed', reason: result.message }),
        )
  }

  #readAgain(read: Read): void {
    read.shown = null
    this.#problem = null
    this.#ask(read)
    this.#tell()
  }

  #draw(): ControlState {
    const values = [...this.#reads].map(([name, read]): [string, ControlValue] => [
      name,
      {
        value: read.shown ? read.shown.value : read.value,
        // What was set is known, whatever the question of before still brings.
        phase: read.shown ? 'ready' : read.phase,
        problem: read.shown ? null : read.problem,
        ...(read.plan.kind === 'rpc' ? { readAgain: () => this.#readAgain(read) } : {}),
      },
    ])
    return { values: Object.fromEntries(values), write: this.write, sending: this.#sending, problem: this.#problem }
  }

  #tell(): void {
    this.#snapshot = this.#draw()
    for (const changed of this.#listeners) changed()
  }
}
