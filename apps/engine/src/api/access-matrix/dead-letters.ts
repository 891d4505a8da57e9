import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { PrepareRoom } from './room.ts'

/** Dead letters. */
export const deadLettersRoom: PrepareRoom = async (api) => {
  const { scope, tenantId, rootChain } = api.tenant
  const { db } = api
  const letter = { tenantId, queueName: 'Main', ruleChainId: rootChain.id.id, ruleNodeId: null, error: 'it failed' }
  const id = randomUUID()
  await db.ledger.settle([
    {
      batchId: randomUUID(),
      acceptedAt: Date.now(),
      outcomes: [],
      deadLetters: [{ id, ...letter, message: { data: 'secret' } }],
    },
  ])
  return {
    params: { deadLetterId: id },
    bodies: {
      'POST /api/deadLetters/replay': () => ({ which: { ids: [id] } }),
      'POST /api/deadLetters/delete': () => ({ which: { ids: [id] } }),
    },
    harmless: {
      'POST /api/deadLetters/replay': (body) => void expect(body).toEqual({ replayed: 0, unreadable: 0 }),
      'POST /api/deadLetters/delete': (body) => void expect(body).toEqual({ deleted: 0 }),
    },
    belongings: async () => [
      await db.deadLetters.find(scope, id),
      (await db.deadLetters.list(scope, { page: 0, pageSize: 100 })).totalElements,
    ],
  }
}
