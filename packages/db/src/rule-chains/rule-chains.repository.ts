import {
  AppError,
  type OutputLabelsUsage,
  type PageData,
  type PageLink,
  type RuleChain,
  type RuleChainFile,
  type RuleChainMetadata,
  type RuleNode,
  chainTestsMember,
  toPageData,
} from '@thingwire/contracts'
import type { LazyPrisma, Prisma, PrismaTransaction } from '../connection/prisma.ts'
import type { Sql } from '../connection/sql.ts'
import type { Scope, StoredRuleChain } from '../database.ts'
import { type Publisher, ruleChainTables } from '../drafts/tables.ts'
import { takeDraft } from '../drafts/take-draft.ts'
import { removeEntity } from '../entity-removal.ts'
import { literal, sortColumn, sortDirection, toInfo } from '../rows.ts'
import { writableTenant } from '../scope.ts'
import { uuidV7 } from '../uuid.ts'
import { lockChain, recordFirstVersion, recordVersion, testsIn } from './chain-versions.ts'
import { toGraph } from './graph.ts'
import { outputLabels, outputLabelUsages, type RelabelledChain, relabelUsages } from './output-labels.ts'
import { storeGraph } from './store-graph.ts'
import { type ChainWithGraph, toMetadata, toRuleChain, withGraph } from './rule-chain-rows.ts'

export type RuleChainUpdate = {
  id: string
  name: string
  debugMode: boolean
  additionalInfo: Record<string, unknown> | null
  version: number | null
}

export type SaveMetadataOptions = CreateOptions & {
  /** Connections in other chains that are named like an output node of this one follow its new name. */
  updateRelated?: boolean
  /** The drawing is this revision of the chain's draft, which ends with it; `tests` come with the drawing. */
  draft?: { revision: number; tests: readonly unknown[] }
}

export type CreateOptions = {
  /** Longest time that full debugging stays on, from the tenant's profile; absent: the platform's. */
  maxDebugMs?: number | undefined
  /** Who does it; absent: the platform. */
  publisher?: Publisher | undefined
}

export type RuleChainsRepository = {
  list(scope: Scope, link: PageLink, filter?: { type?: string | undefined }): Promise<PageData<RuleChain>>
  /** In the order asked for; those that are missing are left out. */
  findMany(scope: Scope, ruleChainIds: readonly string[]): Promise<RuleChain[]>
  findByName(scope: Scope, type: string, name: string): Promise<RuleChain | null>
  find(scope: Scope, ruleChainId: string): Promise<RuleChain | null>
  metadata(scope: Scope, ruleChainId: string): Promise<RuleChainMetadata | null>
  /** Chain and metadata in one transaction; nodes keep the ids they come with. Never marks the chain as root. */
  create(scope: Scope, file: RuleChainFile, options?: CreateOptions): Promise<StoredRuleChain>
  /** Name, description and debug flag; nodes stay. */
  update(scope: Scope, chain: RuleChainUpdate, publisher?: Publisher): Promise<RuleChain>
  saveMetadata(
    scope: Scope,
    metadata: RuleChainMetadata,
    options?: SaveMetadataOptions,
  ): Promise<StoredRuleChain & { relabelled: RelabelledChain[] }>
  setRoot(scope: Scope, ruleChainId: string): Promise<RuleChain>
  delete(scope: Scope, ruleChainId: string): Promise<boolean>
  /** The rule runner's read: the root chain of a tenant, or one chain. */
  load(tenantId: string, ruleChainId: string | null): Promise<StoredRuleChain | null>
  /** Chains of all tenants that have a node of one of these types. */
  withNodesOf(types: readonly string[]): Promise<{ tenantId: string; ruleChainId: string }[]>
  /** Names of its output nodes, each once. */
  outputLabels(scope: Scope, ruleChainId: string): Promise<string[]>
  outputLabelUsages(scope: Scope, ruleChainId: string): Promise<OutputLabelsUsage[]>
}

const sorts = { id: 'id', name: 'name', createdTime: 'createdTime', root: 'root', type: 'type' } as const

export const createRuleChainsRepository = (prisma: LazyPrisma, sql: Sql): RuleChainsRepository => ({
  list: async (scope, link, { type } = {}) => {
    const where = readable(scope)
    if (!where) return toPageData([], 0, link)
    const { client } = await prisma.get()
    const filter = {
      ...where,
      ...(type && { type }),
      ...(link.textSearch && { name: { contains: literal(link.textSearch), mode: 'insensitive' as const } }),
    }
    const [rows, total] = await Promise.all([
      client.ruleChain.findMany({
        where: filter,
        orderBy: [{ [sortColumn(link, sorts, 'id')]: sortDirection(link) }, { id: 'asc' }],
        skip: link.page * link.pageSize,
        take: link.pageSize,
      }),
      client.ruleChain.count({ where: filter }),
    ])
    return toPageData(rows.map(toRuleChain), total, link)
  },

  findMany: async (scope, ruleChainIds) => {
    const where = readable(scope)
    if (!where || ruleChainIds.length === 0) return []
    const { client } = await prisma.get()
    const rows = await client.ruleChain.findMany({ where: { ...where, id: { in: [...ruleChainIds] } } })
    const found = new Map(rows.map((row) => [row.id, toRuleChain(row)]))
    return ruleChainIds.flatMap((id) => found.get(id.toLowerCase()) ?? [])
  },

  findByName: async (scope, type, name) => {
    const where = readable(scope)
    const { client } = await prisma.get()
    const row = where && (await client.ruleChain.findFirst({ where: { ...where, type, name }, orderBy: { id: 'asc' } }))
    return row && toRuleChain(row)
  },

  find: async (scope, ruleChainId) => {
    const where = readable(scope)
    const { client } = await prisma.get()
    const row = where && (await client.ruleChain.findFirst({ where: { ...where, id: ruleChainId } }))
    return row && toRuleChain(row)
  },

  metadata: async (scope, ruleChainId) => {
    const where = readable(scope)
    const { client } = await prisma.get()
    const row =
      where && (await client.ruleChain.findFirst({ where: { ...where, id: ruleChainId }, include: withGraph }))
    return row && toMetadata(row)
  },

  create: async (scope, file, options = {}) => {
    const tenantId = writableTenant(scope)
    const db = await prisma.get()
    return db.client.$transaction((tx) => createChain({ ...options, db, tx, tenantId }, file, false), ofLargeChains)
  },

  update: async (scope, { id, version, ...chain }, publisher) => {
    const tenantId = writableTenant(scope)
    const { client, jsonNull } = await prisma.get()
    return client.$transaction(async (tx) => {
      if (!(await lockChain(tx, tenantId, id))) throw notFound(id)
      await recordFirstVersion(tx, id)
      const before = await tx.ruleChain.findUniqueOrThrow({ where: { id }, select: { additionalInfo: true } })
      const { count } = await tx.ruleChain.updateMany({
        where: { id, tenantId, ...(version !== null && { version }) },
        data: {
          name: chain.name,
          debugMode: chain.debugMode,
          additionalInfo: chain.additionalInfo ? asJson(chain.additionalInfo) : jsonNull,
          version: { increment: 1 },
        },
      })
      if (count === 0) throw new AppError('VERSION_CONFLICT')
      const row = await tx.ruleChain.findUniqueOrThrow({ where: { id }, include: withGraph })
      // Tests are part of what is published, though they stand beside the name.
      const isSame = JSON.stringify(testsIn(before.additionalInfo)) === JSON.stringify(testsIn(row.additionalInfo))
      if (!isSame) await recordVersion(tx, row, publisher)
      return toRuleChain(row)
    }, ofLargeChains)
  },

  saveMetadata: async (scope, metadata, { updateRelated = false, ...options } = {}) => {
    const tenantId = writableTenant(scope)
    const db = await prisma.get()
    return db.client.$transaction(async (tx) => {
      const before = updateRelated ? await nodesOf(tx, tenantId, metadata) : []
      const stored = await replaceMetadata({ ...options, db, tx, tenantId }, metadata)
      const { publisher } = options
      const relabelled = updateRelated ? await relabelUsages(tx, { tenantId, before, after: stored, publisher }) : []
      return { ...stored, relabelled }
    }, ofLargeChains)
  },

  setRoot: async (scope, ruleChainId) => {
    const tenantId = writableTenant(scope)
    const { client } = await prisma.get()
    return client.$transaction(async (tx) => {
      const chain = await tx.ruleChain.findFirst({ where: { id: ruleChainId, tenantId } })
      if (!chain) throw notFound(ruleChainId)
      if (chain.root) return toRuleChain(chain)
      await tx.ruleChain.updateMany({
        where: { tenantId, type: chain.type, root: true },
        data: { root: false, version: { increment: 1 } },
      })
      const row = await tx.ruleChain.update({
        where: { id: ruleChainId },
        data: { root: true, version: { increment: 1 } },
      })
      return toRuleChain(row)
    })
  },

  delete: async (scope, ruleChainId) => {
    const tenantId = writableTenant(scope)
    const { client } = await prisma.get()
    const chain = await client.ruleChain.findFirst({ where: { id: ruleChainId, tenantId }, select: { root: true } })
    if (chain?.root) throw new AppError('ARGUMENT_INVALID', 'Deletion of Root Tenant Rule Chain is prohibited!')
    return removeEntity(sql, { table: 'rule_chains', tenantId, id: ruleChainId })
  },

  load: async (tenantId, ruleChainId) => {
    const { client } = await prisma.get()
    const row = await client.ruleChain.findFirst({
      where: { tenantId, ...(ruleChainId ? { id: ruleChainId } : { root: true, type: 'CORE' }) },
      include: withGraph,
    })
    return row && toStored(row)
  },

  withNodesOf: async (types) => {
    const { client } = await prisma.get()
    const rows = await client.ruleChain.findMany({
      where: { type: 'CORE', nodes: { some: { type: { in: [...types] } } } },
      select: { id: true, tenantId: true },
      orderBy: { id: 'asc' },
    })
    return rows.map(({ id, tenantId }) => ({ tenantId, ruleChainId: id }))
  },

  outputLabels: async (scope, ruleChainId) => {
    const where = readable(scope)
    if (!where) return []
    const { client } = await prisma.get()
    return outputLabels(client, { ...where, id: ruleChainId })
  },

  outputLabelUsages: async (scope, ruleChainId) => {
    const where = readable(scope)
    if (!where) return []
    const { client } = await prisma.get()
    return outputLabelUsages(client, where, ruleChainId)
  },
})

const nodesOf = async (
  tx: PrismaTransaction,
  tenantId: string,
  { ruleChainId }: RuleChainMetadata,
): Promise<Pick<RuleNode, 'id' | 'type' | 'name'>[]> => {
  if (!ruleChainId) return []
  const rows = await tx.ruleNode.findMany({
    where: { ruleChain: { id: ruleChainId.id, tenantId } },
    select: { id: true, type: true, name: true },
  })
  return rows.map(({ id, ...row }) => ({ ...row, id: { entityType: 'RULE_NODE', id } }))
}

/** Rule chains are no business of customers; null means that nothing may be seen. */
const readable = (scope: Scope): { tenantId?: string } | null => {
  switch (scope.kind) {
    case 'system':
      return {}
    case 'tenant':
      return { tenantId: scope.tenantId }
    case 'customer':
      return null
  }
}

const notFound = (id: string) => new AppError('ENTITY_NOT_FOUND', `Rule chain with id [${id}] is not found`)

const toStored = (row: ChainWithGraph): StoredRuleChain => ({ chain: toRuleChain(row), metadata: toMetadata(row) })

type ChainWrite = { db: Prisma; tx: PrismaTransaction; tenantId: string } & Omit<SaveMetadataOptions, 'updateRelated'>

/** Thousands of nodes are written in one go, on a machine that may have other things to do. */
const ofLargeChains = { timeout: 60_000, maxWait: 10_000 } as const

/** Stores a new chain. `root` only when a tenant gets its first chain: an import never takes the root's place. */
export const createChain = async (write: ChainWrite, file: RuleChainFile, root: boolean): Promise<StoredRuleChain> => {
  const { db, tx, tenantId } = write
  const id = uuidV7()
  const { ruleChain, metadata } = file
  await tx.ruleChain.create({
    data: {
      id,
      createdTime: BigInt(Date.now()),
      tenantId,
      name: ruleChain.name,
      type: ruleChain.type,
      root,
      debugMode: ruleChain.debugMode,
      additionalInfo: ruleChain.additionalInfo ? asJson(ruleChain.additionalInfo) : db.jsonNull,
      notes: metadata.notes ? asJson(metadata.notes) : db.jsonNull,
    },
  })
  await storeGraph(write, id, toGraph(metadata, await chainNames(write, metadata)))
  return recorded(write, id)
}

/** The chain as it is now, which is a version of it. */
const recorded = async ({ tx, publisher }: ChainWrite, id: string): Promise<StoredRuleChain> => {
  const row = await tx.ruleChain.findUniqueOrThrow({ where: { id }, include: withGraph })
  await recordVersion(tx, row, publisher)
  return toStored(row)
}

const replaceMetadata = async (write: ChainWrite, metadata: RuleChainMetadata): Promise<StoredRuleChain> => {
  const { db, tx, tenantId } = write
  const id = metadata.ruleChainId?.id
  if (!id) throw new AppError('ARGUMENT_INVALID', 'Rule chain id should be specified!')
  if (!(await lockChain(tx, tenantId, id))) throw notFound(id)
  await recordFirstVersion(tx, id)
  if (write.draft) await takeDraftWithTests(write, id, write.draft)
  const graph = toGraph(metadata, await chainNames(write, metadata))
  const { count } = await tx.ruleChain.updateMany({
    where: { id, tenantId, ...(metadata.version != null && { version: metadata.version }) },
    data: { version: { increment: 1 }, notes: metadata.notes ? asJson(metadata.notes) : db.jsonNull },
  })
  if (count === 0) throw new AppError('VERSION_CONFLICT')
  await storeGraph(write, id, graph)
  return recorded(write, id)
}

/** Ends the draft that is published; its tests become the chain's. */
const takeDraftWithTests = async (
  { tx }: ChainWrite,
  id: string,
  draft: { revision: number; tests: readonly unknown[] },
): Promise<void> => {
  await takeDraft(tx, ruleChainTables, { ownerId: id, revision: draft.revision })
  const { additionalInfo } = await tx.ruleChain.findUniqueOrThrow({ where: { id }, select: { additionalInfo: true } })
  const { [chainTestsMember]: before, ...others } = toInfo(additionalInfo) ?? {}
  if (before === undefined && draft.tests.length === 0) return
  const info = { ...others, ...(draft.tests.length > 0 && { [chainTestsMember]: draft.tests }) }
  await tx.ruleChain.update({ where: { id }, data: { additionalInfo: asJson(info) } })
}

const chainNames = async ({ tx, tenantId }: ChainWrite, metadata: RuleChainMetadata) => {
  const ids = (metadata.ruleChainConnections ?? []).map((link) => link.targetRuleChainId.id)
  if (ids.length === 0) return new Map<string, string>()
  const rows = await tx.ruleChain.findMany({ where: { tenantId, id: { in: ids } }, select: { id: true, name: true } })
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Prisma's input type for JSON does not know `unknown`; what was parsed as JSON is JSON. */
const asJson = (value: unknown) => value as Record<string, never>
