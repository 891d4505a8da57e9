import { spawn } from 'node:child_process'
import { createWriteStream, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Bench, type BenchResult, wholeNumber } from '../harness/bench.ts'
import { commandLine, memoryOf, ownCpuSeconds, processTree } from '../harness/processes.ts'
import { poll } from '../harness/poll.ts'
import { endChild, root, temporaryFolder } from '../harness/stack.ts'
import { formatTable } from '../harness/table.ts'

const goals = { seconds: 15, memoryMb: 600 }

type Times = {
  /** Everything answers and the launcher says so. */
  runningSeconds: number
  /** A signed-in request brought telemetry that a device sent after the start. */
  liveSeconds: number
  stopSeconds: number
  isStopClean: boolean
}
type Use = { name: string; residentMb: number; proportionalMb: number; cpuShare: number }

export const start: Bench = {
  name: 'start',
  about: 'npm start until a signed-in answer holds live data; memory of the idle stack',
  options: { idle: { default: '30', about: 'seconds to wait before memory is measured' } },
  run: async ({ options, say, signal }) => {
    const idle = wholeNumber(options, 'idle', [0, 3600])
    const dataDir = join(temporaryFolder(), 'data')
    try {
      say('first start, on an empty data folder')
      const first = await oneStart({ dataDir, say, signal })
      say('second start, on the same data')
      const second = await oneStart({ dataDir, say, signal, idleSeconds: idle })
      return resultOf(first.times, second)
    } finally {
      rmSync(join(dataDir, '..'), { recursive: true, force: true })
    }
  },
}

type StartOptions = { dataDir: string; say(text: string): void; signal: AbortSignal; idleSeconds?: number }

const oneStart = async ({ dataDir, say, signal, idleSeconds }: StartOptions): Promise<{ times: Times; use: Use[] }> => {
  const runtimeFile = join(dataDir, 'runtime.json')
  rmSync(runtimeFile, { force: true })
  const logFile = join(dataDir, '..', 'start.log')
  const beganMs = Date.now()
  const child = spawn('npm', ['start'], {
    cwd: root,
    detached: true,
    env: {
      ...process.env,
      HTTP_PORT: '0',
      MQTT_PORT: '0',
      MQTT_TLS_PORT: '0',
      COAP_PORT: '0',
      THINGWIRE_DATA_DIR: dataDir,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log = createWriteStream(logFile)
  child.stdout.pipe(log)
  child.stderr.pipe(log)
  const since = () => (Date.now() - beganMs) / 1000
  let stopped: { seconds: number; isClean: boolean } | undefined
  const stop = async () => {
    const asked = Date.now()
    // npm itself does not hand the signal on; what runs below it does.
    const isClean = await endTree(child)
    stopped ??= { seconds: (Date.now() - asked) / 1000, isClean }
    return stopped
  }
  try {
    const httpUrl = await poll({
      what: 'npm start',
      signal,
      deadlineMs: 600_000,
      everyMs: 50,
      probe: async () => {
        if (child.exitCode !== null) throw new Error(`npm start ended:\n${readFileSync(logFile, 'utf8').slice(-3000)}`)
        return existsSync(runtimeFile) ? readHttpUrl(runtimeFile) : undefined
      },
    })
    const runningSeconds = since()
    await untilLive({ httpUrl, beganMs, signal })
    const liveSeconds = since()
    say(`live data after ${liveSeconds.toFixed(1)} s`)
    const use = idleSeconds === undefined ? [] : await idleUse(child.pid ?? -1, { seconds: idleSeconds, say, signal })
    const { seconds, isClean } = await stop()
    return { times: { runningSeconds, liveSeconds, stopSeconds: seconds, isStopClean: isClean }, use }
  } finally {
    await stop()
  }
}

/** Ends the launcher under npm, which ends its own children; then npm follows. */
const endTree = async (child: ReturnType<typeof spawn>): Promise<boolean> => {
  const launcher = processTree(child.pid ?? -1).find((pid) => commandLine(pid).includes('scripts/start/main.ts'))
  if (launcher !== undefined) process.kill(launcher, 'SIGTERM')
  if (child.exitCode !== null || child.signalCode !== null) return true
  const ended = new Promise<boolean>((resolve) => child.once('exit', () => resolve(true)))
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 30_000).unref())
  return (await Promise.race([ended, late])) || endChild(child, 1_000).then(() => false)
}

const runtimeSchema = z.object({ httpUrl: z.url() })

const readHttpUrl = (file: string): string | undefined => {
  try {
    return runtimeSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).httpUrl
  } catch {
    // Seen while it is being written.
    return undefined
  }
}

const latestSchema = z.record(z.string(), z.array(z.object({ ts: z.number(), value: z.unknown() })))

/** Signs in and asks for the newest temperature of a demo thermostat until it is newer than the start. */
const untilLive = async ({ httpUrl, beganMs, signal }: { httpUrl: string; beganMs: number; signal: AbortSignal }) => {
  const call = async (path: string, token?: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(new URL(path, httpUrl), {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { 'x-authorization': `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${path} was answered ${response.status}`)
    return response.json()
  }
  const credentials = { username: 'tenant@thingwire.local', password: 'tenant' }
  const { token } = z.object({ token: z.string() }).parse(await call('/api/auth/login', undefined, credentials))
  const page = z
    .object({ data: z.array(z.object({ id: z.object({ id: z.string() }) })) })
    .parse(await call('/api/tenant/devices?pageSize=1&page=0&textSearch=Thermostat', token))
  const deviceId = page.data[0]?.id.id
  if (deviceId === undefined) throw new Error('The demo tenant has no thermostat.')
  await poll({
    what: 'live telemetry',
    signal,
    deadlineMs: 60_000,
    everyMs: 50,
    probe: async () => {
      const path = `/api/plugins/telemetry/DEVICE/${deviceId}/values/timeseries?keys=temperature`
      const latest = latestSchema.parse(await call(path, token)).temperature?.[0]
      return latest && latest.value !== null && latest.ts > beganMs ? true : undefined
    },
  })
}

/** Memory of every process of the stack after it was left alone, and the CPU it used meanwhile. */
const idleUse = async (
  pid: number,
  { seconds, say, signal }: { seconds: number; say(text: string): void; signal: AbortSignal },
): Promise<Use[]> => {
  say(`leaving it alone for ${seconds} s`)
  const roots = stackParts(pid)
  const before = new Map([...roots].map(([name, pids]) => [name, sum(pids.map(ownCpuSeconds))]))
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
  signal.throwIfAborted()
  return [...roots].map(([name, pids]) => {
    const memory = pids.map(memoryOf)
    return {
      name,
      residentMb: sum(memory.map((one) => one.residentMb)),
      proportionalMb: sum(memory.map((one) => one.proportionalMb)),
      cpuShare: (sum(pids.map(ownCpuSeconds)) - (before.get(name) ?? 0)) / Math.max(1, seconds),
    }
  })
}

/** Everything below `npm start` by what it is; npm, the bootstrap and the launcher themselves count as one part. */
const stackParts = (npmPid: number): Map<string, number[]> => {
  const tree = processTree(npmPid)
  const launcher = tree.find((pid) => /node\S* .*scripts\/start\/main\.ts/.test(commandLine(pid)))
  const children = launcher === undefined ? [] : processTree(launcher).slice(1)
  const parts = new Map([['npm and launcher', tree.filter((pid) => !children.includes(pid))]])
  const claimed = new Set<number>()
  for (const pid of children) {
    if (claimed.has(pid)) continue
    const below = processTree(pid)
    for (const one of below) claimed.add(one)
    const name = partName(commandLine(pid), parts)
    parts.set(name, [...(parts.get(name) ?? []), ...below])
  }
  return parts
}

const partName = (command: string, known: Map<string, number[]>): string => {
  if (command.includes('postgres')) return 'postgres'
  if (/redis|valkey/.test(command)) return 'redis'
  if (command.includes('apps/engine')) return known.has('engine: rules') ? 'engine: gateway, api' : 'engine: rules'
  if (command.includes('simulate')) return 'simulated devices'
  if (command.includes('next')) return 'web'
  return 'other'
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

const resultOf = (first: Times, { times, use }: { times: Times; use: Use[] }): BenchResult => {
  const product = use.filter(({ name }) => name !== 'simulated devices')
  const proportional = sum(product.map((one) => one.proportionalMb))
  const resident = sum(product.map((one) => one.residentMb))
  const row = (one: Use) => [
    one.name,
    one.proportionalMb.toFixed(0),
    one.residentMb.toFixed(0),
    `${(one.cpuShare * 100).toFixed(1)} %`,
  ]
  console.log(`\n${formatTable([['process', 'PSS MB', 'RSS MB', 'share of a core'], ...use.map(row)])}`)
  const seconds = (value: number) => `${value.toFixed(1)} s`
  return {
    correct: first.isStopClean && times.isStopClean,
    figures: [
      {
        what: 'first start until live data',
        value: seconds(first.liveSeconds),
      },
      {
        what: 'later start until live data',
        value: seconds(times.liveSeconds),
        goal: `< ${goals.seconds} s (P9)`,
        met: times.liveSeconds < goals.seconds,
      },
      { what: 'stop', value: seconds(times.stopSeconds) },
      {
        what: 'idle memory, shared pages once (PSS)',
        value: `${proportional.toFixed(0)} MB`,
        goal: `< ${goals.memoryMb} MB (P9)`,
        met: proportional < goals.memoryMb,
      },
      {
        what: 'the same with the simulated devices',
        value: `${sum(use.map((one) => one.proportionalMb)).toFixed(0)} MB`,
      },
      { what: 'idle memory, sum of resident (RSS)', value: `${resident.toFixed(0)} MB` },
    ],
    data: { first, later: times, processes: use },
  }
}
