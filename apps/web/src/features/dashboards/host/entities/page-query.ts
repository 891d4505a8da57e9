import type { EntityCountQuery, EntityData, EntityDataQuery, EntityKey } from '@thingwire/contracts'
import type { DashboardDatasource } from '@thingwire/dashboards'
import { type EntityPageRequest, type EntityRow, entityKeyId } from '@thingwire/widgets/manifests'
import { toPoint } from '../../data/parse-value.ts'

/** What every row tells, whatever its columns. */
const usualFields = ['name', 'label', 'type', 'createdTime']

/** The key of a query that a data key of a file asks for; null for those that are no value of an entity. */
export const keyOf = ({ type, name }: { type: string; name: string }): EntityKey | null => {
  switch (type) {
    case 'timeseries':
      return { type: 'TIME_SERIES', key: name }
    case 'attribute':
      return { type: 'ATTRIBUTE', key: name }
    case 'entityField':
      return { type: 'ENTITY_FIELD', key: fieldOf(name) }
    default:
      return null
  }
}

/** Files call some fields otherwise than queries do. */
const fieldOf = (name: string): string =>
  ({ entityName: 'name', entityLabel: 'label', entityType: 'type' })[name] ?? name

/** `keys`: whose values are followed. */
export type PageQuery = { query: EntityDataQuery; keys: EntityKey[] }

/** One page of the entities of a datasource, with the values of its columns. */
export const pageQuery = (
  base: EntityCountQuery,
  datasource: Pick<DashboardDatasource, 'dataKeys'>,
  request: EntityPageRequest,
): PageQuery => {
  const wanted = new Map<string, EntityKey>()
  for (const key of [...datasource.dataKeys.map(keyOf), ...(request.keys ?? [])])
    if (key) wanted.set(entityKeyId(key), key)
  const all = [...wanted.values()]
  const fields = new Set([...usualFields, ...all.flatMap(({ type, key }) => (type === 'ENTITY_FIELD' ? [key] : []))])
  const keys = all.filter(({ type }) => type !== 'ENTITY_FIELD')
  return {
    keys,
    query: {
      ...base,
      entityFields: [...fields].map((key) => ({ type: 'ENTITY_FIELD' as const, key })),
      latestValues: keys,
      pageLink: {
        page: request.page,
        pageSize: request.pageSize,
        textSearch: request.search || null,
        sortOrder: request.sort ?? { key: { type: 'ENTITY_FIELD', key: 'name' }, direction: 'ASC' },
        dynamic: true,
      },
    },
  }
}

/** What the server knows of an entity as a row; `before`: the same row, when this is a change of it. */
export const rowOf = ({ entityId, latest }: Pick<EntityData, 'entityId' | 'latest'>, before?: EntityRow): EntityRow => {
  const fields: Record<string, string> = { ...before?.fields }
  const values = new Map(before?.values)
  for (const [type, byKey] of Object.entries(latest)) {
    for (const [key, value] of Object.entries(byKey)) {
      if (type === 'ENTITY_FIELD') {
        fields[key] = value.value
        continue
      }
      const point = toPoint(value)
      if (point) values.set(`${type} ${key}`, point)
      else values.delete(`${type} ${key}`)
    }
  }
  const { name = '', label = '', type = '' } = fields
  return { entity: { id: entityId, name, label, type }, fields, values }
}
