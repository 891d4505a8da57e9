import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { freePort, freeUdpPort, type RunningService, startPostgres, startRedis } from '@thingwire/local-services'
import { prepareDatabase } from '../../scripts/start/database.ts'
import { poll } from './poll.ts'

export const root = resolve(import.meta.dirname, '..', '..')

export type EngineProcess = { name: string; pid: number; stop(): Promise<void> }

export type BenchStack = {
  httpUrl: string
  mqttPort: number
  coapPort: number
  databaseUrl: string
  redisUrl: string
  dataDir: string
  /** Process ids by name, for measurement. */
  pids: Record<string, number>
  stopEngine(): Promise<void>
  /** New processes, with nothing in memory of what was done before; `pids` has their ids then. */
  restartEngine(): Promise<void>
  stop(): Promise<void>
}

export type StackOptions = { say(text: string): void; signal: AbortSignal; engine?: boolean }

/** A folder under /var/tmp: /tmp is memory on many systems, where fsync costs nothing and figures would flatter. */
export const temporaryFolder = () => {
  for (const base of ['/var/tmp', '/tmp']) {
    try {
      const folder = mkdtempSync(join(base, 'thingwire-bench-'))
      // PostgreSQL may run as another user, who must get through to its own folder.
      chmodSync(folder, 0o711)
      return folder
    } catch {
      // Not there or not writable: the next one.
    }
  }
  throw new Error('No folder for temporary data: neither /var/tmp nor /tmp can be written.')
}

/**
 * Own PostgreSQL and Redis in a temporary folder, migrated and seeded, and the two engine processes as `npm start` runs
 * them; no web and no simulated devices.
 */
export const startStack = async ({ say, signal, engine = true }: StackOptions): Promise<BenchStack> => {
  const dataDir = temporaryFolder()
  const services: RunningService[] = []
  const engines: EngineProcess[] = []
  const stopEngine = async () => {
    for (const one of engines.splice(0).toReversed()) await one.stop()
  }
  const stop = async () => {
    await stopEngine()
    for (const service of services.splice(0).toReversed()) await service.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
  try {
    say('starting PostgreSQL and Redis')
    const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres') })
    services.push(postgres)
    const redis = await startRedis({ dataDir: join(dataDir, 'redis') })
    services.push(redis)
    const { url: databaseUrl } = await prepareDatabase({
      external: undefined,
      embedded: postgres.url,
      demo: true,
      env: {},
      detail: say,
    })
    const ports = { http: await freePort(), mqtt: await freePort(), coap: await freeUdpPort() }
    const pids: Record<string, number> = { postgres: postgres.pid, redis: redis.pid }
    const startEngines = async () => {
      say('starting the engine')
      const env = {
        DATABASE_URL: databaseUrl,
        REDIS_URL: redis.url,
        HTTP_PORT: String(ports.http),
        MQTT_PORT: String(ports.mqtt),
        COAP_PORT: String(ports.coap),
        LOG_LEVEL: 'warn',
      }
      for (const [name, roles] of [
        ['rules', 'rules'],
        ['gateway', 'gateway,api'],
      ] as const) {
        const started = await startEngine({ name, roles, env, logFile: join(dataDir, `${name}.log`), signal })
        engines.push(started)
        pids[name] = started.pid
      }
    }
    if (engine) await startEngines()
    return {
      httpUrl: `http://127.0.0.1:${ports.http}`,
      mqttPort: ports.mqtt,
      coapPort: ports.coap,
      databaseUrl,
      redisUrl: redis.url,
      dataDir,
      pids,
      stopEngine,
      restartEngine: async () => {
        await stopEngine()
        await startEngines()
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

type EngineOptions = {
  name: string
  roles: string
  env: Record<string, string>
  logFile: string
  signal: AbortSignal
}

const startEngine = async ({ name, roles, env, logFile, signal }: EngineOptions): Promise<EngineProcess> => {
  const managementPort = await freePort()
  const child = spawn(process.execPath, [join(root, 'apps', 'engine', 'src', 'main.ts')], {
    cwd: root,
    // Ctrl+C reaches the bench alone, which ends its children in order.
    detached: true,
    env: { ...process.env, ...env, ENGINE_ROLES: roles, MANAGEMENT_PORT: String(managementPort) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log = createWriteStream(logFile)
  child.stdout?.pipe(log)
  child.stderr?.pipe(log)
  const stop = async () => {
    await endChild(child, 30_000)
  }
  try {
    await untilReady({ url: `http://127.0.0.1:${managementPort}/health/ready`, child, signal, deadlineMs: 60_000 })
  } catch (error) {
    await stop()
    const lastLines = readFileSync(logFile, 'utf8').split('\n').slice(-20).join('\n')
    throw new Error(`The engine (${name}) did not become ready. Its last lines:\n${lastLines}`, { cause: error })
  }
  return { name, pid: child.pid ?? -1, stop }
}

/** SIGTERM, and SIGKILL when that was not enough in time. Resolves to whether it ended by itself. */
export const endChild = async (child: ChildProcess, patienceMs: number): Promise<boolean> => {
  if (child.exitCode !== null || child.signalCode !== null) return true
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let isClean = true
  const late = setTimeout(() => {
    isClean = false
    child.kill('SIGKILL')
  }, patienceMs)
  child.kill('SIGTERM')
  await ended
  clearTimeout(late)
  return isClean
}

const untilReady = async (options: { url: string; child: ChildProcess; signal: AbortSignal; deadlineMs: number }) => {
  await poll({
    what: options.url,
    signal: options.signal,
    deadlineMs: options.deadlineMs,
    everyMs: 50,
    probe: async () => {
      if (options.child.exitCode !== null || options.child.signalCode !== null) throw new Error('it ended')
      const answered = await fetch(options.url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined)
      return answered?.ok ? true : undefined
    },
  })
}
