import type { Message } from '@thingwire/contracts'
import { type CallLevel, type Frame, withCallers } from './call-frames.ts'
import type { CompiledNode } from './compile-chain.ts'
import { newMessageId } from './message.ts'
import { type Departure, failureOf, type Hold, isEnvironmentError } from './node.ts'
import type { BatchInput } from './run-batch.ts'

/** What a node let go, and for each departure the index of the message of the call that it came from. */
export type Answer = { departures: readonly Departure[]; owners: readonly number[] }

/** What is in another queue now, by the message of the call that it came from. */
export type Left = { owner: number; queueName: string | null; message: Message; hold?: Hold; heldId?: string }

type Call = {
  level: CallLevel
  node: CompiledNode
  arrivals: readonly { frame: Frame | null; executions: number }[]
}

/**
 * Makes durable what leaves through another queue. In the answer that comes back these departures are gone, or they have
 * become failures; an environment error is thrown on.
 */
export const leaveByQueue = async (
  call: Call,
  answer: Answer,
  requeue: BatchInput['requeue'],
): Promise<Answer & { left: readonly Left[] }> => {
  if (!requeue) return { ...withoutLeaving(answer, new Error('Messages cannot leave through a queue here')), left: [] }
  try {
    const left = leavingOf(call, answer)
    const refused = await requeue(left)
    if (!refused?.some((reason) => reason !== null)) return { ...withoutLeaving(answer, null), left }
    return { ...withRefused(answer, refused), left: left.filter((_, at) => refused[at] === null) }
  } catch (error) {
    if (isEnvironmentError(error)) throw error
    return { ...withoutLeaving(answer, error), left: [] }
  }
}

const leavingOf = ({ level, node, arrivals }: Call, { departures, owners }: Answer): Left[] => {
  const leaving: Left[] = []
  departures.forEach((departure, at) => {
    const owner = owners[at] ?? 0
    const arrival = arrivals[owner]
    if (!arrival || !('queueName' in departure)) return
    const message: Message = {
      ...departure.message,
      id: newMessageId(),
      ruleChainId: level.chain.id,
      ruleNodeId: node.id,
      connection: 'Success',
      executions: arrival.executions + 1,
    }
    leaving.push({
      owner,
      queueName: departure.queueName ?? node.queueName,
      message: withCallers(message, arrival.frame),
      ...(departure.hold && { hold: departure.hold, heldId: departure.message.id }),
    })
  })
  return leaving
}

/** Those that were not taken have failed; `refused` is in the order of the departures that leave. */
const withRefused = ({ departures, owners }: Answer, refused: readonly (string | null)[]): Answer => {
  const kept: Departure[] = []
  const keptOwners: number[] = []
  let leaving = 0
  departures.forEach((departure, at) => {
    const reason = 'queueName' in departure ? (refused[leaving++] ?? null) : null
    if ('queueName' in departure && reason === null) return
    kept.push(reason === null ? departure : { message: departure.message, connection: 'Failure', error: reason })
    keptOwners.push(owners[at] ?? 0)
  })
  return { departures: kept, owners: keptOwners }
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
