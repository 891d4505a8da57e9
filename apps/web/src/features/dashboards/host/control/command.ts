import type { AttributeScope, EntityId } from '@thingwire/contracts'
import type { ControlProblem } from '@thingwire/widgets/manifests'
import { addPoints, callDevice, getCommand, leaveCommand, type PersistentRpc, tellDevice } from '@/api/control.ts'
import { ApiError } from '@/api/http.ts'
import { saveAttributes } from '@/api/telemetry.ts'
import { requireDone } from './device-answer.ts'

/** A write of a control with what it sends. `pollMs`: how often a persistent command is asked for; null: it is not persistent. */
export type Command =
  | { kind: 'rpc'; method: string; params: unknown; timeoutMs: number; isOneWay: boolean; pollMs: number | null }
  | { kind: 'attribute'; scope: AttributeScope; key: string; value: unknown }
  | { kind: 'timeseries'; key: string; value: unknown }

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

/** Does what a control is to do; resolves with the device's answer, if any; rejects when refused or not answered in time. */
export const carryOut = async (target: EntityId, command: Command): Promise<unknown> => {
  switch (command.kind) {
    case 'attribute':
      return saveAttributes(target, command.scope, { [command.key]: command.value })
    case 'timeseries':
      return addPoints(target, { [command.key]: command.value })
    case 'rpc': {
      const { method, params, timeoutMs, pollMs } = command
      if (pollMs !== null)
        return requireDone(await follow(await leaveCommand(target.id, { method, params, timeoutMs }), pollMs))
      if (command.isOneWay) return tellDevice(target.id, method, params, timeoutMs)
      return requireDone(await callDevice(target.id, method, params, timeoutMs))
    }
  }
}

const leastPollMs = 1_000

const follow = async (rpcId: string, pollMs: number): Promise<unknown> => {
  for (;;) {
    const { status, response } = await getCommand(rpcId)
    if (status === 'SUCCESSFUL') return response
    if (status === 'FAILED' || status === 'TIMEOUT' || status === 'EXPIRED' || status === 'DELETED')
      throw new CommandFailed(status)
    await new Promise((resolve) => setTimeout(resolve, Math.max(leastPollMs, pollMs)))
  }
}
