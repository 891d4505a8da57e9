import { fork } from 'node:child_process'
import { endChild } from './stack.ts'

/**
 * Runs a script of the bench as a process of its own, so that load does not slow what measures: sends it the plan, resolves
 * with the one message that it answers.
 */
export const loadProcess = async <Plan extends object, Report>(
  file: string,
  plan: Plan,
  signal: AbortSignal,
): Promise<Report> => {
  const child = fork(file, { detached: true, serialization: 'advanced' })
  const abort = () => void endChild(child, 1_000)
  signal.addEventListener('abort', abort)
  try {
    return await new Promise<Report>((resolve, reject) => {
      child.once('message', (report: Report) => resolve(report))
      child.once('exit', () => reject(new Error('The load process ended.')))
      child.send(plan)
    })
  } finally {
    signal.removeEventListener('abort', abort)
    await endChild(child, 1_000)
  }
}
