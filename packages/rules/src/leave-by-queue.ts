import type { Message } from '@thingwire/contracts'
import { type CallLevel, type Frame, withCallers } from './call-frames.ts'
import type { CompiledNode } from './compile-chain.ts'
import { newMessageId } from './message.ts'
import { type Departure, failureOf, isEnvironmentError } from './node.ts'
import type { BatchInput } from './run-batch.ts'

/** What a node let go, and for each departure the index of the message of the call that it came from. */
export type Answer = { departures: readonly Departure[]; owners: readonly number[] }

type Call = {
  level: CallLevel
  node: CompiledNode
  arrivals: readonly { frame: Frame | null; executions: number }[]
}

/**
 * Makes durable what leaves through another queue. In the answer that comes back these departures are gone, or they have
 * become failures; an environment error is thrown on.
 */
export const leaveByQueue = async (call: Call, answer: Answer, requeue: BatchInput['requeue']): Promise<Answer> => {
  if (!requeue) return withoutLeaving(answer, new Error('Messages cannot leave through a queue here'))
  try {
    await requeue(leavingOf(call, answer))
    return withoutLeaving(answer, null)
  } catch (error) {
    if (isEnvironmentError(error)) throw error
    return withoutLeaving(answer, error)
  }
}

const leavingOf = ({ level, node, arrivals }: Call, { departures, owners }: Answer) => {
  const leaving: { queueName: string | null; message: Message }[] = []
  departures.forEach((departure, at) => {
    const arrival = arrivals[owners[at] ?? 0]
    if (!arrival || !('queueName' in departure)) return
    const message: Message = {
      ...departure.message,
      id: newMessageId(),
      ruleChainId: level.chain.id,
      ruleNodeId: node.id,
      connection: 'Success',
      executions: arrival.executions + 1,
    }
    leaving.push({ queueName: departure.queueName, message: withCallers(message, arrival.frame) })
  })
  return leaving
}

const withoutLeaving = ({ departures, owners }: Answer, problem: unknown): Answer => {
  const kept: Departure[] = []
  const keptOwners: number[] = []
  departures.forEach((departure, at) => {
    const leaves = 'queueName' in departure
    if (leaves && problem === null) return
    kept.push(leaves ? failureOf(departure.message, problem) : departure)
    keptOwners.push(owners[at] ?? 0)
  })
  return { departures: kept, owners: keptOwners }
}
