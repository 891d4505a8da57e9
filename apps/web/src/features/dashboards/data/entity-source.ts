import type { EntityKey, LivePoint } from '@thingwire/contracts'
import { entityKeyId, type WidgetEntity } from '@thingwire/widgets/manifests'
import type { EntityQuestion, EntityRowData, EntitySet, EntitySetListener, EntityWants } from './entity-set.ts'
import type { EntitySets } from './entity-sets.ts'
import { parseValue } from './parse-value.ts'
import type { PostProcessor, Processed } from './post-process.ts'
import { createSeriesMemory, type Source, type SourceKey, type SourcePlace, type SourceState } from './source.ts'

/** Points of one key of the entities, from somewhere else than their newest values. */
export type PointsFeed = {
  start: (changed: () => void) => void
  stop: () => void
  state: () => { status: 'loading' } | { status: 'failed'; reason: string; retry: () => void } | { status: 'ready' }
  /** The same list as long as nothing changed. */
  points: (entityId: string) => readonly LivePoint[]
}

type EntitySourceKey = SourceKey & {
  /** Null: the newest value. */
  feed: PointsFeed | null
}

const fieldNames: Readonly<Record<string, string>> = { entityName: 'name', entityLabel: 'label', profileName: 'type' }
const fieldOf = (name: string): string => fieldNames[name] ?? name

/** Under which key the server knows the newest value of a data key; null: it is a field, or none. */
const latestKeyOf = ({ dataKey }: SourceKey): EntityKey | null => {
  if (dataKey.type === 'timeseries') return { type: 'TIME_SERIES', key: dataKey.name }
  return dataKey.type === 'attribute' ? { type: 'ATTRIBUTE', key: dataKey.name } : null
}

const wantsOf = (keys: readonly EntitySourceKey[]): EntityWants => {
  const latest = keys.filter(({ feed }) => feed === null)
  return {
    fields: latest.flatMap(({ dataKey }) =>
      dataKey.type === 'entityField' && dataKey.name !== 'entityType' ? [fieldOf(dataKey.name)] : [],
    ),
    keys: latest.flatMap((key) => latestKeyOf(key) ?? []),
    series: [],
  }
}

const none: readonly LivePoint[] = []
/** What functions of keys get where there is no newest value: files count on being asked then, too. */
const absent: readonly LivePoint[] = [[0, '']]
const isNothing = (value: unknown) => value === '' || value === null || value === undefined

/** Entities of a question with the points of some keys each. */
export const createEntitySource = (options: {
  place: SourcePlace
  question: EntityQuestion
  keys: readonly EntitySourceKey[]
  sets: EntitySets
  post: PostProcessor
}): Source => {
  const { keys, post, sets } = options
  const memory = createSeriesMemory(options.place)
  const wants = wantsOf(keys)
  const feeds = keys.flatMap(({ feed }) => feed ?? [])
  /** A newest point as a list, the same list for the same point. */
  const lists = new WeakMap<LivePoint, readonly LivePoint[]>()
  const fieldLists = new Map<string, { text: string; list: readonly LivePoint[] }>()
  let set: EntitySet | null = null
  let leave: (() => void) | null = null

  const listOf = (point: LivePoint): readonly LivePoint[] => {
    const known = lists.get(point) ?? [point]
    lists.set(point, known)
    return known
  }
  const fieldPoints = (row: EntityRowData, name: string): readonly LivePoint[] => {
    const text = name === 'entityType' ? row.entity.id.entityType : (row.fields[fieldOf(name)] ?? '')
    if (text === '') return none
    const id = `${row.entity.id.id} ${name}`
    const known = fieldLists.get(id)
    if (known?.text === text) return known.list
    const list: readonly LivePoint[] = [[row.createdTime, parseValue(text)]]
    fieldLists.set(id, { text, list })
    return list
  }
  const pointsOf = (row: EntityRowData, key: EntitySourceKey): readonly LivePoint[] => {
    if (key.feed) return key.feed.points(row.entity.id.id)
    if (key.dataKey.type === 'entityField') return fieldPoints(row, key.dataKey.name)
    const latest = latestKeyOf(key)
    const point = latest && row.values.get(entityKeyId(latest))
    if (point) return listOf(point)
    return latest && key.dataKey.postFuncBody !== null ? absent : none
  }
  /** What is made of an absent value counts if it is one; a function that cannot do without has not failed. */
  const madeOf = (raw: readonly LivePoint[], made: Processed): Processed =>
    raw === absent && (made.problem !== undefined || isNothing(made.points[0]?.[1])) ? { points: none } : made
  const idOf = (key: EntitySourceKey, entity: WidgetEntity) => `${key.role}/${key.place}/${entity.id.id}`

  const state = (): SourceState => {
    const known = set?.state() ?? { status: 'loading' }
    if (known.status === 'failed') return { ...known, retry: () => set?.retry() }
    if (!set?.follows(wants) || known.status !== 'ready') return { status: 'loading' }
    const states = feeds.map((feed) => feed.state())
    const failed = states.find((one) => one.status === 'failed')
    if (failed?.status === 'failed') return failed
    if (states.some((one) => one.status === 'loading')) return { status: 'loading' }
    const rows = [...known.rows.values()]
    const raw = rows.flatMap((row) =>
      keys.map((key) => ({ key, entity: row.entity, id: idOf(key, row.entity), points: pointsOf(row, key) })),
    )
    const made = post.apply(raw.map(({ id, key, points }) => ({ id, code: key.dataKey.postFuncBody, points })))
    if (!made) return { status: 'loading' }
    const parts = raw.map((part, at) => ({ ...part, ...madeOf(part.points, made[at] ?? { points: none }) }))
    return { status: 'ready', series: memory.build(parts), entities: rows.length, total: known.total }
  }

  return {
    start: (changed) => {
      const listener: EntitySetListener = { changed: () => changed() }
      const joined = sets.join(options.question, listener, wants)
      set = joined.set
      leave = joined.leave
      post.start(changed)
      for (const feed of feeds) feed.start(changed)
    },
    stop: () => {
      leave?.()
      leave = null
      post.stop()
      for (const feed of feeds) feed.stop()
    },
    state,
  }
}
