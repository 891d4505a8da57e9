import {
  AppError,
  type EntityData,
  type EntityDataQuery,
  type EntityId,
  type EntityKey,
  type PageData,
} from '@thingwire/contracts'
import type { Principal } from '@thingwire/db'
import type { EntityAccess } from '../../access/entity-access.ts'
import type { EntityQueries } from '../../entity-queries/entity-queries.ts'
import { errorFields, type Logger } from '../../observability/logger.ts'
import type { Gate } from '../gate.ts'
import type { Topics } from '../topics.ts'
import { followDecidingValues, isLiveKey } from './deciding-values.ts'
import { dynamicSourcesOf } from './dynamic-sources.ts'
import { createEntityPage, type EntityPage } from './entity-page.ts'
import { publishingTenant, viewOf } from './view.ts'

export type PageRequest = {
  query: EntityDataQuery
  /** Keys whose newest values are followed; they are among those that the query selects. */
  keys: readonly EntityKey[]
}

export type PageHandle = { page: EntityPage; release(): void }

export type EntityPages = {
  /** The page of a query; callers who see the same and ask the same share it. */
  open(caller: Principal, request: PageRequest): Promise<PageHandle>
  /** The entities that a client has already, with these keys followed. Not shared. */
  openKnown(caller: Principal, known: PageData<EntityData>, request: PageRequest): Promise<PageHandle>
  count(): number
}

/** Most entities of one page (as ThingsBoard). */
export const maxPageEntities = 10_000
export const refreshMs = 60_000
/** A burst of changes of rights, or a reconnect, is one read. */
const settleMs = 50
/** Entities are made and changed in crowds; one look in this time is enough. */
export const entitySettleMs = 1_000

type Deps = {
  topics: Pick<Topics, 'listen' | 'unlisten' | 'observe'>
  access: Pick<EntityAccess, 'readable'>
  entityQueries(): EntityQueries
  /** Reads that no client waits for. */
  background: Gate
  logger: Logger
}

type Shared = { page: EntityPage; holds: number; close(): void }
type Opening = { holds: number; result: Promise<Shared> }

export const createEntityPages = (deps: Deps): EntityPages => {
  const shared = new Map<string, Shared>()
  const openings = new Map<string, Opening>()
  let pages = 0

  const begin = (caller: Principal, request: PageRequest, first: PageData<EntityData>): Shared & Started => {
    pages++
    const follower = followPage(caller, request, first, deps)
    return {
      ...follower,
      holds: 0,
      close: () => {
        pages--
        follower.close()
      },
    }
  }

  const handleOf = (signature: string | null, one: Shared): PageHandle => {
    let isReleased = false
    return {
      page: one.page,
      release: () => {
        if (isReleased) return
        isReleased = true
        if (--one.holds > 0) return
        if (signature !== null && shared.get(signature) === one) shared.delete(signature)
        one.close()
      },
    }
  }

  const openShared = async (
    signature: string,
    caller: Principal,
    request: PageRequest,
    opening: Opening,
  ): Promise<Shared> => {
    const first = await findPage(deps.entityQueries(), caller, request.query)
    const existing = shared.get(signature)
    // Whoever has the page already keeps its entities; a newcomer to whom others belong gets a page of its own.
    if (existing && isSamePage(existing.page, first)) {
      existing.page.replace(first)
      existing.holds += opening.holds
      openings.delete(signature)
      return existing
    }
    const made = begin(caller, request, first)
    await made.isFollowed
    made.holds = opening.holds
    openings.delete(signature)
    shared.set(signature, made)
    return made
  }

  return {
    open: async (caller, request) => {
      const signature = viewOf(caller, [request.query, request.keys])
      let opening = openings.get(signature)
      if (opening) opening.holds++
      else {
        const made: Opening = { holds: 1, result: Promise.resolve() as never }
        made.result = openShared(signature, caller, request, made).catch((error: unknown) => {
          openings.delete(signature)
          throw error
        })
        opening = made
        openings.set(signature, made)
      }
      return handleOf(signature, await opening.result)
    },
    openKnown: async (caller, known, request) => {
      const fresh = await readValues(deps.entityQueries(), caller, request.keys, known)
      const made = begin(caller, { ...request, query: notDynamic(request.query) }, fresh)
      made.holds = 1
      await made.isFollowed
      return handleOf(null, made)
    },
    count: () => pages,
  }
}

const notDynamic = (query: EntityDataQuery): EntityDataQuery => ({
  ...query,
  pageLink: { ...query.pageLink, dynamic: false },
})

const isSamePage = (page: EntityPage, { data }: PageData<EntityData>): boolean => {
  const ids = page.entityIds()
  return ids.length === data.length && data.every(({ entityId }, at) => ids[at]?.id === entityId.id)
}

type Started = { isFollowed: Promise<void> }

/** A page that reads itself anew when it has to. */
const followPage = (
  caller: Principal,
  { query, keys }: PageRequest,
  first: PageData<EntityData>,
  deps: Deps,
): Omit<Shared, 'holds'> & Started => {
  const { topics, access, logger } = deps
  const timers = new Map<string, NodeJS.Timeout>()
  const invalidated = new Map<string, EntityId>()
  let isClosed = false

  const work = (read: () => Promise<void>) => {
    deps
      .background(async () => {
        if (!isClosed) await read()
      })
      .catch((error: unknown) => logger.warn(errorFields(error), 'a page of entities was not read again'))
  }
  const soon = (name: string, read: () => Promise<void>) => {
    if (isClosed || timers.has(name)) return
    const timer = setTimeout(() => {
      timers.delete(name)
      work(read)
    }, settleMs)
    timers.set(name, timer)
  }

  const evaluate = async () => {
    try {
      page.replace(await findPage(deps.entityQueries(), caller, query))
    } catch (error) {
      if (!(error instanceof AppError) || error.act !== 'caller') throw error
      // What the query starts from may not be seen any more.
      page.replace({ data: [], totalElements: 0, totalPages: 0, hasNext: false })
    }
  }
  const readAgain = async () => {
    page.tellMissed()
    page.replace(await readValues(deps.entityQueries(), caller, keys, page.snapshot()))
  }
  const checkRights = async () => {
    const asked = [...invalidated.values()]
    invalidated.clear()
    if ((await access.readable(caller, asked)).length < asked.length) return evaluate()
    // A view may look at something else now.
    if (asked.some(({ entityType }) => entityType === 'ENTITY_VIEW'))
      page.replace(await readValues(deps.entityQueries(), caller, keys, page.snapshot()), true)
  }

  const { page, isFollowed } = createEntityPage({
    first,
    keys,
    topics,
    tenantOf: (entityId) => publishingTenant(caller, entityId),
    hooks: {
      onGap: () => soon('values', readAgain),
      onInvalidated: (entityId) => {
        invalidated.set(entityId.id, entityId)
        soon('rights', checkRights)
      },
    },
  })

  // Filters may compare with an attribute of the caller's tenant, customer or account: it may change.
  const sources = dynamicSourcesOf(caller, query).map(({ entityId, key }) => ({
    entityId,
    tenantId: publishingTenant(caller, entityId),
    listener: {
      onEvent: (event) => {
        if (event.kind !== 'attributes' || event.scope !== 'SERVER_SCOPE') return
        if (event.changed.some((entry) => entry.key === key) || event.deleted.includes(key)) soon('entities', evaluate)
      },
      onGap: () => soon('entities', evaluate),
    } satisfies Parameters<Topics['listen']>[2],
  }))
  const isListening = sources.map((source) => topics.listen(source.entityId.id, source.tenantId, source.listener))

  const deciding = query.pageLink.dynamic
    ? followDecidingValues({
        ...{ query, topics, work, look: evaluate },
        tenantOf: (entityId) => publishingTenant(caller, entityId),
        idsOf: (anything, limit) => deps.entityQueries().ids(caller, anything, limit),
      })
    : null
  if (deciding) work(deciding.findCandidates)
  const lookAround = async () => {
    await evaluate()
    await deciding?.findCandidates()
  }

  // What was made, renamed or given away in the tenant may belong here now, or may not any more.
  let isDue = false
  const stopObserving = query.pageLink.dynamic
    ? topics.observe(({ tenantId }) => {
        if (isClosed || isDue || tenantId !== caller.tenantId) return
        isDue = true
        const timer = setTimeout(
          () =>
            work(async () => {
              isDue = false
              await lookAround()
            }),
          entitySettleMs,
        )
        timers.set('changes', timer)
      })
    : null
  // Relations tell nobody that they make another answer, nor do values of very many entities.
  const refresh = query.pageLink.dynamic ? setInterval(() => work(lookAround), refreshMs) : null
  return {
    page,
    isFollowed: Promise.all([isFollowed, ...isListening]).then(() => {}),
    close: () => {
      isClosed = true
      if (refresh) clearInterval(refresh)
      stopObserving?.()
      deciding?.close()
      for (const timer of timers.values()) clearTimeout(timer)
      for (const { entityId, tenantId, listener } of sources) topics.unlisten(entityId.id, tenantId, listener)
      page.close()
    },
  }
}

const findPage = (queries: EntityQueries, caller: Principal, query: EntityDataQuery): Promise<PageData<EntityData>> => {
  const { pageLink } = query
  const pageSize = Math.min(pageLink.pageSize, maxPageEntities)
  return queries.find(caller, { ...query, pageLink: { ...pageLink, pageSize } })
}

/** Newest values of known entities, in one read for each of their types. Entities that are gone are left out. */
const readValues = async (
  queries: EntityQueries,
  caller: Principal,
  keys: readonly EntityKey[],
  known: PageData<EntityData>,
): Promise<PageData<EntityData>> => {
  const live = keys.filter(isLiveKey)
  if (live.length === 0) return known
  const found = new Map<string, EntityData>()
  for (const [entityType, rows] of Map.groupBy(known.data, ({ entityId }) => entityId.entityType)) {
    const read = await queries.find(caller, {
      entityFilter: { type: 'entityList', entityType, entityList: rows.map(({ entityId }) => entityId.id) },
      latestValues: live,
      pageLink: { pageSize: rows.length, page: 0 },
    })
    for (const row of read.data) found.set(row.entityId.id, row)
  }
  const data = known.data.flatMap((row): EntityData[] => {
    const fresh = found.get(row.entityId.id)
    return fresh ? [{ ...row, latest: mergedLatest(row.latest, fresh.latest) }] : []
  })
  return { ...known, data }
}

const mergedLatest = (known: EntityData['latest'], fresh: EntityData['latest']): EntityData['latest'] => {
  const merged = { ...known }
  for (const [type, values] of Object.entries(fresh)) {
    const own: EntityData['latest'][string] = Object.create(null)
    merged[type] = Object.assign(own, known[type], values)
  }
  return merged
}

/** The query selects what is followed, too. */
export const withKeys = (query: EntityDataQuery, keys: readonly EntityKey[]): EntityDataQuery => {
  const selected = query.latestValues ?? []
  const names = new Set(selected.map(({ type, key }) => `${type} ${key}`))
  const added = keys.filter(({ type, key }) => !names.has(`${type} ${key}`))
  return added.length === 0 ? query : { ...query, latestValues: [...selected, ...added] }
}
