import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { z } from 'zod'

export type EngineProcess = {
  pid: number
  ports: { mqtt?: number | undefined; http?: number | undefined; management: number }
  exited: Promise<number | null>
  /** The log so far, newest last. */
  log(): readonly string[]
  /** As a crash of the machine would: nothing is told to anybody. */
  killHard(): Promise<void>
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>
}

export type EngineProcessOptions = {
  roles: string
  databaseUrl: string
  redisUrl: string
  /** Default: a free one, told by `ports`. */
  mqttPort?: number | undefined
  httpPort?: number | undefined
  env?: Record<string, string>
  /** Each line of its log as it comes, also before it is ready. */
  onLine?: (line: string) => void
}

const readyLine = z.object({
  msg: z.literal('engine ready'),
  ports: z.object({ mqtt: z.number().optional(), http: z.number().optional(), management: z.number() }),
})

const readyTimeoutMs = 30_000

/** A real engine process; resolves when it says that it is ready. */
export const startEngineProcess = async (options: EngineProcessOptions): Promise<EngineProcess> => {
  const child = spawnEngine(options)
  const lines: string[] = []
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const ready = new Promise<EngineProcess['ports']>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`The engine was not ready: ${lines.slice(-5).join('\n')}`)),
      readyTimeoutMs,
    )
    void exited.then((code) => {
      clearTimeout(timer)
      reject(new Error(`The engine ended with ${code}: ${lines.slice(-5).join('\n')}`))
    })
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line)
        options.onLine?.(line)
        const parsed = readyLine.safeParse(parseJson(line))
        if (!parsed.success) return
        clearTimeout(timer)
        resolve(parsed.data.ports)
      })
    }
  })
  const ports = await ready
  return {
    pid: child.pid ?? -1,
    ports,
    exited,
    log: () => lines,
    killHard: async () => {
      child.kill('SIGKILL')
      await exited
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      child.kill('SIGTERM')
      return exited
    },
  }
}

/** Runs it to its end, for starts that must fail. */
export const runEngineToExit = async (
  env: Record<string, string>,
): Promise<{ code: number | null; output: string }> => {
  const child = spawn(process.execPath, [mainFile], { env: { PATH: process.env.PATH ?? '', ...env }, stdio: 'pipe' })
  let output = ''
  child.stdout.on('data', (text) => (output += String(text)))
  child.stderr.on('data', (text) => (output += String(text)))
  const [code] = await once(child, 'close')
  return { code: z.number().nullable().parse(code), output }
}

const mainFile = new URL('../main.ts', import.meta.url).pathname

const spawnEngine = (options: EngineProcessOptions): ChildProcess =>
  spawn(process.execPath, [mainFile], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      ENGINE_ROLES: options.roles,
      DATABASE_URL: options.databaseUrl,
      REDIS_URL: options.redisUrl,
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: String(options.httpPort ?? 0),
      MQTT_HOST: '127.0.0.1',
      MQTT_PORT: String(options.mqttPort ?? 0),
      COAP_HOST: '127.0.0.1',
      COAP_PORT: '0',
      MANAGEMENT_PORT: '0',
      ...options.env,
    },
  })

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
