import {
  actionMessageTypes,
  AppError,
  defaultQueueName,
  type EntityId,
  type Message,
  nullUuid,
} from '@thingwire/contracts'
import type { Database, EntityHead } from '@thingwire/db'
import { newMessageId } from '@thingwire/rules'
import type { AuditedDeed, AuditTrail, Doer } from '../audit/audit-trail.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { UplinkQueue } from '../queue/uplink-queue.ts'

/**
 * What happened to an entity. It goes into the audit log and, for the actions that `actionMessageTypes` names, into the
 * rule engine (rule-engine contract: entity life cycle messages).
 */
export type Deed = Omit<AuditedDeed, 'failure'> & {
  /** The entity as REST shows it: the default of `data` (`{entity}`) and of `messageData`. */
  entity?: unknown
  /** Data of the message; absent: `entity`, else `{}`. */
  messageData?: unknown
  /** Metadata beside that of user, customer and entity. */
  metadata?: Readonly<Record<string, string>>
  /** One message each; absent: the entity itself. Alarms name their originator here, relations both ends. */
  originators?: readonly EntityId[]
  /** Whose rule engine hears of it; absent: the tenant in whose log it stands. */
  messageTenantId?: string
  /** The entity before it was deleted: its profile says where the message begins, and nobody can look it up any more. */
  head?: Pick<EntityHead, 'ruleChainId' | 'queueName'>
}

export type EntityActions = {
  /** Call it after the deed is committed. Never throws: the deed is done. */
  record(doer: Doer, deed: Deed): Promise<void>
  /**
   * Does the work and records it; a failure is noted in the audit log with its reason and thrown again.
   * @param deed What is known before; `work` answers what is to be recorded on success
   */
  attempt<T>(doer: Doer, deed: Deed, work: () => Promise<{ result: T; deed?: Partial<Deed> }>): Promise<T>
}

export const createEntityActions = (deps: {
  audit: AuditTrail
  database: Pick<Database, 'entities'>
  queue: Pick<UplinkQueue, 'submitInternal'>
  logger: Logger
  now: () => number
}): EntityActions => {
  const { audit, database, queue, logger } = deps

  const destinationOf = async (tenantId: string, originator: EntityId, deed: Deed) =>
    deed.head ?? (await database.entities.findHead(tenantId, originator))

  const send = async (tenantId: string, doer: Doer, deed: Deed): Promise<void> => {
    const type = actionMessageTypes[deed.action]
    if (type === null || tenantId === nullUuid) return
    const data = JSON.stringify(deed.messageData ?? deed.entity ?? {})
    for (const originator of deed.originators ?? [deed.entityId]) {
      const destination = await destinationOf(tenantId, originator, deed)
      const message: Message = {
        id: newMessageId(),
        ts: deps.now(),
        type,
        tenantId,
        originator,
        customerId: realId(deed.customerId),
        metadata: metadataOf(doer, deed),
        dataType: 'JSON',
        data,
        ruleChainId: destination?.ruleChainId ?? null,
        ruleNodeId: null,
      }
      await queue.submitInternal(destination?.queueName ?? defaultQueueName, originator.id, [message], data.length)
    }
  }

  const record = async (doer: Doer, deed: Deed): Promise<void> => {
    const tenantId = deed.messageTenantId ?? deed.tenantId ?? doer.tenantId ?? nullUuid
    await audit.record(doer, { ...deed, data: deed.data ?? (deed.entity === undefined ? {} : { entity: deed.entity }) })
    try {
      await send(tenantId, doer, deed)
    } catch (error) {
      const { action, entityId } = deed
      logger.error(
        { action, entityId: entityId.id, ...errorFields(error) },
        'the rule engine was not told of an action',
      )
    }
  }

  return {
    record,
    attempt: async (doer, deed, work) => {
      try {
        const { result, deed: known } = await work()
        await record(doer, { ...deed, ...known })
        return result
      } catch (error) {
        const failure = error instanceof AppError ? error.message : 'Internal Server Error'
        await audit.record(doer, {
          ...deed,
          data: deed.data ?? (deed.entity === undefined ? {} : { entity: deed.entity }),
          failure,
        })
        throw error
      }
    },
  }
}

const realId = (id: string | null | undefined): string | null => (id && id !== nullUuid ? id : null)

const metadataOf = (doer: Doer, deed: Deed): Record<string, string> => {
  const { user } = doer
  const customerId = realId(deed.customerId)
  return {
    ...(user && {
      userId: user.id.id,
      userName: user.name,
      userEmail: user.email,
      ...(user.firstName && { userFirstName: user.firstName }),
      ...(user.lastName && { userLastName: user.lastName }),
    }),
    ...(customerId && { customerId }),
    entityName: deed.entityName,
    entityType: deed.entityId.entityType,
    ...deed.metadata,
  }
}
