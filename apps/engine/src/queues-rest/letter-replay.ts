import { randomUUID } from 'node:crypto'
import { type DeadLetterSelection, type Message, messageSchema, type ReplayPlace } from '@thingwire/contracts'
import type { Database, DeadLetter, Scope } from '@thingwire/db'
import type { UplinkQueue } from '../queue/uplink-queue.ts'

export type ReplayQueue = Pick<UplinkQueue, 'placeOf' | 'submitOnce' | 'forgetOnce'>

export type LetterReplay = {
  /**
   * Puts the messages of the selected letters back into their queues and deletes the letters, a few at a time. One that
   * cannot be read as a message stays and is counted as `unreadable`.
   */
  replay(
    scope: Scope,
    selection: DeadLetterSelection,
    place: ReplayPlace,
  ): Promise<{ replayed: number; unreadable: number }>
  /** Ends what a process began that died in between. */
  finish(): Promise<number>
}

/** Letters read at once, and bytes of messages put into one batch. */
const stepLetters = 500
const batchBytes = 2 * 1024 * 1024
/** Nobody takes so long between assigning letters and sending them. */
const abandonedMs = 60_000

export const createLetterReplay = (options: {
  letters: Database['deadLetters']
  queue: ReplayQueue
  now(): number
}): LetterReplay => {
  const { letters, queue, now } = options

  /** Messages that go to the same partition share a batch, in the order in which they failed. */
  const assign = (found: readonly DeadLetter[]): (string | null)[] => {
    const open = new Map<string, { id: string; bytes: number }>()
    return found.map((letter) => {
      const message = readMessage(letter)
      if (!message) return null
      const place = `${letter.queueName} ${queue.placeOf(letter.tenantId, letter.queueName, message.originator.id)}`
      const last = open.get(place)
      const bytes = message.data.length
      const batch = last && last.bytes + bytes <= batchBytes ? last : { id: randomUUID(), bytes: 0 }
      open.set(place, { id: batch.id, bytes: batch.bytes + bytes })
      return batch.id
    })
  }

  const send = async (replayId: string): Promise<number> => {
    const sent = await letters.replay(replayId, async (found, place) => {
      const messages = found.flatMap((letter) => toMessage(letter, place) ?? [])
      await queue.submitOnce(replayId, found[0]?.queueName ?? '', messages)
    })
    await queue.forgetOnce(replayId)
    return sent
  }

  return {
    replay: async (scope, given, place) => {
      const nowMs = now()
      // What fails again meanwhile is a new letter, which the filter would let through for ever.
      const selection =
        'ids' in given
          ? given
          : { filter: { ...given.filter, endTime: Math.min(given.filter.endTime ?? nowMs, nowMs) } }
      const total = { replayed: 0, unreadable: 0 }
      let after: { createdTime: number; id: string } | null = null
      do {
        const walk = { scope, selection, place, after, limit: stepLetters, nowMs: now() }
        const step: Awaited<ReturnType<typeof letters.assignReplays>> = await letters.assignReplays(walk, assign)
        for (const replayId of step.replayIds) total.replayed += await send(replayId)
        total.unreadable += step.skipped
        after = step.next
      } while (after)
      return total
    },
    finish: async () => {
      let finished = 0
      for (const replayId of await letters.unfinishedReplays(now() - abandonedMs)) finished += await send(replayId)
      return finished
    },
  }
}

const readMessage = ({ message }: DeadLetter): Message | null => {
  const parsed = messageSchema.safeParse(message)
  return parsed.success ? parsed.data : null
}

/** The message as it goes into the queue again: at the node that failed it, or at the start of that node's chain. */
const toMessage = (letter: DeadLetter, place: ReplayPlace): Message | null => {
  const read = readMessage(letter)
  if (!read) return null
  const { connection: _connection, executions: _executions, ...message } = read
  return {
    ...message,
    ruleChainId: letter.ruleChainId ?? message.ruleChainId,
    ruleNodeId: place === 'NODE' ? (letter.ruleNodeId ?? message.ruleNodeId) : null,
  }
}
