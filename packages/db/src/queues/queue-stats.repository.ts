import { type PageData, type PageLink, type QueueStats, toPageData } from '@thingwire/contracts'
import type { LazyPrisma } from '../connection/prisma.ts'
import type { Scope } from '../database.ts'
import type * as Generated from '../generated/client.ts'
import { literal, ms, sortColumn, sortDirection } from '../rows.ts'
import { uuidV7 } from '../uuid.ts'

export type QueueStatsRepository = {
  list(scope: Scope, link: PageLink): Promise<PageData<QueueStats>>
  find(scope: Scope, queueStatsId: string): Promise<QueueStats | null>
  /** In no particular order; those that are missing are left out. */
  findMany(scope: Scope, queueStatsIds: readonly string[]): Promise<QueueStats[]>
  /** The entity that a service's figures about a tenant's queue belong to; made at its first report. */
  ensure(of: { tenantId: string; queueName: string; serviceId: string }): Promise<QueueStats>
}

type Row = Generated.Prisma.QueueStatsGetPayload<Record<never, never>>

const sorts = {
  id: 'id',
  createdTime: 'createdTime',
  queueName: 'queueName',
  name: 'queueName',
  serviceId: 'serviceId',
} as const

export const createQueueStatsRepository = (prisma: LazyPrisma): QueueStatsRepository => ({
  list: async (scope, link) => {
    const { client } = await prisma.get()
    const text = link.textSearch && { contains: literal(link.textSearch), mode: 'insensitive' as const }
    const where = { ...visible(scope), ...(text && { OR: [{ queueName: text }, { serviceId: text }] }) }
    const [rows, total] = await Promise.all([
      client.queueStats.findMany({
        where,
        orderBy: [{ [sortColumn(link, sorts, 'id')]: sortDirection(link) }, { id: 'asc' }],
        skip: link.page * link.pageSize,
        take: link.pageSize,
      }),
      client.queueStats.count({ where }),
    ])
    return toPageData(rows.map(toQueueStats), total, link)
  },

  find: async (scope, queueStatsId) => {
    const { client } = await prisma.get()
    const row = await client.queueStats.findFirst({ where: { ...visible(scope), id: queueStatsId } })
    return row && toQueueStats(row)
  },

  findMany: async (scope, queueStatsIds) => {
    const { client } = await prisma.get()
    const where = { ...visible(scope), id: { in: [...queueStatsIds] } }
    return (await client.queueStats.findMany({ where })).map(toQueueStats)
  },

  ensure: async (of) => {
    const { client } = await prisma.get()
    const where = { tenantId_queueName_serviceId: of }
    const found = await client.queueStats.findUnique({ where })
    if (found) return toQueueStats(found)
    const data = [{ id: uuidV7(), createdTime: BigInt(Date.now()), ...of }]
    // Several partitions of a service may report for the first time at once.
    await client.queueStats.createMany({ data, skipDuplicates: true })
    return toQueueStats(await client.queueStats.findUniqueOrThrow({ where }))
  },
})

const visible = (scope: Scope) => (scope.kind === 'system' ? {} : { tenantId: scope.tenantId })

const toQueueStats = (row: Row): QueueStats => ({
  id: { entityType: 'QUEUE_STATS', id: row.id },
  createdTime: ms(row.createdTime),
  tenantId: { entityType: 'TENANT', id: row.tenantId },
  queueName: row.queueName,
  serviceId: row.serviceId,
  name: `${row.queueName} (${row.serviceId})`,
})
