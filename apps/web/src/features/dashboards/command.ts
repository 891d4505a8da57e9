import type { ControlProblem, ControlWrite } from '@thingwire/widgets/manifests'
import { addPoint, callDevice, getCommand, leaveCommand, type PersistentRpc } from '@/api/control.ts'
import { ApiError } from '@/api/http.ts'
import { saveAttribute } from '@/api/telemetry.ts'

/** A command that came to an end without the device doing it. */
class CommandFailed extends Error {
  readonly isTimeout: boolean

  constructor(status: PersistentRpc['status']) {
    super(status)
    this.isTimeout = status === 'TIMEOUT' || status === 'EXPIRED'
  }
}

const noAnswerStatus = 504

/** What a person is told of a failed attempt. */
export const problemOf = (error: unknown): ControlProblem => {
  const reason = error instanceof Error ? error.message : String(error)
  const isTimeout =
    (error instanceof ApiError && error.status === noAnswerStatus) ||
    (error instanceof CommandFailed && error.isTimeout)
  return { kind: isTimeout ? 'timed-out' : 'failed', reason }
}

/** A refusal of the device comes as its answer: an object with `error`, as its libraries send it. */
const requireDone = (answer: unknown): void => {
  if (typeof answer !== 'object' || answer === null || !('error' in answer)) return
  throw new Error(typeof answer.error === 'string' ? answer.error : JSON.stringify(answer.error))
}

/** Does what a control is to do; resolves when it is done, rejects when it was refused or not answered in time. */
export const carryOut = async (deviceId: string, write: ControlWrite): Promise<void> => {
  switch (write.kind) {
    case 'attribute':
      await saveAttribute(deviceId, write.scope, write.key, write.value)
      return
    case 'timeseries':
      await addPoint(deviceId, write.key, write.value)
      return
    case 'rpc':
      if (write.pollMs === null) requireDone(await callDevice(deviceId, write.method, write.params, write.timeoutMs))
      else await follow(await leaveCommand(deviceId, write.method, write.params, write.timeoutMs), write.pollMs)
  }
}

const leastPollMs = 1_000

const follow = async (rpcId: string, pollMs: number): Promise<void> => {
  for (;;) {
    const { status, response } = await getCommand(rpcId)
    if (status === 'SUCCESSFUL') return requireDone(response)
    if (status === 'FAILED' || status === 'TIMEOUT' || status === 'EXPIRED' || status === 'DELETED')
      throw new CommandFailed(status)
    await new Promise((resolve) => setTimeout(resolve, Math.max(leastPollMs, pollMs)))
  }
}
