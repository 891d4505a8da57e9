import type { ScriptSource } from '@thingwire/rules'
import type { CallResult, ScriptCall, ScriptChild } from './script-child.ts'

/**
 * `shared`: beside the scripts of others. `alone`: in a process where it runs with nothing beside it. `trial`: likewise,
 * for scripts that somebody tries, so that no message waits for these.
 */
export type Lane = 'shared' | 'alone' | 'trial'

export type ScriptPool = {
  /**
   * Runs a call; it waits while all processes are at work. Resolves with null when no process could be started in time.
   */
  run(call: ScriptCall, lane: Lane): Promise<CallResult | null>
  /** Why each of these is no script, or null; undefined: nobody can say at present. */
  check(sources: readonly ScriptSource[]): Promise<(string | null)[] | undefined>
  /** Starts a process, if there is none, for calls of the lane that are going to come. */
  prepare(lane: Lane): void
  pids(): number[]
  stop(): void
}

export type ScriptPoolOptions = {
  processes: number
  startChild(): ScriptChild
  onDeath(lane: Lane): void
  /** How long a call waits for a process to start, ms. */
  maxWaitMs: number
}

/** One process runs so many calls side by side, each in a thread of its own. */
const maxCallsOfChild = 8
/** So many scripts may run with nothing beside them, each in a process of its own: they do not wait for each other's time. */
const maxAlone = 2
const longestPauseMs = 5_000
/** A process that runs one script at a time ends when there has been none for so long. */
const idleMs = 60_000

type Member = {
  child: ScriptChild
  lane: Lane
  running: Set<string>
  checks: number
  known: Set<string>
  /** Set while it has nothing to do. */
  idle: NodeJS.Timeout | null
}
type Job = {
  lane: Lane
  key: string | null
  /** False: the process never started, so nothing has been done. */
  start(member: Member): Promise<boolean>
  giveUp(): void
  timer: NodeJS.Timeout
  /** Epoch ms. */
  since: number
}

export const createScriptPool = (options: ScriptPoolOptions): ScriptPool => {
  const members = new Set<Member>()
  const jobs: Job[] = []
  let failedStarts = 0
  let startAgainAt = 0
  let again: NodeJS.Timeout | null = null
  let isStopped = false

  const add = (lane: Lane): Member => {
    const member: Member = {
      child: options.startChild(),
      lane,
      running: new Set(),
      checks: 0,
      known: new Set(),
      idle: null,
    }
    members.add(member)
    void member.child.ended.then(() => {
      const hasStarted = member.child.hasStarted()
      if (member.idle) clearTimeout(member.idle)
      if (!members.delete(member) || isStopped) return
      failedStarts = hasStarted ? 0 : failedStarts + 1
      startAgainAt = hasStarted ? 0 : Date.now() + Math.min(100 * 2 ** failedStarts, longestPauseMs)
      options.onDeath(lane)
      pump()
    })
    return member
  }

  const membersOf = (lane: Lane): Member[] =>
    [...members].filter((member) => member.lane === lane && !member.child.isSpoilt())
  const isFull = ({ lane, running, checks }: Member): boolean =>
    running.size + checks >= (lane === 'shared' ? maxCallsOfChild : 1)
  const hasRoom = (member: Member, key: string | null): boolean =>
    !isFull(member) && (key === null || !member.running.has(key))
  const cost = ({ running, checks, known }: Member, key: string | null): number =>
    running.size + checks + (key === null || known.has(key) ? 0 : 0.5)

  /** The process for a job, a new one when it is due; null: it has to wait. */
  const memberFor = ({ lane, key }: Job): Member | null => {
    const inLane = membersOf(lane)
    const free = inLane.filter((member) => hasRoom(member, key)).sort((a, b) => cost(a, key) - cost(b, key))
    const best = free.find(({ child }) => child.hasStarted())
    if (best && best.running.size === 0) return best
    const mayStart = inLane.length < mostOf(lane) && Date.now() >= startAgainAt
    const started = mayStart ? add(lane) : null
    if (best) return best
    // A script that runs is sooner done than a process has started.
    if (inLane.some((member) => member.child.hasStarted() && !isFull(member))) return null
    return free[0] ?? started
  }

  const mostOf = (lane: Lane): number => (lane === 'shared' ? options.processes : lane === 'alone' ? maxAlone : 1)

  /** What to do with a process that has nothing to do. */
  const rest = (member: Member): void => {
    if (member.child.isSpoilt() && member.running.size + member.checks === 0) {
      // Its lost thread would go on to take processor time from everybody.
      members.delete(member)
      member.child.kill()
      return
    }
    if (member.lane === 'shared' || member.running.size > 0 || !members.has(member)) return
    member.idle = setTimeout(() => {
      members.delete(member)
      member.child.kill()
    }, idleMs).unref()
  }

  const pump = (): void => {
    for (let index = 0; index < jobs.length; ) {
      const job = jobs[index]
      const member = job && memberFor(job)
      if (!job || !member) {
        index++
        continue
      }
      jobs.splice(index, 1)
      clearTimeout(job.timer)
      if (member.idle) clearTimeout(member.idle)
      void job.start(member).then(async (isDone) => {
        if (!isDone) {
          await member.child.ended
          enqueue(job)
        }
        pump()
        rest(member)
      })
    }
    if (jobs.length > 0 && startAgainAt > Date.now() && !again) {
      again = setTimeout(
        () => {
          again = null
          pump()
        },
        Math.max(1, startAgainAt - Date.now()),
      )
    }
  }

  const enqueue = (job: Omit<Job, 'timer'>): void => {
    if (isStopped || Date.now() - job.since > options.maxWaitMs) {
      job.giveUp()
      return
    }
    const giveUp = () => {
      const index = jobs.indexOf(entry)
      if (index < 0) return
      jobs.splice(index, 1)
      job.giveUp()
    }
    // While processes run, they come round to every job; without any, its sender had better be told.
    const watch = () => {
      if (membersOf(job.lane).length === 0) giveUp()
      else entry.timer = setTimeout(watch, options.maxWaitMs)
    }
    const entry: Job = { ...job, timer: setTimeout(watch, options.maxWaitMs) }
    jobs.push(entry)
    pump()
  }

  return {
    run: (call, lane) =>
      new Promise((resolve) =>
        enqueue({
          lane,
          key: call.key,
          since: Date.now(),
          giveUp: () => resolve(null),
          start: async (member) => {
            member.running.add(call.key)
            // A hint about where its isolate may be.
            if (member.known.size > 1_000) member.known.clear()
            member.known.add(call.key)
            const result = await member.child.run(call)
            member.running.delete(call.key)
            if (result.hasDied && !member.child.hasStarted()) return false
            resolve(result)
            return true
          },
        }),
      ),
    check: (sources) =>
      new Promise((resolve) =>
        enqueue({
          lane: 'shared',
          key: null,
          since: Date.now(),
          giveUp: () => resolve(undefined),
          start: async (member) => {
            member.checks++
            const problems = await member.child.check(sources)
            member.checks--
            if (problems === undefined && !member.child.hasStarted()) return false
            resolve(problems)
            return true
          },
        }),
      ),
    prepare: (lane) => {
      if (!isStopped && membersOf(lane).length === 0 && Date.now() >= startAgainAt) rest(add(lane))
    },
    pids: () => [...members].flatMap(({ child }) => child.pid ?? []),
    stop: () => {
      isStopped = true
      if (again) clearTimeout(again)
      for (const job of jobs.splice(0)) {
        clearTimeout(job.timer)
        job.giveUp()
      }
      for (const { child } of members) child.kill()
    },
  }
}
