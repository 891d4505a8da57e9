import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { FromGenerator, GeneratorReport, LoadPlan, ToGenerator } from './protocol.ts'

export type RunningLoad = {
  pids: number[]
  /** Starts all generators at once; resolves when the last has stopped sending. */
  run(onProgress: (acknowledged: number, waiting: number) => void): Promise<void>
  /** Resolves when every acknowledgement that comes has come. */
  reports: Promise<GeneratorReport[]>
  stop(): void
}

/** Starts one process per plan and resolves when all their devices are connected. */
export const startLoad = async (plans: readonly LoadPlan[], signal: AbortSignal): Promise<RunningLoad> => {
  const generators = plans.map(startGenerator)
  const stop = () => {
    for (const { child } of generators) child.kill('SIGKILL')
  }
  signal.addEventListener('abort', stop, { once: true })
  try {
    await Promise.all(generators.map(({ connected }) => connected))
  } catch (error) {
    stop()
    throw error
  }
  return {
    pids: generators.map(({ child }) => child.pid ?? -1),
    stop,
    reports: Promise.all(generators.map(({ report }) => report)),
    run: async (onProgress) => {
      const latest = generators.map(() => ({ acknowledged: 0, waiting: 0 }))
      for (const [i, { child }] of generators.entries()) {
        child.on('message', (message: FromGenerator) => {
          if (message.kind !== 'progress') return
          latest[i] = message
          const sum = (pick: (one: { acknowledged: number; waiting: number }) => number) =>
            latest.reduce((total, one) => total + pick(one), 0)
          onProgress(
            sum((one) => one.acknowledged),
            sum((one) => one.waiting),
          )
        })
        say(child, { kind: 'go' })
      }
      await Promise.all(generators.map(({ sent }) => sent))
    },
  }
}

const say = (child: ChildProcess, message: ToGenerator) => child.send(message)

const startGenerator = (plan: LoadPlan) => {
  const child = fork(join(import.meta.dirname, 'generator.ts'), { serialization: 'advanced' })
  const heard = <K extends FromGenerator['kind']>(kind: K) =>
    new Promise<Extract<FromGenerator, { kind: K }>>((resolve, reject) => {
      child.on('message', (message: FromGenerator) => {
        if (message.kind === kind) resolve(message as Extract<FromGenerator, { kind: K }>)
        if (message.kind === 'failed') reject(new Error(`The load generator failed: ${message.message}`))
      })
      child.once('exit', (code, by) => reject(new Error(`The load generator ended early (${by ?? code}).`)))
      child.once('error', reject)
    })
  const connected = heard('connected')
  const sent = heard('sent')
  const report = heard('done').then((message) => message.report)
  // Each is awaited in turn; a failure before that must not count as unhandled.
  for (const promise of [connected, sent, report]) promise.catch(() => {})
  say(child, { kind: 'plan', plan })
  return { child, connected, sent, report }
}
