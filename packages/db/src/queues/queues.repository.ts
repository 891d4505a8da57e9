import { AppError, type PageData, type PageLink, type Queue, type SaveQueue, toPageData } from '@thingwire/contracts'
import type { LazyPrisma, Prisma, PrismaTransaction } from '../connection/prisma.ts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import type * as Generated from '../generated/client.ts'
import { isRecord, literal, ms, sortColumn, sortDirection, toInfo } from '../rows.ts'
import { toWireId } from '../scope.ts'
import { uuidV7 } from '../uuid.ts'

/**
 * Settings of queues. A tenant whose rule engine is isolated has queues of its own and sees them; everybody else sees
 * those of the system.
 */
export type QueuesRepository = {
  /** Of the system and of all tenants: for the engine itself, nobody is answered with them. */
  all(): Promise<Queue[]>
  list(scope: Scope, link: PageLink): Promise<PageData<Queue>>
  find(scope: Scope, queueId: string): Promise<Queue | null>
  findByName(scope: Scope, name: string): Promise<Queue | null>
  /** Whether the tenant may use a queue of this name: its own, or one of the system. */
  exists(tenantId: string, name: string): Promise<boolean>
  /** Creates a queue of the system, or changes one; its name and topic stay. */
  save(queue: SaveQueue): Promise<Queue>
  /** Deletes a queue of the system; throws when something still points at it, false when there is none. */
  delete(queueId: string): Promise<boolean>
}

type Row = Generated.Prisma.QueueGetPayload<Record<never, never>>

const sorts = {
  id: 'id',
  name: 'name',
  topic: 'topic',
  createdTime: 'createdTime',
  partitions: 'partitions',
  pollInterval: 'pollInterval',
} as const

/** Everything that names no queue goes here. */
const indispensable = 'Main'

export const createQueuesRepository = (prisma: LazyPrisma, sql: Sql): QueuesRepository => ({
  all: async () => {
    const { client } = await prisma.get()
    return (await client.queue.findMany()).map(toQueue)
  },

  list: async (scope, link) => {
    const { client } = await prisma.get()
    const where = {
      tenantId: await ownerOf(client, scope),
      ...(link.textSearch && { name: { contains: literal(link.textSearch), mode: 'insensitive' as const } }),
    }
    const [rows, total] = await Promise.all([
      client.queue.findMany({
        where,
        orderBy: [{ [sortColumn(link, sorts, 'id')]: sortDirection(link) }, { id: 'asc' }],
        skip: link.page * link.pageSize,
        take: link.pageSize,
      }),
      client.queue.count({ where }),
    ])
    return toPageData(rows.map(toQueue), total, link)
  },

  find: async (scope, queueId) => {
    const { client } = await prisma.get()
    const row = await client.queue.findFirst({ where: { id: queueId, ...visible(scope) } })
    return row && toQueue(row)
  },

  findByName: async (scope, name) => {
    const { client } = await prisma.get()
    const row = await client.queue.findFirst({ where: { name, tenantId: await ownerOf(client, scope) } })
    return row && toQueue(row)
  },

  exists: async (tenantId, name) => {
    const { rowCount } = await sql.query({
      text: 'SELECT FROM queues WHERE name = $1 AND (tenant_id = $2 OR tenant_id IS NULL) LIMIT 1',
      values: [name, tenantId],
    })
    return rowCount === 1
  },

  save: async (queue) => {
    const db = await prisma.get()
    return db.client.$transaction((tx) => (queue.id ? update(db, tx, queue.id.id, queue) : create(db, tx, queue)))
  },

  delete: async (queueId) => {
    const { client } = await prisma.get()
    return client.$transaction(async (tx) => {
      const row = await tx.queue.findFirst({ where: { id: queueId, tenantId: null }, select: { name: true } })
      if (!row) return false
      if (row.name === indispensable)
        throw new AppError('ARGUMENT_INVALID', `Deletion of queue ${indispensable} is prohibited!`)
      const where = { defaultQueueName: row.name, tenant: { queues: { none: { name: row.name } } } }
      if (await tx.deviceProfile.findFirst({ where, select: { id: true } }))
        throw new AppError('ARGUMENT_INVALID', 'The queue referenced by the device profiles cannot be deleted!')
      if (await tx.assetProfile.findFirst({ where, select: { id: true } }))
        throw new AppError('ARGUMENT_INVALID', 'The queue referenced by the asset profiles cannot be deleted!')
      const { count } = await tx.queue.deleteMany({ where: { id: queueId, tenantId: null } })
      return count > 0
    })
  },
})

const visible = (scope: Scope) =>
  scope.kind === 'system' ? {} : { OR: [{ tenantId: scope.tenantId }, { tenantId: null }] }

/** Whose queues work for the scope; null: those of the system. */
const ownerOf = async (client: PrismaTransaction, scope: Scope): Promise<string | null> => {
  if (scope.kind === 'system') return null
  const own = await client.queue.findFirst({ where: { tenantId: scope.tenantId }, select: { id: true } })
  return own ? scope.tenantId : null
}

const create = async (db: Prisma, tx: PrismaTransaction, queue: SaveQueue): Promise<Queue> => {
  const taken = await tx.queue.findFirst({
    where: { tenantId: null, OR: [{ name: queue.name }, { topic: queue.topic }] },
    select: { name: true },
  })
  if (taken?.name === queue.name)
    throw new AppError('ARGUMENT_INVALID', `Queue with name: ${queue.name} already exists!`)
  if (taken) throw new AppError('ARGUMENT_INVALID', `Queue with topic: ${queue.topic} already exists!`)
  const data = { ...columns(db, queue), name: queue.name, topic: queue.topic }
  return toQueue(await tx.queue.create({ data: { id: uuidV7(), createdTime: BigInt(Date.now()), ...data } }))
}

const update = async (db: Prisma, tx: PrismaTransaction, id: string, queue: SaveQueue): Promise<Queue> => {
  const found = await tx.queue.findFirst({ where: { id, tenantId: null } })
  if (!found) throw new AppError('ENTITY_NOT_FOUND', `Queue with id [${id}] is not found`)
  // Messages of a renamed queue would be found by nobody.
  if (found.name !== queue.name) throw new AppError('ARGUMENT_INVALID', "Queue name can't be changed!")
  if (found.topic !== queue.topic) throw new AppError('ARGUMENT_INVALID', "Queue topic can't be changed!")
  const { count } = await tx.queue.updateMany({
    // Without a version the caller overwrites whatever stands.
    where: { id, ...(queue.version != null && { version: queue.version }) },
    data: { ...columns(db, queue), version: { increment: 1 } },
  })
  if (count === 0) throw new AppError('VERSION_CONFLICT')
  return toQueue(await tx.queue.findUniqueOrThrow({ where: { id } }))
}

/** Prisma's input type for JSON does not know `unknown` members; what was parsed as JSON is JSON. */
const json = (value: Record<string, unknown>) => value as Record<string, never>

const columns = (db: Prisma, queue: SaveQueue) => ({
  pollInterval: queue.pollInterval,
  partitions: queue.partitions,
  consumerPerPartition: queue.consumerPerPartition,
  packProcessingTimeout: queue.packProcessingTimeout,
  submitStrategy: json(queue.submitStrategy),
  processingStrategy: json(queue.processingStrategy),
  additionalInfo: queue.additionalInfo ? json(queue.additionalInfo) : db.jsonNull,
})

/** Only parsed strategies are ever written. */
const toStrategy = (value: unknown): Queue['submitStrategy'] => ({ type: '', ...(isRecord(value) && value) })

const toQueue = (row: Row): Queue => ({
  id: { entityType: 'QUEUE', id: row.id },
  createdTime: ms(row.createdTime),
  additionalInfo: toInfo(row.additionalInfo),
  tenantId: { entityType: 'TENANT', id: toWireId(row.tenantId) },
  name: row.name,
  topic: row.topic,
  pollInterval: row.pollInterval,
  partitions: row.partitions,
  consumerPerPartition: row.consumerPerPartition,
  packProcessingTimeout: row.packProcessingTimeout,
  submitStrategy: toStrategy(row.submitStrategy),
  processingStrategy: toStrategy(row.processingStrategy),
  version: row.version,
})
