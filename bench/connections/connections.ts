import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { type Bench, type Figure, wholeNumber } from '../harness/bench.ts'
import { seedDevicesWithTokens } from '../harness/devices.ts'
import { summary } from '../harness/histogram.ts'
import { poll } from '../harness/poll.ts'
import { memoryOf } from '../harness/processes.ts'
import { type BenchStack, endChild, startStack } from '../harness/stack.ts'
import { grouped } from '../harness/table.ts'
import type { CrowdPlan, FromCrowd, StormReport, ToCrowd } from './protocol.ts'

const goals = { kilobytes: 20, stormSeconds: 15 }
/** What is remembered of the connecting itself is given back after a while. */
const settleMs = 15_000

export const connections: Bench = {
  name: 'connections',
  about: 'memory of idle MQTT connections, and thousands of devices that connect at once to a cold and a warm engine',
  options: {
    connections: { default: '10000', about: 'devices, one connection each' },
  },
  run: async ({ options, say, signal }) => {
    const count = wholeNumber(options, 'connections', [100, 15_000])
    const stack = await startStack({ say, signal })
    const redis = new Redis(stack.redisUrl)
    try {
      say(`storing ${grouped(count)} devices`)
      const tokens = (await seedDevicesWithTokens(stack.databaseUrl, count)).map(({ token }) => token)
      const runs: Run[] = []
      for (const version of [4, 5] as const) {
        await stack.restartEngine()
        runs.push(
          await measure({ host: '127.0.0.1', port: stack.mqttPort, tokens, version }, { stack, redis, say, signal }),
        )
      }
      await stack.stopEngine()
      say('measuring a server that only keeps sockets')
      const bareKilobytes = await bareSockets(count, signal)
      const isRight = runs.every(
        ({ held, storms, lost }) => held === count && lost === 0 && storms.every(isWhole(count)),
      )
      return {
        correct: isRight,
        figures: [
          ...runs.flatMap((run) => figuresOf(run, bareKilobytes)),
          { what: 'resident memory of a bare Node socket', value: `${bareKilobytes.toFixed(1)} KB` },
        ],
        data: { count, runs, bareKilobytes },
      }
    } finally {
      redis.disconnect()
      await stack.stop()
    }
  },
}

type Run = {
  version: 4 | 5
  /** The first finds nothing in memory: the engine was just started. */
  storms: StormReport[]
  /** Devices that Redis says are held, after the last storm. */
  held: number
  /** Connections that ended while they were idle. */
  lost: number
  kilobytes: number
  idleMb: number
}

type Context = {
  stack: BenchStack
  redis: Redis
  say(text: string): void
  signal: AbortSignal
}

const isWhole =
  (count: number) =>
  ({ accepted }: StormReport): boolean =>
    accepted === count

const measure = async (plan: CrowdPlan & { version: 4 | 5 }, { stack, redis, say, signal }: Context): Promise<Run> => {
  const crowd = startCrowd(plan)
  try {
    const level = plan.version === 5 ? '5' : '3.1.1'
    const pause = () => new Promise((resolve) => setTimeout(resolve, settleMs))
    await pause()
    const before = memoryOf(stack.pids.gateway ?? -1).residentMb
    say(`${grouped(plan.tokens.length)} devices connect at once, MQTT ${level}, cold`)
    const cold = await crowd.storm()
    await pause()
    const idleMb = memoryOf(stack.pids.gateway ?? -1).residentMb
    const lost = await crowd.leave()
    await untilHeld(redis, 0, signal)
    say('again, warm')
    const warm = await crowd.storm()
    const held = await untilHeld(redis, plan.tokens.length, signal)
    await crowd.leave()
    const kilobytes = ((idleMb - before) * 1_024) / plan.tokens.length
    return { version: plan.version, storms: [cold, warm], held, lost, kilobytes, idleMb }
  } finally {
    await crowd.stop()
  }
}

const figuresOf = ({ version, storms, kilobytes, idleMb, held }: Run, bareKilobytes: number): Figure[] => {
  const level = version === 5 ? 'MQTT 5' : 'MQTT 3.1.1'
  return [
    {
      what: `${level}: resident memory of an idle connection`,
      value: `${kilobytes.toFixed(1)} KB (process: ${idleMb.toFixed(0)} MB)`,
      goal: `≤ ${goals.kilobytes} KB`,
      ratio: kilobytes / bareKilobytes,
      met: kilobytes <= goals.kilobytes,
    },
    ...storms.map(({ accepted, failures, seconds, latency }, i) => {
      const refused = Object.entries(failures).map(([why, times]) => `${why}: ${times}`)
      return {
        what: `${level}: all connect at once, ${i === 0 ? 'cold' : 'warm'}`,
        value: `${seconds.toFixed(1)} s, p99 ${(summary(latency).p99Ms / 1_000).toFixed(1)} s, ${grouped(accepted)} accepted ${refused.join(', ')}`,
        goal: `< ${goals.stormSeconds} s, none refused`,
        met: seconds < goals.stormSeconds && refused.length === 0,
      }
    }),
    { what: `${level}: devices that other nodes know to be there`, value: grouped(held) },
  ]
}

/** How many devices Redis knows to be held; the last count when it does not become the wanted one. */
const untilHeld = async (redis: Redis, wanted: number, signal: AbortSignal): Promise<number> => {
  let last = -1
  const probe = async () => {
    const keys = await redis.keys('tw:gateway:devices:*')
    const counts = await Promise.all(keys.map((key) => redis.hlen(key)))
    last = counts.reduce((sum, count) => sum + count, 0)
    return last === wanted ? true : undefined
  }
  await poll({ what: 'devices held', signal, deadlineMs: 30_000, everyMs: 200, probe }).catch(() =>
    signal.throwIfAborted(),
  )
  return last
}

const startCrowd = (plan: CrowdPlan) => {
  const child: ChildProcess = fork(join(import.meta.dirname, 'generator.ts'), {
    detached: true,
    serialization: 'advanced',
  })
  const heard = <K extends FromCrowd['kind']>(kind: K) =>
    new Promise<Extract<FromCrowd, { kind: K }>>((resolve, reject) => {
      const onMessage = (message: FromCrowd) => {
        if (message.kind !== kind) return
        child.off('message', onMessage)
        resolve(message as Extract<FromCrowd, { kind: K }>)
      }
      child.on('message', onMessage)
      child.once('exit', () => reject(new Error('The load process ended.')))
    })
  const say = (message: ToCrowd) => child.send(message)
  say({ kind: 'plan', plan })
  return {
    storm: () => {
      const report = heard('storm')
      say({ kind: 'storm' })
      return report
    },
    /** Resolves with how many had gone before. */
    leave: async () => {
      const lost = heard('lost')
      say({ kind: 'leave' })
      return (await lost).count
    },
    stop: () => endChild(child, 2_000),
  }
}

/** The baseline: what a socket costs any Node server, in KB. */
const bareSockets = async (count: number, signal: AbortSignal): Promise<number> => {
  const child = fork(join(import.meta.dirname, 'bare-server.ts'), { detached: true })
  try {
    const [port] = await once(child, 'message', { signal })
    const before = memoryOf(child.pid ?? -1).residentMb
    const tokens = Array.from({ length: count }, () => '')
    const crowd = startCrowd({ host: '127.0.0.1', port: Number(port), tokens, version: 'none' })
    try {
      await crowd.storm()
      await new Promise((resolve) => setTimeout(resolve, 5_000))
      return ((memoryOf(child.pid ?? -1).residentMb - before) * 1_024) / count
    } finally {
      await crowd.stop()
    }
  } finally {
    await endChild(child, 1_000)
  }
}
