import { type ChildProcess, spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  decodeAnswers,
  encodeInputs,
  readsMetadata,
  type ScriptAnswer,
  type ScriptInput,
  type ScriptOutcome,
  type ScriptSource,
} from '@thingwire/rules'
import { z } from 'zod'
import {
  createFrameReader,
  encodeFrame,
  type Frame,
  type FrameKind,
  frameKinds,
  longestTimeouts,
  type Order,
} from './sandbox/frames.ts'

export type ScriptCall = {
  /** Names tenant and script. */
  key: string
  source: ScriptSource
  inputs: readonly ScriptInput[]
  timeoutMs: number
  memoryMb: number
}

/** How a call ended: answers for the first inputs, which are all of them unless the process died meanwhile. */
export type CallResult = {
  answers: ScriptOutcome<ScriptAnswer>[]
  /** How often the script harmed more than itself: time, memory. */
  strikes: number
  hasDied: boolean
}

/** A script process as the engine sees it. */
export type ScriptChild = {
  readonly pid: number | undefined
  /** Never rejects. One call at a time for each key. */
  run(call: ScriptCall): Promise<CallResult>
  /** Why each of these is no script, or null; undefined: the process died. */
  check(sources: readonly ScriptSource[]): Promise<(string | null)[] | undefined>
  /** Whether the process was ever there: what it was given has not been run otherwise. */
  hasStarted(): boolean
  /** Whether a thread of it is lost to a script: it must get nothing more, and be ended when what it has is done. */
  isSpoilt(): boolean
  /** Resolves when the process has ended. */
  readonly ended: Promise<void>
  kill(): void
}

/** Beyond what the process itself may take for a call; then it does not react any more. */
const graceMs = 2_000
/** A process that has not started by then never will. */
const startMs = 30_000

const folderOf = (specifier: string): string => dirname(fileURLToPath(import.meta.resolve(specifier)))

/** The process may read code, and nothing else (`/etc/alpine-release`: which binary of isolated-vm is the right one). */
const readable = (): Set<string> =>
  new Set([
    join(import.meta.dirname, 'sandbox'),
    folderOf('@thingwire/rules/sandbox'),
    folderOf('@thingwire/tbel'),
    ...['isolated-vm', 'zod'].map((name) => join(folderOf(name), '..')),
    '/etc/alpine-release',
  ])

const spawnChild = (): ChildProcess => {
  const allowed = [...readable()].flatMap((path) => [`--allow-fs-read=${path}`, `--allow-fs-read=${path}/*`])
  const main = join(import.meta.dirname, 'sandbox', 'main.ts')
  return spawn(
    process.execPath,
    [
      '--no-node-snapshot',
      // Loops replaced while they run have been seen to obey neither deadline nor memory limit: no on-stack replacement.
      '--no-use-osr',
      // With the memory limits of scripts an isolate would have 400 kB for what is new: a batch would be copied several times.
      '--max-semi-space-size=2',
      ...['--no-warnings', '--permission', '--allow-addons', ...allowed, main],
    ],
    // The zone of the machine is what local times of scripts are in.
    { env: process.env.TZ ? { TZ: process.env.TZ } : {}, cwd: '/', stdio: ['pipe', 'pipe', 'ignore'] },
  )
}

/** A script is the same object as long as its node runs. */
const metadataNeeds = new WeakMap<ScriptSource, boolean>()
const needsMetadata = (source: ScriptSource): boolean => {
  const needs = metadataNeeds.get(source) ?? readsMetadata(source)
  metadataNeeds.set(source, needs)
  return needs
}

const problemsSchema = z.array(z.string().nullable())

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

type Waiting = { onFrame(frame: Frame): void; onEnd(): void }

export const startScriptChild = (): ScriptChild => {
  const child = spawnChild()
  const waiting = new Map<number, Waiting>()
  let nextCall = 1
  let isReady = false
  let isSpoilt = false
  let isOver = false
  /** Deadlines of calls that came before the process was there. */
  const early: (() => void)[] = []

  const kill = (): void => void child.kill('SIGKILL')
  const send = (kind: FrameKind, call: number, text: string): void => {
    child.stdin?.write(encodeFrame(kind, call, text))
  }
  /** Kills the process when the call is not over in time, which a machine that is busy starting it does not use up. */
  const watch = (withinMs: number): { stop(): void } => {
    let timer: NodeJS.Timeout | null = null
    let isStopped = false
    const begin = () => {
      if (!isStopped) timer = setTimeout(kill, withinMs)
    }
    if (isReady) begin()
    else early.push(begin)
    return {
      stop: () => {
        isStopped = true
        if (timer) clearTimeout(timer)
      },
    }
  }
  const start = setTimeout(kill, startMs)
  const read = createFrameReader((frame) => {
    if (frame.kind === frameKinds.ready) {
      isReady = true
      clearTimeout(start)
      for (const begin of early.splice(0)) begin()
    }
    if (frame.kind === frameKinds.spoilt) isSpoilt = true
    waiting.get(frame.call)?.onFrame(frame)
  })
  child.stdout?.on('data', (chunk: Buffer) => {
    try {
      read(chunk)
    } catch {
      kill()
    }
  })
  // A process that dies closes its end; its exit tells the rest.
  child.stdin?.on('error', () => {})
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      if (isOver) return
      isOver = true
      for (const { onEnd } of waiting.values()) onEnd()
      waiting.clear()
      clearTimeout(start)
      resolve()
    }
    child.on('error', end)
    child.on('close', end)
  })
  // On Linux a script that eats memory is the first to be ended, not the engine.
  if (child.pid !== undefined) writeFile(`/proc/${child.pid}/oom_score_adj`, '1000').catch(() => {})

  const run = (call: ScriptCall): Promise<CallResult> =>
    new Promise((resolve) => {
      const { key, source, inputs, timeoutMs, memoryMb } = call
      const id = nextCall++
      const answers: ScriptOutcome<ScriptAnswer>[] = []
      let strikes = 0
      const watchdog = watch((longestTimeouts + 1) * timeoutMs + graceMs)
      const finish = (hasDied: boolean) => {
        watchdog.stop()
        waiting.delete(id)
        resolve({ answers, strikes, hasDied })
      }
      if (isOver) return finish(true)
      const batch = encodeInputs(inputs, needsMetadata(source))
      const sendOrder = (withSource: boolean) => {
        const order: Order = {
          key,
          timeoutMs,
          memoryMb,
          messages: inputs.length,
          source: withSource
            ? { ...source, argNames: [...source.argNames], libraries: [...(source.libraries ?? [])] }
            : null,
        }
        send(frameKinds.run, id, `${JSON.stringify(order)}\n${batch}`)
      }
      const take = (text: string) => {
        const more = decodeAnswers(text, source.kind, answers.length > 0 ? inputs.slice(answers.length) : inputs)
        if (!more || answers.length + more.length > inputs.length) return kill()
        answers.push(...more)
      }
      waiting.set(id, {
        onEnd: () => finish(answers.length < inputs.length),
        onFrame: ({ kind, text }) => {
          if (kind === frameKinds.answers) take(text)
          else if (kind === frameKinds.lastAnswers) {
            take(text)
            if (answers.length === inputs.length) finish(false)
            else kill()
          } else if (kind === frameKinds.strike) strikes++
          else if (kind === frameKinds.needsSource) sendOrder(true)
          else if (kind === frameKinds.end) {
            while (answers.length < inputs.length) answers.push({ ok: false, error: text })
            finish(false)
          }
        },
      })
      sendOrder(false)
    })

  const check = (sources: readonly ScriptSource[]): Promise<(string | null)[] | undefined> =>
    new Promise((resolve) => {
      if (isOver) return resolve(undefined)
      const id = nextCall++
      const watchdog = watch(2 * graceMs)
      const finish = (problems: (string | null)[] | undefined) => {
        watchdog.stop()
        waiting.delete(id)
        resolve(problems)
      }
      waiting.set(id, {
        onEnd: () => finish(undefined),
        onFrame: ({ text }) => {
          const problems = problemsSchema.safeParse(parseJson(text))
          if (problems.success && problems.data.length === sources.length) finish(problems.data)
          else kill()
        },
      })
      send(frameKinds.check, id, JSON.stringify(sources))
    })

  return { pid: child.pid, run, check, hasStarted: () => isReady, isSpoilt: () => isSpoilt, ended, kill }
}
