import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { connectAsync } from 'mqtt'

const run = promisify(execFile)

/** Runs a command line as a person pastes it into a shell. */
export const runInShell = async (command: string): Promise<string> => {
  const { stdout, stderr } = await run('/bin/sh', ['-c', command], { timeout: 15_000 })
  return stdout + stderr
}

export const isInstalled = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))

export const postTelemetry = async (httpUrl: string, token: string, values: unknown) => {
  const response = await fetch(new URL(`/api/v1/${token}/telemetry`, httpUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(values),
  })
  if (!response.ok) throw new Error(`The device was answered ${response.status}: ${await response.text()}`)
}

export type ScriptedDevice = {
  /** Resolves when the platform has acknowledged (QoS 1). */
  publish(payload: unknown): Promise<void>
  close(): Promise<void>
}

export const connectDevice = async (mqttUrl: string, token: string): Promise<ScriptedDevice> => {
  const client = await connectAsync(mqttUrl, { protocolVersion: 4, username: token, reconnectPeriod: 200 })
  return {
    publish: async (payload) => {
      await client.publishAsync('v1/devices/me/telemetry', JSON.stringify(payload), { qos: 1 })
    },
    close: () => client.endAsync(),
  }
}

export type NumberedDevice = { stop(): Promise<number[]>; acknowledged(): number }

const tickMs = 10
/** Unacknowledged messages at most: after a reconnect the client sends what is outstanding again, one after the other. */
const window = 100

/**
 * Publishes `{"n": 1}`, `{"n": 2}` … at a steady rate, and catches up after an interruption, until stopped; resolves to
 * the acknowledged numbers.
 */
export const publishNumbers = (device: ScriptedDevice, perSecond: number): NumberedDevice => {
  const acknowledged: number[] = []
  const pending = new Set<Promise<void>>()
  const baseTs = Date.now()
  let n = 0
  const publishNext = () => {
    const number = ++n
    // A time of its own for each, or two would be one point of the history.
    const sending = device
      .publish({ ts: baseTs + number, values: { n: number } })
      .then(() => void acknowledged.push(number))
      .finally(() => pending.delete(sending))
    pending.add(sending)
  }
  const timer = setInterval(() => {
    const due = Math.floor(((Date.now() - baseTs) / 1000) * perSecond)
    while (n < due && pending.size < window) publishNext()
  }, tickMs)
  return {
    acknowledged: () => acknowledged.length,
    stop: async () => {
      clearInterval(timer)
      await Promise.all(pending)
      return acknowledged
    },
  }
}
