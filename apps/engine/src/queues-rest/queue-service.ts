import { entityId, nullUuid, type Queue, type SaveQueue } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { type EntityAccess, missing } from '../access/entity-access.ts'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Invalidate } from '../actions/invalidation.ts'
import type { Caller } from '../auth/sign-in.ts'

export type QueueService = {
  find(caller: Caller, queueId: string): Promise<Queue>
  /** Queues of the system; those of tenants come from their profile. */
  save(caller: Caller, queue: SaveQueue): Promise<Queue>
  delete(caller: Caller, queueId: string): Promise<void>
}

export const createQueueService = (deps: {
  database: Pick<Database, 'queues'>
  access: EntityAccess
  actions: EntityActions
  invalidate: Invalidate
}): QueueService => {
  const { database, access, actions, invalidate } = deps

  const require = (caller: Caller, queueId: string, operation: 'READ' | 'WRITE' | 'DELETE') =>
    access.require(caller, entityId('QUEUE', queueId), operation, { missingText: 'byId' })

  const changed = (id: string) => invalidate({ kind: 'queue', tenantId: nullUuid, id })

  return {
    find: async (caller, queueId) => {
      const { scope } = await require(caller, queueId, 'READ')
      const queue = await database.queues.find(scope, queueId)
      if (!queue) throw missing('QUEUE', queueId)
      return queue
    },

    save: async (caller, queue) => {
      const id = queue.id?.id
      if (id) await require(caller, id, 'WRITE')
      const deed = {
        action: id ? 'UPDATED' : 'ADDED',
        tenantId: nullUuid,
        entityId: entityId('QUEUE', id ?? nullUuid),
        entityName: queue.name,
        entity: queue,
      } as const
      const saved = await actions.attempt(caller, deed, async () => {
        const result = await database.queues.save(queue)
        return { result, deed: { entityId: result.id, entity: result } }
      })
      await changed(saved.id.id)
      return saved
    },

    delete: async (caller, queueId) => {
      const { name } = await require(caller, queueId, 'DELETE')
      const deed = {
        action: 'DELETED',
        tenantId: nullUuid,
        entityId: entityId('QUEUE', queueId),
        entityName: name,
        data: { entityId: queueId },
      } as const
      await actions.attempt(caller, deed, async () => {
        if (!(await database.queues.delete(queueId))) throw missing('QUEUE', queueId)
        return { result: undefined }
      })
      await changed(queueId)
    },
  }
}
