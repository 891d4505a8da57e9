import type { EntityData, EntityDataQuery, EntityId, EntityKey, LivePoint, PageData } from '@thingwire/contracts'
import { entityKeyId, type WidgetEntity } from '@thingwire/widgets/manifests'
import type { LiveChange, LiveListener, LiveRequest } from '@/live/live-client.ts'
import { toPoint } from './parse-value.ts'

/** Which entities; equal questions share one subscription. */
export type EntityQuestion = Pick<EntityDataQuery, 'entityFilter' | 'keyFilters' | 'keyFiltersOperation'> & {
  pageSize: number
}

/** What somebody wants to know of the entities. */
export type EntityWants = { fields: readonly string[]; keys: readonly EntityKey[]; series: readonly string[] }

export type EntityRowData = {
  entity: WidgetEntity
  createdTime: number
  fields: Readonly<Record<string, string>>
  /** By `entityKeyId`. A point is the same object as long as nothing newer came. */
  values: ReadonlyMap<string, LivePoint>
}

export type EntitySetState =
  | { status: 'loading' }
  | { status: 'failed'; reason: string }
  | { status: 'ready'; rows: ReadonlyMap<string, EntityRowData>; total: number }

export type EntitySetListener = {
  /** Values of these entities changed; null: it may be other entities, or another status. */
  changed?(entityIds: ReadonlySet<string> | null): void
  /** New points of series that somebody wants, as they are stored. */
  points?(entityId: string, points: Readonly<Record<string, LivePoint[]>>): void
  /** Points may have been missed: what is known of the series is to be read again. */
  missed?(): void
}

export type EntitySetPorts = {
  subscribe(request: LiveRequest, listener: LiveListener): () => void
  /** Runs once what is being asked for now is known. */
  soon(run: () => void): void
  after(delayMs: number, run: () => void): () => void
}

/** Most keys of one subscription (the server takes 200 and adds its own). */
export const mostKeys = 180
const alwaysFields = ['name', 'label', 'type', 'createdTime']
/** A part of the board that is left and come back to soon finds its values as they go on. */
const lingerMs = 10_000

type Asked = { fields: ReadonlySet<string>; keys: ReadonlyMap<string, EntityKey>; series: ReadonlySet<string> }

const covers = (asked: Asked, wants: EntityWants): boolean =>
  wants.fields.every((field) => asked.fields.has(field)) &&
  wants.keys.every((key) => asked.keys.has(entityKeyId(key))) &&
  wants.series.every((key) => asked.series.has(key))

const union = (all: Iterable<EntityWants>): Asked => {
  const fields = new Set(alwaysFields)
  const keys = new Map<string, EntityKey>()
  const series = new Set<string>()
  for (const wants of all) {
    for (const field of wants.fields) fields.add(field)
    for (const key of wants.keys) keys.set(entityKeyId(key), key)
    for (const key of wants.series) series.add(key)
  }
  return { fields, keys, series }
}

/** Filters whose entities can change by themselves are asked again by the server from time to time. */
const isDynamic = ({ entityFilter, keyFilters }: EntityQuestion): boolean =>
  (entityFilter.type !== 'singleEntity' && entityFilter.type !== 'entityList') || (keyFilters ?? []).length > 0

/** Of one the newest counts, as files expect it; many stand in the order of their names. */
const orderOf = (pageSize: number) =>
  pageSize === 1
    ? { key: { type: 'ENTITY_FIELD' as const, key: 'createdTime' }, direction: 'DESC' as const }
    : { key: { type: 'ENTITY_FIELD' as const, key: 'name' }, direction: 'ASC' as const }

const requestOf = (question: EntityQuestion, asked: Asked): LiveRequest => {
  const { pageSize, ...filter } = question
  const keys = [...asked.keys.values()].sort((a, b) => (entityKeyId(a) < entityKeyId(b) ? -1 : 1))
  return {
    kind: 'entity-data',
    query: {
      ...filter,
      entityFields: [...asked.fields].sort().map((key) => ({ type: 'ENTITY_FIELD' as const, key })),
      pageLink: {
        page: 0,
        pageSize,
        sortOrder: orderOf(pageSize),
        dynamic: isDynamic(question),
      },
    },
    keys,
    series: [...asked.series].sort(),
  }
}

const rowOf = ({ entityId, latest }: EntityData, before: EntityRowData | undefined): EntityRowData => {
  const fields: Record<string, string> = {}
  for (const [key, { value }] of Object.entries(latest.ENTITY_FIELD ?? {})) fields[key] = value
  const entity: WidgetEntity = {
    id: entityId,
    name: fields.name ?? '',
    label: fields.label ?? '',
    type: fields.type ?? '',
  }
  const values = withValues(new Map(), latest, before?.values)
  return { entity, createdTime: Number(fields.createdTime ?? 0), fields, values }
}

/** Points that say what is known already stay the same objects. */
const withValues = (
  onto: Map<string, LivePoint>,
  latest: EntityData['latest'],
  before: ReadonlyMap<string, LivePoint> = onto,
): Map<string, LivePoint> => {
  for (const [type, values] of Object.entries(latest)) {
    if (type === 'ENTITY_FIELD') continue
    for (const [key, value] of Object.entries(values)) {
      const name = `${type} ${key}`
      const point = toPoint(value)
      const known = before.get(name)
      if (!point) onto.delete(name)
      else onto.set(name, known && known[0] === point[0] && known[1] === point[1] ? known : point)
    }
  }
  return onto
}

/**
 * The entities that one question finds, with the newest values of all keys that anybody on the page wants of them: one
 * subscription for all. When more is wanted, a wider subscription takes its place once it has answered.
 */
export class EntitySet {
  readonly #question: EntityQuestion
  readonly #ports: EntitySetPorts
  readonly #wants = new Map<EntitySetListener, EntityWants>()
  readonly #closed: () => void
  #asked: Asked | null = null
  /** What the server has answered. */
  #known: Asked | null = null
  #isGap = false
  #leave: (() => void) | null = null
  #rows = new Map<string, EntityRowData>()
  #state: EntitySetState = { status: 'loading' }
  #isPlanned = false
  #cancelLinger: (() => void) | null = null

  constructor(question: EntityQuestion, ports: EntitySetPorts, closed: () => void) {
    this.#question = question
    this.#ports = ports
    this.#closed = closed
  }

  readonly state = (): EntitySetState => this.#state

  /** Whether there is room for more keys in the one subscription. */
  takes(wants: EntityWants): boolean {
    const { keys, series } = union([...this.#wants.values(), wants])
    return this.#wants.size === 0 || Math.max(keys.size, series.size) <= mostKeys
  }

  /** Whether the newest values of these are known, and new points of these series come in. */
  follows(wants: EntityWants): boolean {
    return this.#state.status === 'ready' && this.#known !== null && covers(this.#known, wants)
  }

  /** Asks again after a refusal. */
  retry(): void {
    if (this.#state.status !== 'failed') return
    this.#state = { status: 'loading' }
    this.#tell(null)
    this.#plan()
  }

  join(listener: EntitySetListener, wants: EntityWants): () => void {
    this.#cancelLinger?.()
    this.#cancelLinger = null
    this.#wants.set(listener, wants)
    this.#plan()
    return () => {
      if (!this.#wants.delete(listener) || this.#wants.size > 0) return
      this.#cancelLinger = this.#ports.after(lingerMs, () => this.#close())
    }
  }

  #close(): void {
    this.#leave?.()
    this.#leave = null
    this.#closed()
  }

  #plan(): void {
    if (this.#isPlanned) return
    this.#isPlanned = true
    this.#ports.soon(() => {
      this.#isPlanned = false
      if (this.#wants.size > 0) this.#ask()
    })
  }

  #ask(): void {
    const { status } = this.#state
    const known = this.#asked
    if (known && status !== 'failed' && [...this.#wants.values()].every((wants) => covers(known, wants))) return
    const asked = union(this.#wants.values())
    this.#asked = asked
    const former = this.#leave
    let isFirst = true
    const leave = this.#ports.subscribe(requestOf(this.#question, asked), (change) => {
      if (isFirst && (change.kind === 'refused' || (change.kind === 'entity-data' && change.page))) {
        isFirst = false
        former?.()
        this.#known = change.kind === 'refused' ? null : asked
      }
      // An even wider one may be on its way already; until it answers this one speaks.
      this.#take(change)
    })
    this.#leave = () => {
      leave()
      former?.()
    }
  }

  #take(change: LiveChange): void {
    if (change.kind === 'refused') {
      this.#state = { status: 'failed', reason: change.message }
      this.#tell(null)
    }
    // Known only from the next page on: what is read before the server follows again might miss what comes between.
    if (change.kind === 'gap') this.#isGap = true
    if (change.kind !== 'entity-data') return
    if (change.page) this.#replace(change.page)
    if (change.changed.length > 0) this.#patch(change.changed)
    const isMissing = change.isMissing ?? (this.#isGap && change.page !== null)
    if (change.page) this.#isGap = false
    if (isMissing) for (const listener of [...this.#wants.keys()]) listener.missed?.()
    for (const { entityId, points } of change.points ?? [])
      for (const listener of [...this.#wants.keys()]) listener.points?.(entityId.id, points)
  }

  #replace(page: PageData<EntityData>): void {
    const rows = new Map<string, EntityRowData>()
    for (const data of page.data) rows.set(data.entityId.id, rowOf(data, this.#rows.get(data.entityId.id)))
    this.#rows = rows
    this.#state = { status: 'ready', rows, total: page.totalElements }
    this.#tell(null)
  }

  #patch(changed: readonly { entityId: EntityId; latest: EntityData['latest'] }[]): void {
    if (this.#state.status !== 'ready') return
    const ids = new Set<string>()
    for (const { entityId, latest } of changed) {
      const row = this.#rows.get(entityId.id)
      if (!row) continue
      // The maps are this set's own; who holds a point holds what it was.
      this.#rows.set(entityId.id, { ...row, values: withValues(new Map(row.values), latest) })
      ids.add(entityId.id)
    }
    if (ids.size > 0) this.#tell(ids)
  }

  #tell(ids: ReadonlySet<string> | null): void {
    for (const listener of [...this.#wants.keys()]) listener.changed?.(ids)
  }
}
