import { randomUUID } from 'node:crypto'
import { type MessageBatch, nullUuid } from '@thingwire/contracts'
import type { BatchSettlement } from '@thingwire/db'
import type { UnreadableMessage } from './batch-codec.ts'
import type { RunResult } from './batch-processor.ts'

type NewDeadLetter = BatchSettlement['deadLetters'][number]
type Tally = { stored: number; finished: number; deadLettered: number }

/** What became of a batch: every message counts once, as it ended; what was given up is kept. */
export const settlementOf = (
  batch: MessageBatch,
  queueName: string,
  ended: { results: readonly RunResult[]; unreadable: readonly UnreadableMessage[] },
): BatchSettlement => {
  const tallies = new Map<string, Tally>()
  const deadLetters: NewDeadLetter[] = []
  const tallyOf = (tenantId: string): Tally => {
    const known = tallies.get(tenantId) ?? { stored: 0, finished: 0, deadLettered: 0 }
    tallies.set(tenantId, known)
    return known
  }
  for (const { tenantId: owner, raw, problem } of ended.unreadable) {
    const tenantId = owner ?? nullUuid
    tallyOf(tenantId).deadLettered++
    const nowhere = { ruleChainId: null, ruleNodeId: null }
    deadLetters.push({ id: randomUUID(), tenantId, queueName, ...nowhere, error: problem, message: raw })
  }
  batch.messages.forEach(({ tenantId }, index) => {
    const result = ended.results[index]
    if (!result) return
    const tally = tallyOf(tenantId)
    if (result.outcome === 'stored') tally.stored++
    else if (result.outcome === 'finished') tally.finished++
    else tally.deadLettered++
    for (const failure of result.failures) deadLetters.push({ id: randomUUID(), tenantId, queueName, ...failure })
  })
  return {
    batchId: batch.batchId,
    acceptedAt: batch.acceptedAt,
    outcomes: [...tallies].map(([tenantId, tally]) => ({ tenantId, ...tally })),
    deadLetters,
  }
}

/** A batch of which nothing can be told. */
export const unreadableSettlement = (queueName: string, data: unknown, jobId: string): BatchSettlement => ({
  batchId: jobId,
  acceptedAt: Date.now(),
  outcomes: [],
  deadLetters: [
    {
      id: randomUUID(),
      tenantId: nullUuid,
      queueName,
      ruleChainId: null,
      ruleNodeId: null,
      error: 'The batch is not in a format that this version can read',
      message: data,
    },
  ],
})
