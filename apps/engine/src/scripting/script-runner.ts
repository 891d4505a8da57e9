import { createHash } from 'node:crypto'
import { AppError } from '@thingwire/contracts'
import {
  directScript,
  isEnvironmentError,
  type LoadedScript,
  onAbort,
  type ScriptAnswer,
  type ScriptInput,
  type ScriptOutcome,
  type ScriptSource,
  type ScriptsPort,
  type ScriptUser,
  scriptProblem,
  usedLibraries,
} from '@thingwire/rules'
import { directTbel, tbelValues } from '@thingwire/tbel/direct'
import { createDirectRun, type DirectRun } from './direct-run.ts'
import { createGathering } from './gathering.ts'
import { LRUCache } from 'lru-cache'
import type { Part } from '../lifecycle.ts'
import type { Logger } from '../observability/logger.ts'
import type { Metrics } from '../observability/metrics.ts'
import { givenLibraries, type LibraryLookup } from '../script-libraries/library-lookup.ts'
import { type ScriptChild, startScriptChild } from './script-child.ts'
import { createScriptHealth, maxStrikes, type ScriptStatistics } from './script-health.ts'
import { createScriptPool, type Lane } from './script-pool.ts'
import type { ScriptUses } from './script-uses.ts'
import { processDied, runSurviving, type Survived } from './surviving-call.ts'

export type ScriptRunner = Part & {
  /** What nodes of this tenant use. */
  portOf(tenantId: string): ScriptsPort
  /** Runs a script once, beside nothing else and without memory of it: for its writer. Throws as a port does. */
  try(tenantId: string, source: ScriptSource, input: ScriptInput): Promise<ScriptOutcome<ScriptAnswer>>
  /** Why this is no script, or null. Nothing of it runs. */
  problemOf(source: ScriptSource): Promise<string | null>
  /** null for a script that has not run here lately. */
  statistics(tenantId: string, source: ScriptSource): ScriptStatistics | null
  /** Processes that run at present. */
  pids(): number[]
}

export type ScriptRunnerOptions = {
  processes: number
  timeoutMs: number
  memoryMb: number
  logger: Logger
  metrics: Metrics
  /** Where the libraries are that scripts use; absent: there are none. */
  libraries?: Pick<LibraryLookup, 'resolve'>
  /** Hears which nodes run scripts. */
  uses?: ScriptUses
  now?: () => number
  startChild?: () => ScriptChild
  /** How long a call waits for a process when none can be started, ms. */
  maxWaitMs?: number
}

/** More than this does not go into an isolate at once; in characters. */
const maxCallSize = 1_000_000
/** In characters; while a process looks at scripts, nothing else of it goes on. */
const maxCheckSize = 50_000
/** A call beside another one costs as much as some hundred messages; in characters. */
const worthwhileSize = 16_000
const patienceMs = 20

type Resolution = ReturnType<LibraryLookup['resolve']>

type Work = { tenantId: string; key: string; source: ScriptSource; isTrial: boolean }

export const createScriptRunner = (options: ScriptRunnerOptions): ScriptRunner => {
  const { logger, metrics, timeoutMs, memoryMb, now = Date.now, libraries = givenLibraries([]) } = options
  const health = createScriptHealth(now)
  const pool = createScriptPool({
    processes: options.processes,
    startChild: options.startChild ?? startScriptChild,
    maxWaitMs: options.maxWaitMs ?? 10_000,
    onDeath: (lane) => {
      metrics.scriptProcessDeaths.inc()
      logger.warn({ lane }, 'a script process ended; what it ran is run again')
    },
  })

  /** Chains are loaded again every now and then; their scripts need not be looked at each time. */
  const wellFormed = new LRUCache<string, true>({ max: 10_000 })
  const keyOf = (tenantId: string, source: ScriptSource): string => `${tenantId} ${hashOf(source)}`

  const runCall = async (work: Work, inputs: readonly ScriptInput[]): Promise<Survived> => {
    const { key, source, isTrial } = work
    const call = { key, source, timeoutMs, memoryMb }
    const isWatched = health.stateOf(key) === 'watched'
    return runSurviving(
      async (some, isAlone) => {
        const lane: Lane = isTrial ? 'trial' : isAlone || isWatched ? 'alone' : 'shared'
        const result = await pool.run({ ...call, inputs: some }, lane)
        if (!result) throw new AppError('SCRIPTS_UNAVAILABLE')
        return result
      },
      inputs,
      isTrial,
    )
  }

  const blocked = (key: string): string => {
    const until = new Date(health.suspendedUntil(key)).toISOString()
    return `Script invocation is blocked due to maximum error count ${maxStrikes}; it is tried again at ${until}`
  }

  const runNoted = async (work: Work, inputs: readonly ScriptInput[]): Promise<ScriptOutcome<ScriptAnswer>[]> => {
    const { tenantId, key } = work
    if (work.isTrial) return (await runCall(work, inputs)).answers
    if (health.stateOf(key) === 'suspended') {
      metrics.scriptMessages.inc({ outcome: 'refused' }, inputs.length)
      const error = blocked(key)
      return inputs.map(() => ({ ok: false, error }))
    }
    const began = performance.now()
    const { answers, strikes } = await runCall(work, inputs)
    const timeMs = performance.now() - began
    let errors = 0
    for (const { ok } of answers) if (!ok) errors++
    metrics.scriptSeconds.observe(timeMs / 1_000)
    metrics.scriptMessages.inc({ outcome: 'answered' }, answers.length - errors)
    metrics.scriptMessages.inc({ outcome: 'failed' }, errors)
    if (strikes > 0) pool.prepare('alone')
    if (health.note(key, { messages: inputs.length, errors, timeMs, strikes }))
      logger.warn({ tenantId, script: key, strikes }, 'a script is suspended: it ran out of time or memory too often')
    return answers
  }

  const gathering = createGathering<Work, ScriptInput, ScriptOutcome<ScriptAnswer>>({
    maxCalls: options.processes,
    maxSize: maxCallSize,
    sizeOf: (inputs) => inputs.reduce((size, { data }) => size + data.length, 0),
    worthwhileSize,
    patienceMs,
    call: runNoted,
  })
  const run = async (work: Work, inputs: readonly ScriptInput[]): Promise<ScriptOutcome<ScriptAnswer>[]> => {
    const answers: ScriptOutcome<ScriptAnswer>[] = []
    for (const part of inParts(inputs)) answers.push(...(await gathering.run(work, part)))
    return answers
  }

  /** A process that is killed while it looks at a script says nothing about the script. */
  const checkAlone = async (source: ScriptSource): Promise<string | null | undefined> =>
    ((await pool.check([source])) ?? (await pool.check([source])))?.[0]
  const checks = createGathering<{ key: string }, ScriptSource, string | null | undefined>({
    maxCalls: options.processes,
    maxSize: maxCheckSize,
    sizeOf: (sources) => sources.reduce((size, source) => size + JSON.stringify(source).length, 0),
    call: async (_, sources) => {
      const together = await pool.check(sources)
      if (together) return together
      const problems: (string | null | undefined)[] = []
      for (const source of sources) problems.push(await checkAlone(source))
      return problems
    },
  })
  const check = async (source: ScriptSource): Promise<string | null> => {
    const [problem] = await checks.run({ key: 'check' }, [source])
    if (problem === undefined) throw new AppError('SCRIPTS_UNAVAILABLE')
    return problem
  }

  const problemOf = async (source: ScriptSource): Promise<string | null> => {
    const hash = hashOf(source)
    if (wellFormed.has(hash)) return null
    const problem = scriptProblem(source) ?? (await check(source))
    if (problem === null) wellFormed.set(hash, true)
    return problem
  }

  const workOf = async (tenantId: string, source: ScriptSource): Promise<Work> => {
    const problem = await problemOf(source)
    if (problem !== null) throw new AppError('RULE_CHAIN_INVALID', problem)
    return { tenantId, key: keyOf(tenantId, source), source, isTrial: false }
  }

  /** With its libraries as they are now. Throws an AppError when one of them is not what the script needs. */
  const withLibraries = async (tenantId: string, source: ScriptSource, resolved: Resolution): Promise<Work> => {
    const found = await resolved
    if (!found.ok) throw new AppError('RULE_CHAIN_INVALID', found.problem)
    return workOf(tenantId, { ...source, libraries: found.libraries })
  }

  /** What to run from now on: a script that uses libraries is another one when they change. */
  const followLibraries = (tenantId: string, source: ScriptSource): (() => Promise<Work>) => {
    const names = usedLibraries(source.body)
    let seen: Resolution | null = null
    let next: Promise<Work> | null = null
    let last: Work | null = null
    return async () => {
      const resolved = names.length > 0 ? libraries.resolve(tenantId, source.language, names) : null
      if (!next || resolved !== seen)
        next = resolved ? withLibraries(tenantId, source, resolved) : workOf(tenantId, source)
      seen = resolved
      try {
        last = await next
      } catch (error) {
        if (!isEnvironmentError(error)) throw error
        next = null
        // What ran before still can, while nobody can say what has changed.
        if (!last) throw error
      }
      return last
    }
  }

  /** What ran without a sandbox, in the same figures as what ran in one. */
  const noteDirect = (key: string, messages: number, timeMs: number): void => {
    metrics.scriptSeconds.observe(timeMs / 1_000)
    metrics.scriptMessages.inc({ outcome: 'answered' }, messages)
    health.note(key, { messages, errors: 0, timeMs, strikes: 0 })
  }

  /** How to run this work without a sandbox, or null: made when it is first needed, and for each state of its libraries. */
  const directRuns = (note: (messages: number, timeMs: number) => void): ((work: Work) => DirectRun | null) => {
    let current: Work | null = null
    let run: DirectRun | null = null
    return (work) => {
      if (work === current) return run
      current = work
      const script = directScript(work.source, { compile: directTbel, values: tbelValues })
      run = script && createDirectRun(script, note)
      return run
    }
  }

  const load = async (tenantId: string, source: ScriptSource, user?: ScriptUser): Promise<LoadedScript> => {
    const workNow = followLibraries(tenantId, source)
    let { key } = await workNow()
    let told: string | null = null
    const tell = (reason: string | null) => {
      if (reason === told) return
      told = reason
      user?.suspended(reason)
    }
    const read = () => health.statistics(key)
    const direct = directRuns((messages, timeMs) => noteDirect(key, messages, timeMs))
    const runAndTell: LoadedScript = async (inputs) => {
      let work: Work
      try {
        work = await workNow()
      } catch (error) {
        if (!(error instanceof AppError) || error.act === 'environment') throw error
        tell(error.message)
        return inputs.map(() => ({ ok: false, error: error.message }))
      }
      key = work.key
      const inSandbox = (some: readonly ScriptInput[]): Promise<ScriptOutcome<ScriptAnswer>[]> => run(work, some)
      const runDirect = health.stateOf(key) === 'suspended' ? null : direct(work)
      const answers = await (runDirect ? runDirect(inputs, inSandbox) : inSandbox(inputs))
      tell(health.stateOf(key) === 'suspended' ? blocked(key) : null)
      if (user) options.uses?.ran(user, read)
      return answers
    }
    return (inputs, signal) => abortable(runAndTell(inputs, signal), signal)
  }

  const trial = async (
    tenantId: string,
    source: ScriptSource,
    input: ScriptInput,
  ): Promise<ScriptOutcome<ScriptAnswer>> => {
    const names = usedLibraries(source.body)
    const found = names.length > 0 ? await libraries.resolve(tenantId, source.language, names) : null
    if (found && !found.ok) return { ok: false, error: found.problem }
    const whole = found ? { ...source, libraries: found.libraries } : source
    const problem = scriptProblem(whole)
    if (problem !== null) return { ok: false, error: problem }
    const work = { tenantId, key: `trial ${keyOf(tenantId, whole)}`, source: whole, isTrial: true }
    const [answer] = await run(work, [input])
    return answer ?? processDied
  }

  return {
    name: 'script runner',
    // Processes start when there is something to run.
    start: async () => {},
    stop: async () => pool.stop(),
    portOf: (tenantId) => ({ load: (source, user) => load(tenantId, source, user) }),
    try: trial,
    problemOf,
    statistics: (tenantId, source) => health.statistics(keyOf(tenantId, source)),
    pids: pool.pids,
  }
}

const hashOf = ({ language, kind, argNames, body, libraries }: ScriptSource): string =>
  createHash('sha256')
    .update(JSON.stringify([language, kind, argNames, body, libraries]))
    .digest('base64url')

/** What goes to the sandbox at once. */
const inParts = (inputs: readonly ScriptInput[]): readonly (readonly ScriptInput[])[] => {
  let size = 0
  for (const { data } of inputs) size += data.length
  if (size <= maxCallSize) return inputs.length === 0 ? [] : [inputs]
  const parts: ScriptInput[][] = []
  let room = 0
  for (const input of inputs) {
    if (input.data.length > room || parts.length === 0) {
      parts.push([])
      room = maxCallSize
    }
    parts.at(-1)?.push(input)
    room -= input.data.length
  }
  return parts
}

const abortable = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise<T>((resolve, reject) => {
    const unlisten = onAbort(signal, () => reject(signal.reason))
    work.then(resolve, reject).finally(unlisten)
  })
