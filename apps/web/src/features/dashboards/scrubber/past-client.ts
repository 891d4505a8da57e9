import type { AlarmData, EntityData, LiveAlarmQuery, LivePoint, QueryValue } from '@thingwire/contracts'
import type { Live, LiveChange, LiveListener, LiveRequest } from '@/live/live-client.ts'
import type { SeriesReads } from '../data/series-reads.ts'
import { alarmPageAt, queryOfCount, readAlarms } from './past-alarms.ts'
import { followPast, type PastValues } from './past-values.ts'
import type { TravelClock } from './travel-clock.ts'

export type PastClientPorts = {
  /** What it is like now. */
  live: Live
  reads: SeriesReads
  clock: TravelClock
  after: (delayMs: number, run: () => void) => () => void
}

type Request<K extends LiveRequest['kind']> = Extract<LiveRequest, { kind: K }>

/** Alarms and counts are told no more often than that while it plays, ms. */
const gatherMs = 250

const textOf = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))
/** A value as queries answer it; a time of 0 says that there is none. */
const queryValue = (point: LivePoint | null): QueryValue =>
  point ? { ts: point[0], value: textOf(point[1]) } : { ts: 0, value: '' }

const namesOf = (request: Request<'entity-data'>): string[] => {
  const all = [...request.keys, ...(request.query.latestValues ?? [])]
  return [...new Set(all.flatMap(({ type, key }) => (type === 'TIME_SERIES' ? [key] : [])))]
}

const isSamePoint = (a: LivePoint | null | undefined, b: LivePoint | null) =>
  a === b || (a != null && b !== null && a[0] === b[0] && a[1] === b[1])

/**
 * Entities as they are now, with the time series that they had then. Fields and attributes have no history; neither has
 * which entities a filter finds.
 */
const entitiesAt = (request: Request<'entity-data'>, ports: PastClientPorts, tell: LiveListener): (() => void) => {
  const names = namesOf(request)
  let rows: readonly EntityData[] = []
  let page: Extract<LiveChange, { kind: 'entity-data' }>['page'] = null
  let values: PastValues | null = null
  /** What was told of each entity and key. */
  let told = new Map<string, LivePoint | null>()

  const withValues = (row: EntityData): EntityData => {
    const series: Record<string, QueryValue> = {}
    for (const name of names) {
      const point = values?.value(row.entityId.id, name) ?? null
      told.set(`${row.entityId.id} ${name}`, point)
      series[name] = queryValue(point)
    }
    return names.length === 0 ? row : { ...row, latest: { ...row.latest, TIME_SERIES: series } }
  }
  const tellPage = () => {
    if (!page || (names.length > 0 && rows.length > 0 && !values?.isReady())) return
    told = new Map()
    tell({ kind: 'entity-data', page: { ...page, data: rows.map(withValues) }, changed: [] })
    page = null
  }
  const tellChanges = () => {
    const changed = rows.flatMap(({ entityId }) => {
      const series: Record<string, QueryValue> = {}
      for (const name of names) {
        const id = `${entityId.id} ${name}`
        const point = values?.value(entityId.id, name) ?? null
        if (isSamePoint(told.get(id), point)) continue
        told.set(id, point)
        series[name] = queryValue(point)
      }
      return Object.keys(series).length > 0 ? [{ entityId, latest: { TIME_SERIES: series } }] : []
    })
    if (changed.length > 0) tell({ kind: 'entity-data', page: null, changed })
  }
  const follow = () => {
    values?.stop()
    values = null
    if (names.length === 0 || rows.length === 0) return tellPage()
    const asked = { entityIds: rows.map(({ entityId }) => entityId), keys: names }
    values = followPast(asked, ports, () => (page ? tellPage() : tellChanges()))
  }
  const leave = ports.live.subscribe({ ...request, series: [] }, (change) => {
    if (change.kind === 'refused') return tell(change)
    if (change.kind !== 'entity-data') return
    if (change.page) {
      page = change.page
      rows = page.data
      follow()
    }
    const others = change.changed.flatMap(({ entityId, latest: { TIME_SERIES: _now, ...latest } }) =>
      Object.keys(latest).length > 0 ? [{ entityId, latest }] : [],
    )
    if (others.length > 0 && !page) tell({ kind: 'entity-data', page: null, changed: others })
  })
  return () => {
    leave()
    values?.stop()
  }
}

/** Runs at each moment at which the clock stands, and now and then while it moves. */
const atMoments = ({ clock, after }: PastClientPorts, run: (ts: number) => void): (() => void) => {
  let cancel: (() => void) | null = null
  let ranAt: number | null = null
  const go = () => {
    cancel = null
    const { ts } = clock.get()
    if (ts === ranAt) return
    ranAt = ts
    run(ts)
  }
  const leave = clock.listen(() => {
    cancel ??= after(gatherMs, go)
  })
  go()
  return () => {
    leave()
    cancel?.()
  }
}

/** The first page that a question finds now. */
const findOnce = (live: Live, query: LiveAlarmQuery): Promise<readonly AlarmData[]> =>
  new Promise((resolve, reject) => {
    let leave: (() => void) | null = null
    let isOver = false
    const end = (run: () => void) => {
      isOver = true
      leave?.()
      run()
    }
    leave = live.subscribe({ kind: 'alarms', query }, (change) => {
      if (isOver) return
      if (change.kind === 'refused') end(() => reject(new Error(change.message)))
      if (change.kind === 'alarms' && change.page) {
        const { data } = change.page
        end(() => resolve(data))
      }
    })
    if (isOver) leave()
  })

const alarmsAt = (
  query: LiveAlarmQuery,
  ports: PastClientPorts,
  tell: LiveListener,
  show: (alarms: readonly AlarmData[], ts: number) => LiveChange,
): (() => void) => {
  let leave: (() => void) | null = null
  let isOver = false
  readAlarms(query, ports.clock.range, (one) => findOnce(ports.live, one)).then(
    (alarms) => {
      if (!isOver) leave = atMoments(ports, (ts) => tell(show(alarms, ts)))
    },
    (error: unknown) => {
      if (!isOver) tell({ kind: 'refused', message: error instanceof Error ? error.message : String(error) })
    },
  )
  return () => {
    isOver = true
    leave?.()
  }
}

const pageOf = (query: LiveAlarmQuery, { clock: { range } }: PastClientPorts) => {
  const { pageSize } = query.pageLink
  return (alarms: readonly AlarmData[], ts: number): LiveChange => {
    const { data, total } = alarmPageAt(alarms, query, ts, range)
    const totalPages = Math.ceil(total / Math.max(1, pageSize))
    const hasNext = query.pageLink.page + 1 < totalPages
    return { kind: 'alarms', page: { data, totalElements: total, totalPages, hasNext }, totalEntities: 0, changed: [] }
  }
}

const countOf = (query: LiveAlarmQuery, { clock: { range } }: PastClientPorts) => {
  return (alarms: readonly AlarmData[], ts: number): LiveChange => ({
    kind: 'alarm-count',
    count: alarmPageAt(alarms, query, ts, range).total,
  })
}

/** Of the entities that there are now, those that there were then. */
const entityCountAt = ({ query }: Request<'entity-count'>, ports: PastClientPorts, tell: LiveListener) => {
  let leave: (() => void) | null = null
  const ask = (ts: number) => {
    const wasMade = {
      key: { type: 'ENTITY_FIELD' as const, key: 'createdTime' },
      valueType: 'NUMERIC' as const,
      predicate: {
        type: 'NUMERIC' as const,
        operation: 'LESS_OR_EQUAL' as const,
        value: { defaultValue: ts },
      },
    }
    const before = query.keyFilters ?? []
    // One of several conditions is enough: another one would narrow nothing.
    const isAny = query.keyFiltersOperation === 'OR' && before.length > 0
    const former = leave
    leave = ports.live.subscribe(
      { kind: 'entity-count', query: isAny ? query : { ...query, keyFilters: [...before, wasMade] } },
      tell,
    )
    former?.()
  }
  const stop = atMoments(ports, ask)
  return () => {
    stop()
    leave?.()
  }
}

const latestAt = (request: Request<'latest'> & { keys: string[] }, ports: PastClientPorts, tell: LiveListener) => {
  const { entityId, keys } = request
  const values = followPast({ entityIds: [entityId], keys }, ports, () => {
    const known = keys.map((key) => [key, values.value(entityId.id, key)] as const)
    const found = known.flatMap(([key, point]): [string, LivePoint][] => (point ? [[key, point]] : []))
    const deleted = known.flatMap(([key, point]) => (point ? [] : [key]))
    tell({ kind: 'latest', values: Object.fromEntries(found), deleted })
  })
  return values.stop
}

/** Answers what widgets ask as it was at the moment of a clock. What has no history is answered as it is now. */
export const createPastClient = (ports: PastClientPorts): Live => {
  const { live } = ports
  return {
    state: live.state,
    onStateChange: live.onStateChange,
    subscribe: (request, listener) => {
      switch (request.kind) {
        case 'entity-data':
          return entitiesAt(request, ports, listener)
        case 'alarms':
          return alarmsAt(request.query, ports, listener, pageOf(request.query, ports))
        case 'alarm-count': {
          const query = queryOfCount(request.query)
          return alarmsAt(query, ports, listener, countOf(query, ports))
        }
        case 'entity-count':
          return entityCountAt(request, ports, listener)
        case 'latest':
          return request.keys && request.keys.length > 0
            ? latestAt({ ...request, keys: request.keys }, ports, listener)
            : live.subscribe(request, listener)
        case 'timeseries':
        case 'attributes':
        case 'rule-chain':
        case 'editors':
          return live.subscribe(request, listener)
      }
    },
  }
}
