import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export type ProgramSpec = {
  name: string
  command: string
  args: readonly string[]
  cwd: string
  env: NodeJS.ProcessEnv
  onLine: (line: string) => void
}

export type Supervised = {
  name: string
  stop(): Promise<void>
}

/** A program that dies is started again, unless it dies this often within this time. */
const patience = { deaths: 4, withinMs: 60_000 }
const stopTimeoutMs = 15_000

/**
 * Starts a program and keeps it running. Children stand in process groups of their own: Ctrl+C reaches the launcher
 * alone, which ends them in the right order.
 */
export const supervise = (
  spec: ProgramSpec,
  on: { pid: (pid: number) => void; died: (how: string, again: boolean) => void; gaveUp: () => void },
): Supervised => {
  let deaths: number[] = []
  let stopping = false
  let child = launch()

  function launch() {
    const started = spawn(spec.command, [...spec.args], {
      cwd: spec.cwd,
      env: spec.env,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    if (started.pid) on.pid(started.pid)
    for (const stream of [started.stdout, started.stderr]) createInterface({ input: stream }).on('line', spec.onLine)
    started.once('error', (error) => onEnd(error.message))
    started.once('exit', (code, signal) => onEnd(signal ? `ended by ${signal}` : `ended with code ${code}`))
    return started
  }

  function onEnd(how: string) {
    if (stopping) return
    const now = Date.now()
    deaths = [...deaths.filter((at) => now - at < patience.withinMs), now]
    const again = deaths.length < patience.deaths
    on.died(how, again)
    if (!again) {
      stopping = true
      on.gaveUp()
      return
    }
    setTimeout(() => {
      if (!stopping) child = launch()
    }, 250 * deaths.length)
  }

  return {
    name: spec.name,
    stop: async () => {
      stopping = true
      if (child.exitCode !== null || child.signalCode !== null || !child.pid) return
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
      await ended
      clearTimeout(late)
    },
  }
}
