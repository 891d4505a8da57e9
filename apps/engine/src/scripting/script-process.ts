import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { AppError } from '@thingwire/contracts'
import { z } from 'zod'
import { type Script, ScriptError, scriptLimits, scriptProblem, type ScriptRunner } from './script.ts'
import { scriptChildProgram } from './script-child.ts'

export type ScriptProcessOptions = {
  /** From the start of the process; after it the process is killed. */
  deadlineMs?: number
  maxHeapMb?: number
  /** How many run at once; further ones wait, but not more than `maxWaiting`. */
  concurrency?: number
  maxWaiting?: number
}

const answerSchema = z.union([z.object({ json: z.string() }), z.object({ error: z.string() })])

/** Runs each script in a process of its own: slow to start, but there is no state to spoil and nothing to escape to. */
export const createScriptProcess = (options: ScriptProcessOptions = {}): ScriptRunner => {
  const { deadlineMs = 3_000, maxHeapMb = 64, concurrency = 2, maxWaiting = 20 } = options
  const waiting: (() => void)[] = []
  let running = 0

  const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
    if (running >= concurrency) {
      if (waiting.length >= maxWaiting) throw new AppError('RATE_LIMITED', 'Too many scripts are being tested')
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running++
    try {
      return await work()
    } finally {
      // The place goes straight to the next one.
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }

  return {
    run: async (script) => {
      const problem = scriptProblem(script)
      if (problem) throw new ScriptError(problem)
      return toValue(await inTurn(() => runOnce(script, { deadlineMs, maxHeapMb })))
    },
  }
}

type Ended = { stdout: string; isLate: boolean; isTooLarge: boolean }

const runOnce = (script: Script, limits: { deadlineMs: number; maxHeapMb: number }): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn(
      process.execPath,
      ['--permission', `--max-old-space-size=${limits.maxHeapMb}`, '--no-warnings', '--eval', scriptChildProgram],
      { env: {}, cwd: '/', stdio: ['pipe', 'pipe', 'ignore'] },
    )
    const ended: Ended = { stdout: '', isLate: false, isTooLarge: false }
    const kill = (why: 'isLate' | 'isTooLarge') => {
      ended[why] = true
      child.kill('SIGKILL')
    }
    const timer = setTimeout(() => kill('isLate'), limits.deadlineMs)
    child.stdout.setEncoding('utf8')
    child.stdout.on('data', (chunk: string) => {
      ended.stdout += chunk
      // Escapes make JSON in JSON longer; twice is generous.
      if (ended.stdout.length > 2 * scriptLimits.result + 100) kill('isTooLarge')
    })
    child.on('error', (error) => {
      clearTimeout(timer)
      reject(new AppError('INTERNAL', undefined, { cause: error }))
    })
    child.on('close', () => {
      clearTimeout(timer)
      resolve(ended)
    })
    // A process that dies early closes its end; its exit says why.
    child.stdin.on('error', () => {})
    child.stdin.end(JSON.stringify({ ...script, metadata: JSON.stringify(script.metadata) }))
    // Buffers lie outside of the heap limit: on Linux a script that eats memory is the first to be ended, not the engine.
    if (child.pid !== undefined) writeFile(`/proc/${child.pid}/oom_score_adj`, '1000').catch(() => {})
  })

const toValue = ({ stdout, isLate, isTooLarge }: Ended): unknown => {
  if (isLate) throw new ScriptError('Script execution timed out')
  if (isTooLarge) throw new ScriptError(`Script result exceeds ${scriptLimits.result} characters`)
  if (stdout === '') throw new ScriptError('Script used too much memory')
  const answer = answerSchema.parse(JSON.parse(stdout))
  if ('error' in answer) throw new ScriptError(answer.error)
  if (answer.json.length > scriptLimits.result)
    throw new ScriptError(`Script result exceeds ${scriptLimits.result} characters`)
  if (answer.json === 'undefined') return undefined
  try {
    return JSON.parse(answer.json)
  } catch {
    throw new ScriptError('Script returned something that is not JSON')
  }
}
