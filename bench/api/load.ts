import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { endChild } from '../harness/stack.ts'
import type { FromLoader, Load, LoadReport } from './protocol.ts'

export type Loader = {
  run(load: Omit<Load, 'host' | 'port'>): Promise<LoadReport>
  stop(): Promise<void>
}

/** A process of its own that sends requests, so that the bench does not slow what it measures. */
export const startLoader = (url: string, signal: AbortSignal): Loader => {
  const child: ChildProcess = fork(join(import.meta.dirname, 'generator.ts'), { detached: true })
  const { hostname: host, port } = new URL(url)
  return {
    run: (load) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted()
        const done = (settle: () => void) => {
          child.off('message', heard)
          child.off('exit', ended)
          signal.removeEventListener('abort', aborted)
          settle()
        }
        const heard = (message: FromLoader) =>
          done(() => (message.kind === 'done' ? resolve(message.report) : reject(new Error(message.message))))
        const ended = () => done(() => reject(new Error('The load process ended.')))
        const aborted = () => done(() => reject(signal.reason))
        child.on('message', heard)
        child.once('exit', ended)
        signal.addEventListener('abort', aborted)
        child.send({ ...load, host, port: Number(port) } satisfies Load)
      }),
    stop: async () => {
      await endChild(child, 5_000)
    },
  }
}
