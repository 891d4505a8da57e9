import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { LaunchError } from './launch-error.ts'

export type RunningService = {
  url: string
  pid: number
  /** Resolves with the exit description when the process ends, asked or not. */
  exited: Promise<string>
  /** Asks it to end; makes it end when it has not within 20 s. */
  stop(): Promise<void>
}

export type ServiceSpec = {
  name: string
  command: string
  args: readonly string[]
  options?: SpawnOptions
  /** Written to its standard input at once, then closed. */
  input?: string
  /** A line of its output that says it is ready. */
  ready: RegExp
  readyTimeoutMs: number
  stopSignal: NodeJS.Signals
  url: string
  log?: ((line: string) => void) | undefined
  /** Turns its last words into an error a person can act on; undefined when they are not known. */
  explain?: (lastLines: string) => LaunchError | undefined
}

const describeExit = (code: number | null, signal: NodeJS.Signals | null) =>
  signal ? `ended by ${signal}` : `ended with code ${code}`

/** Starts a server and resolves when it says that it is ready. */
export const startService = async (spec: ServiceSpec): Promise<RunningService> => {
  const child = spawn(spec.command, [...spec.args], {
    ...spec.options,
    stdio: ['pipe', 'pipe', 'pipe'],
    // A process group of its own: Ctrl+C in the terminal must not end a server before what writes to it has ended.
    detached: process.platform !== 'win32',
  })
  // An early death makes the pipe break; its exit tells the story.
  child.stdin?.on('error', () => {})
  child.stdin?.end(spec.input ?? '')
  const lastLines: string[] = []
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(`${describeExit(code, signal)}${lastTrouble(lastLines)}`))
    child.once('error', (error) => resolve(error.message))
  })

  const ready = new Promise<void>((resolve) => {
    const onLine = (line: string) => {
      lastLines.push(line)
      if (lastLines.length > 20) lastLines.shift()
      spec.log?.(line)
      if (spec.ready.test(line)) resolve()
    }
    for (const stream of [child.stdout, child.stderr]) if (stream) createInterface({ input: stream }).on('line', onLine)
  })
  const outcome = await Promise.race([
    ready.then(() => 'ready' as const),
    exited.then((how) => ({ how })),
    deadline(spec.readyTimeoutMs).then(() => 'late' as const),
  ])
  if (outcome !== 'ready') {
    const words = lastLines.join('\n')
    if (outcome === 'late') child.kill('SIGKILL')
    const how = outcome === 'late' ? `was not ready after ${Math.round(spec.readyTimeoutMs / 1000)} s` : outcome.how
    throw (
      spec.explain?.(words) ??
      new LaunchError(`${spec.name} did not start: it ${how}.`, `Its last words were:\n${words || '(none)'}`)
    )
  }
  return { url: spec.url, pid: child.pid ?? -1, exited, stop: () => stopChild(child, exited, spec.stopSignal) }
}

/** The last thing it complained about, for a line that says why it ended. */
const lastTrouble = (lines: readonly string[]): string => {
  const line = lines.findLast((text) => /FATAL|PANIC|error|No space left|Exiting/i.test(text))
  return line ? ` (${line.replace(/^.*?[#:] (?=[A-Z])/, '').trim()})` : ''
}

const stopChild = async (child: ChildProcess, exited: Promise<string>, signal: NodeJS.Signals) => {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  const ended = await Promise.race([exited.then(() => true), deadline(20_000).then(() => false)])
  if (!ended) {
    child.kill('SIGKILL')
    await exited
  }
}

const deadline = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms).unref()
  })
