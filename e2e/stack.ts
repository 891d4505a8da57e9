import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, createWriteStream, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'

const root = resolve(import.meta.dirname, '..')
const startTimeoutMs = 300_000
const stopTimeoutMs = 20_000

const runtimeSchema = z.object({
  httpUrl: z.url(),
  mqttUrl: z.url(),
  databaseUrl: z.url(),
  redisUrl: z.url(),
  management: z.object({ gateway: z.number(), rules: z.number() }),
})
/** What the launcher writes down about a running installation. */
export type Runtime = z.infer<typeof runtimeSchema>

/** Pages that may show dashboards in a frame: those of this machine at any port, of the same site and of another one. */
const portals = 'http://localhost:*,http://portal.localhost:*'

export type Stack = { runtime: Runtime; dataDir: string; stop(): Promise<void> }

/** Starts the product as a user does, on an empty data folder; port 0 is any free one. */
export const startStack = async (ports = { http: 0, mqtt: 0, mqttTls: 0, coap: 0 }): Promise<Stack> => {
  const folder = mkdtempSync(join(tmpdir(), 'thingwire-e2e-'))
  // PostgreSQL may run as another user, who must get through to its own folder.
  chmodSync(folder, 0o711)
  const dataDir = join(folder, 'data')
  const logFile = join(folder, 'start.log')
  const launcher = spawn(process.execPath, [join(root, 'scripts', 'start', 'main.ts')], {
    cwd: root,
    detached: true,
    env: {
      ...process.env,
      HTTP_PORT: String(ports.http),
      MQTT_PORT: String(ports.mqtt),
      MQTT_TLS_PORT: String(ports.mqttTls),
      COAP_PORT: String(ports.coap),
      THINGWIRE_DATA_DIR: dataDir,
      FRAME_ORIGINS: portals,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log = createWriteStream(logFile)
  launcher.stdout.pipe(log)
  launcher.stderr.pipe(log)
  const lastLines = () => readFileSync(logFile, 'utf8').split('\n').slice(-40).join('\n')
  try {
    const runtime = await untilRunning(launcher, join(dataDir, 'runtime.json'))
    return { runtime, dataDir, stop: () => stopStack(launcher, folder, lastLines) }
  } catch (error) {
    launcher.kill('SIGKILL')
    throw new Error(`The stack did not start. Its last lines:\n${lastLines()}`, { cause: error })
  }
}

const untilRunning = async (launcher: ChildProcess, file: string): Promise<Runtime> => {
  const endMs = Date.now() + startTimeoutMs
  for (;;) {
    if (launcher.exitCode !== null || launcher.signalCode !== null) throw new Error('The launcher ended.')
    const runtime = existsSync(file) ? runtimeSchema.safeParse(parseJson(readFileSync(file, 'utf8'))).data : undefined
    if (runtime) return runtime
    if (Date.now() > endMs) throw new Error(`Not running after ${startTimeoutMs / 1000} s.`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    // Seen while it is being written.
    return undefined
  }
}

/** A stop that is not clean, or not in time, fails the run: it is what a user sees on Ctrl+C. */
const stopStack = async (launcher: ChildProcess, folder: string, lastLines: () => string) => {
  const ended = new Promise<string>((resolve) => {
    launcher.once('exit', (code, signal) => resolve(signal ? `was ended by ${signal}` : `ended with code ${code}`))
  })
  const isGone = launcher.exitCode !== null || launcher.signalCode !== null
  if (!isGone) launcher.kill('SIGTERM')
  const late = new Promise<string>((resolve) => {
    setTimeout(() => resolve(`did not end within ${stopTimeoutMs / 1000} s`), stopTimeoutMs).unref()
  })
  const how = isGone ? 'had ended before it was asked to' : await Promise.race([ended, late])
  const words = lastLines()
  if (how !== 'ended with code 0') {
    launcher.kill('SIGKILL')
    throw new Error(`The launcher ${how}. Its last lines:\n${words}`)
  }
  rmSync(folder, { recursive: true, force: true })
}

/** Playwright's global set-up. `THINGWIRE_E2E_DATA_DIR` names the data folder of a stack that runs already. */
export default async function setUp(): Promise<(() => Promise<void>) | undefined> {
  const running = process.env.THINGWIRE_E2E_DATA_DIR
  if (running) {
    publish(runtimeSchema.parse(JSON.parse(readFileSync(join(running, 'runtime.json'), 'utf8'))), running)
    return undefined
  }
  const stack = await startStack()
  publish(stack.runtime, stack.dataDir)
  return stack.stop
}

/** Worker processes inherit the environment; it is the only way from here to there. */
const publish = (runtime: Runtime, dataDir: string) => {
  process.env.E2E_RUNTIME = JSON.stringify({ ...runtime, dataDir })
}

/** The running stack, for journeys. */
export const readRuntime = (): Runtime & { dataDir: string } =>
  runtimeSchema.extend({ dataDir: z.string() }).parse(JSON.parse(process.env.E2E_RUNTIME ?? '{}'))
