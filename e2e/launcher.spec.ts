import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, test } from '@playwright/test'
import { z } from 'zod'
import { accounts, signInToPlatform } from './platform.ts'

const root = resolve(import.meta.dirname, '..')
const processesSchema = z.object({ launcher: z.number(), children: z.record(z.string(), z.number()) })
const runtimeSchema = z.object({ httpUrl: z.url() })

type Launch = { process: ChildProcess; output: () => string; ended: Promise<number | null> }

/** The launcher in a process group of its own, as a terminal would run it. */
const launch = (env: Record<string, string>): Launch => {
  const child = spawn(process.execPath, [join(root, 'scripts', 'start', 'main.ts')], {
    cwd: root,
    detached: true,
    env: { ...process.env, HTTP_PORT: '0', MQTT_PORT: '0', MQTT_TLS_PORT: '0', COAP_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
    })
  const ended = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)))
  return { process: child, output: () => text, ended }
}

/** What Ctrl+C does: the signal goes to every process of the terminal's group. */
const pressCtrlC = ({ process: { pid } }: Launch) => pid && process.kill(-pid, 'SIGINT')

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const readChildren = (dataDir: string) =>
  processesSchema.parse(JSON.parse(readFileSync(join(dataDir, 'processes.json'), 'utf8'))).children

const untilRunning = async (launched: Launch, dataDir: string): Promise<string> => {
  const file = join(dataDir, 'runtime.json')
  await expect.poll(() => existsSync(file) || launched.process.exitCode !== null, { timeout: 90_000 }).toBe(true)
  expect(existsSync(file), launched.output()).toBe(true)
  return runtimeSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).httpUrl
}

let folder = ''
let dataDir = ''
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'thingwire-launcher-'))
  chmodSync(folder, 0o711)
  dataDir = join(folder, 'data')
})
test.afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a used port is one clear line and exit code 1', async () => {
  const occupant = createServer()
  await new Promise<void>((done) => occupant.listen(0, '0.0.0.0', done))
  const address = occupant.address()
  const port = address && typeof address === 'object' ? address.port : 0
  try {
    const launched = launch({ THINGWIRE_DATA_DIR: dataDir, MQTT_PORT: String(port) })
    expect(await launched.ended).toBe(1)
    expect(launched.output()).toContain(`Port ${port} (MQTT) is in use by another program.`)
    expect(launched.output()).toContain('MQTT_PORT=')
  } finally {
    occupant.close()
  }
})

test('a used UDP port is told as well', async () => {
  const occupant = createSocket('udp4')
  await new Promise<void>((done) => occupant.bind(0, '0.0.0.0', done))
  const { port } = occupant.address()
  try {
    const launched = launch({ THINGWIRE_DATA_DIR: dataDir, COAP_PORT: String(port) })
    expect(await launched.ended).toBe(1)
    expect(launched.output()).toContain(`Port ${port} (CoAP, UDP) is in use by another program.`)
    expect(launched.output()).toContain('COAP_PORT=')
  } finally {
    occupant.close()
  }
})

test('a database that cannot be reached is one clear line and exit code 1', async () => {
  const launched = launch({ THINGWIRE_DATA_DIR: dataDir, DATABASE_URL: 'postgresql://nobody:wrong@127.0.0.1:1/none' })
  expect(await launched.ended).toBe(1)
  expect(launched.output()).toMatch(/The database could not be prepared: The database cannot be reached.*ECONNREFUSED/)
  expect(launched.output()).not.toContain('at async')
})

test('a folder that holds a broken database is one clear line and exit code 1', async () => {
  const first = launch({ THINGWIRE_DATA_DIR: dataDir })
  await untilRunning(first, dataDir)
  pressCtrlC(first)
  expect(await first.ended).toBe(0)
  rmSync(join(dataDir, 'postgres', 'cluster', 'global'), { recursive: true })
  const second = launch({ THINGWIRE_DATA_DIR: dataDir })
  expect(await second.ended).toBe(1)
  expect(second.output()).toMatch(/PostgreSQL cannot read its data in/)
  expect(second.output()).toContain('Restore a backup')
})

test('Ctrl+C ends everything in order, and the next start finds the data', async () => {
  test.setTimeout(180_000)
  const first = launch({ THINGWIRE_DATA_DIR: dataDir })
  const firstUrl = await untilRunning(first, dataDir)
  const answer = await fetch(`${firstUrl}/api/v1/A1_TEST_TOKEN/telemetry`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ts: 1_790_000_000_000, values: { keptOverStarts: 42 } }),
  })
  expect(answer.status).toBe(200)
  const pids = Object.values(readChildren(dataDir))
  expect(pids.length).toBeGreaterThanOrEqual(6)

  pressCtrlC(first)
  expect(await first.ended).toBe(0)
  expect(first.output()).not.toMatch(/starting it again/)
  expect(first.output().indexOf('rules stopped')).toBeLessThan(first.output().indexOf('PostgreSQL stopped'))
  expect(pids.filter(isAlive)).toEqual([])

  const second = launch({ THINGWIRE_DATA_DIR: dataDir })
  try {
    const platform = await signInToPlatform(await untilRunning(second, dataDir), accounts.tenant)
    const [device] = (await platform.findDevices('Test Device A1')).data
    await expect
      .poll(async () => (await platform.history(device?.id.id ?? '', 'keptOverStarts')).map(({ value }) => value))
      .toEqual([42])
    const third = launch({ THINGWIRE_DATA_DIR: dataDir })
    expect(await third.ended).toBe(1)
    expect(third.output()).toContain('Thingwire already runs on')
  } finally {
    const started = Object.values(readChildren(dataDir))
    // Who reads along may be gone first, as in `npm start | tee`.
    second.process.stdout?.destroy()
    second.process.stderr?.destroy()
    pressCtrlC(second)
    expect(await second.ended).toBe(0)
    expect(started.filter(isAlive)).toEqual([])
  }
})

test('a program that is killed is started again; what a killed launcher left is ended by the next start', async () => {
  test.setTimeout(180_000)
  const first = launch({ THINGWIRE_DATA_DIR: dataDir })
  const url = await untilRunning(first, dataDir)
  for (const name of ['web', 'gateway', 'rules', 'redis', 'postgres']) {
    const before = readChildren(dataDir)[name] ?? 0
    process.kill(before, 'SIGKILL')
    await expect.poll(() => readChildren(dataDir)[name], { timeout: 30_000 }).not.toBe(before)
  }
  await expect
    .poll(
      () =>
        fetch(`${url}/sign-in`).then(
          (response) => response.status,
          () => 0,
        ),
      { timeout: 60_000 },
    )
    .toBe(200)

  const leftovers = Object.values(readChildren(dataDir))
  if (first.process.pid) process.kill(first.process.pid, 'SIGKILL')
  rmSync(join(dataDir, 'runtime.json'))
  const second = launch({ THINGWIRE_DATA_DIR: dataDir })
  await untilRunning(second, dataDir)
  expect(leftovers.filter(isAlive)).toEqual([])
  pressCtrlC(second)
  expect(await second.ended).toBe(0)
})
