import type {
  AlarmData,
  EntityDataQuery,
  EntityFilter,
  EntityId,
  EntityKey,
  LiveAlarmQuery,
  LiveBusEvent,
  PageData,
} from '@thingwire/contracts'
import type { Principal } from '@thingwire/db'
import type { AlarmQueries } from '../../alarms/alarm-queries.ts'
import type { EntityQueries } from '../../entity-queries/entity-queries.ts'
import { errorFields, type Logger } from '../../observability/logger.ts'
import type { Gate } from '../gate.ts'
import { alarmsTopic, type TopicListener, type Topics } from '../topics.ts'
import { maxPageEntities, refreshMs } from './entity-pages.ts'
import { createEntityRow, followedKeys, type EntityRow } from './entity-row.ts'
import { createShared } from './shared.ts'
import { publishingTenant, viewOf } from './view.ts'

/** One alarm of a page: AlarmInfo with the entity that matched and its values. */
export type AlarmRow = AlarmData

export type AlarmPageState = { page: PageData<AlarmRow>; allowedEntities: number; totalEntities: number }

export type AlarmMember = {
  /** Other alarms are on the page, or in another order. */
  moved(state: AlarmPageState): void
  /** Alarms of the page that changed. */
  changed(rows: readonly AlarmRow[]): void
}

export type AlarmPages = {
  /** Without an entity filter: every alarm that the caller may see. */
  open(caller: Principal, query: LiveAlarmQuery, member: AlarmMember): Promise<AlarmHandle>
}
export type AlarmHandle = { state: AlarmPageState; release(): void }

/** Pages that are read anew, for new alarms or others that go, in one refresh interval (as ThingsBoard). */
const maxMovesPerRefresh = 10
/** Alarms come in crowds; one look at them in this time is enough. */
const settleMs = 200

type Deps = {
  topics: Pick<Topics, 'listen' | 'unlisten' | 'observe'>
  entityQueries(): EntityQueries
  alarmQueries(): AlarmQueries<AlarmRow>
  background: Gate
  logger: Logger
}

type Page = { state: AlarmPageState; members: Set<AlarmMember>; present(): AlarmPageState; close(): void }

/** Alarms of the entities that a query finds, or all, kept up to date; shared by all who asked the same. */
export const createAlarmPages = (deps: Deps): AlarmPages => {
  const pages = createShared<Page>()
  return {
    open: async (caller, query, member) => {
      const { value: page, release } = await pages.hold(viewOf(caller, query), () => beginPage(caller, query, deps))
      page.members.add(member)
      return {
        state: page.present(),
        release: () => {
          page.members.delete(member)
          release()
        },
      }
    },
  }
}

const emptyState: AlarmPageState = {
  page: { data: [], totalElements: 0, totalPages: 0, hasNext: false },
  allowedEntities: 0,
  totalEntities: 0,
}

const beginPage = async (caller: Principal, query: LiveAlarmQuery, deps: Deps): Promise<Page> => {
  const { topics, logger } = deps
  const tenantId = caller.tenantId
  const { entityFilter } = query
  const members: Page['members'] = new Set()
  const follower = createRowFollower(caller, query.latestValues ?? [], topics, (rows) => {
    const changed = new Set(rows)
    tellChanged(page.state.page.data.filter(({ entityId }) => changed.has(entityId.id)))
  })
  let entityIds: EntityId[] = []
  let matched = new Set<string>()
  let movesLeft = maxMovesPerRefresh
  let isClosed = false
  let settling: NodeJS.Timeout | null = null

  const tellChanged = (rows: readonly AlarmRow[]) => {
    if (rows.length === 0) return
    for (const member of members) member.changed(rows.map(follower.withLatest))
  }

  /** The entities that the alarms are about, in the order of the query. */
  const readEntities = async (): Promise<number> => {
    if (!entityFilter) return 0
    const { ids, total } = await deps.entityQueries().ids(caller, asEntityQuery(query, entityFilter), maxPageEntities)
    entityIds = ids
    matched = new Set(ids.map(({ id }) => id))
    return total
  }
  const readAlarms = async (totalEntities: number): Promise<AlarmPageState> => {
    if (!entityFilter) {
      const page = await deps.alarmQueries().findAll(caller, query.pageLink)
      return { page, allowedEntities: 0, totalEntities }
    }
    if (entityIds.length === 0) return emptyState
    const found = await deps.alarmQueries().findFor(caller, query, entityIds)
    return { page: found, allowedEntities: maxPageEntities, totalEntities }
  }

  const take = (fresh: AlarmPageState, mayMove: boolean) => {
    const before = new Map(page.state.page.data.map((row) => [keyOf(row), alarmText(row)]))
    const isSame =
      fresh.page.data.length === before.size &&
      fresh.page.data.every((row, at) => keyOf(row) === keyOf(page.state.page.data[at]))
    if (!isSame && mayMove) {
      page.state = fresh
      follower.follow(fresh.page.data)
      for (const member of members) member.moved(page.present())
      return
    }
    const changed = fresh.page.data.filter((row) => {
      const known = before.get(keyOf(row))
      return known !== undefined && known !== alarmText(row)
    })
    const byKey = new Map(changed.map((row) => [keyOf(row), row]))
    const data = page.state.page.data.map((row) => byKey.get(keyOf(row)) ?? row)
    page.state = { ...page.state, page: { ...page.state.page, data } }
    tellChanged(changed)
  }

  const work = (read: () => Promise<void>) => {
    deps
      .background(async () => {
        if (!isClosed) await read()
      })
      .catch((error: unknown) => logger.warn(errorFields(error), 'a page of alarms was not read again'))
  }
  const onAlarm = async () => {
    const fresh = await readAlarms(page.state.totalEntities)
    if (isClosed) return
    const isMoved =
      fresh.page.data.map(keyOf).join() !== page.state.page.data.map(keyOf).join() ||
      fresh.page.totalElements !== page.state.page.totalElements
    take(fresh, isMoved && movesLeft > 0)
    if (isMoved && movesLeft > 0) movesLeft--
  }
  const refresh = async () => {
    movesLeft = maxMovesPerRefresh
    const total = await readEntities()
    const fresh = await readAlarms(total)
    if (!isClosed) take(fresh, true)
  }
  const soon = () => {
    settling ??= setTimeout(() => {
      settling = null
      work(onAlarm)
    }, settleMs)
  }
  const concerns = (event: Extract<LiveBusEvent, { kind: 'alarm' }>): boolean =>
    page.state.page.data.some(({ id }) => id.id === event.alarmId) ||
    (query.pageLink.page === 0 && (!entityFilter || event.entityIds.some((id) => matched.has(id))))
  const listener: TopicListener = {
    onEvent: (event) => {
      if (event.kind === 'alarm' && concerns(event)) soon()
    },
    onGap: soon,
  }

  // An entity that was given to somebody else must disappear with its alarms.
  let checking: NodeJS.Timeout | null = null
  const stopObserving = topics.observe(({ id }) => {
    if (!matched.has(id) || checking) return
    checking = setTimeout(() => {
      checking = null
      work(refresh)
    }, settleMs)
  })

  const timer = setInterval(() => work(refresh), refreshMs)
  const close = () => {
    isClosed = true
    clearInterval(timer)
    for (const one of [settling, checking]) if (one) clearTimeout(one)
    stopObserving()
    follower.close()
    if (tenantId) topics.unlisten(alarmsTopic, tenantId, listener)
  }
  const page: Page = {
    state: emptyState,
    members,
    close,
    present: () => ({ ...page.state, page: follower.pageWithLatest(page.state.page) }),
  }
  try {
    // Listening comes first, so that nothing falls between the first read and the first event.
    if (tenantId) await topics.listen(alarmsTopic, tenantId, listener)
    page.state = await readAlarms(await readEntities())
    follower.follow(page.state.page.data)
    return page
  } catch (error) {
    close()
    throw error
  }
}

/** An alarm may be there once for each entity that shows it. */
const keyOf = (row: AlarmRow | undefined): string => (row ? `${row.id.id} ${row.entityId.id}` : '')

/** The alarm itself; values of its entity are followed apart. */
const alarmText = (row: AlarmRow): string => JSON.stringify({ ...row, latest: null })

const asEntityQuery = (
  { keyFilters, keyFiltersOperation, pageLink }: LiveAlarmQuery,
  entityFilter: EntityFilter,
): EntityDataQuery => {
  const { sortOrder } = pageLink
  return {
    entityFilter,
    keyFilters,
    keyFiltersOperation,
    pageLink: {
      pageSize: maxPageEntities,
      page: 0,
      ...(sortOrder && sortOrder.key.type !== 'ALARM_FIELD' && { sortOrder }),
    },
  }
}

/** Follows the newest values of the entities whose alarms are shown. */
const createRowFollower = (
  caller: Principal,
  keys: readonly EntityKey[],
  topics: Pick<Topics, 'listen' | 'unlisten'>,
  onChange: (entityIds: readonly string[]) => void,
) => {
  const followed = followedKeys(keys)
  const rows = new Map<string, { row: EntityRow; listener: TopicListener }>()

  const drop = (id: string) => {
    const known = rows.get(id)
    if (!known) return
    rows.delete(id)
    topics.unlisten(id, publishingTenant(caller, known.row.entityId), known.listener)
  }
  const withLatest = (row: AlarmRow): AlarmRow => {
    const known = rows.get(row.entityId.id)
    return known ? { ...row, latest: known.row.latest } : row
  }

  return {
    withLatest,
    pageWithLatest: (page: PageData<AlarmRow>): PageData<AlarmRow> => ({ ...page, data: page.data.map(withLatest) }),
    follow: (alarms: readonly AlarmRow[]) => {
      if (keys.length === 0) return
      const wanted = new Map(alarms.map((alarm) => [alarm.entityId.id, alarm]))
      for (const id of [...rows.keys()]) if (!wanted.has(id)) drop(id)
      for (const [id, { entityId, latest }] of wanted) {
        if (rows.has(id)) continue
        const row = createEntityRow({ entityId, latest, timeseries: {}, aggLatest: {} })
        const listener: TopicListener = {
          onEvent: (event) => {
            if (row.apply(event, followed)) onChange([id])
          },
          onGap: () => {},
        }
        rows.set(id, { row, listener })
        void topics.listen(id, publishingTenant(caller, entityId), listener, entityId.entityType)
      }
    },
    close: () => {
      for (const id of [...rows.keys()]) drop(id)
    },
  }
}
