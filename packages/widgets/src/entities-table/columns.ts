import type { DataKey, EntityKey, LivePoint } from '@thingwire/contracts'
import type { FunctionSource } from '@thingwire/dashboards'
import { type EntityRow, entityKeyId } from '../host/host.ts'
import { keyLabel } from '../format.ts'
import { type EntitiesTableSettings, entitiesTableKeySettings } from './manifest.ts'

export type EntityColumn = {
  id: string
  title: string
  /** What a value is formatted by. */
  dataKey: DataKey
  key: EntityKey
  width: string | null
  isSortable: boolean
  visibility: 'visible' | 'hidden' | 'hidden-mobile'
  isChoosable: boolean
  content: FunctionSource | null
  style: FunctionSource | null
}

/** Fields by the names that files have for them. */
const fields: Readonly<Record<string, string>> = { entityName: 'name', entityLabel: 'label', entityType: 'type' }

const keyOf = ({ type, name }: DataKey): EntityKey | null => {
  if (type === 'timeseries') return { type: 'TIME_SERIES', key: name }
  if (type === 'attribute') return { type: 'ATTRIBUTE', key: name }
  return type === 'entityField' ? { type: 'ENTITY_FIELD', key: fields[name] ?? name } : null
}

const field = (name: string, title: string): EntityColumn => ({
  id: `ENTITY_FIELD ${name}`,
  title,
  dataKey: { name, type: 'entityField', label: title, settings: {} },
  key: { type: 'ENTITY_FIELD', key: name },
  width: null,
  isSortable: true,
  visibility: 'visible',
  isChoosable: true,
  content: null,
  style: null,
})

const keyColumn = (dataKey: DataKey): EntityColumn[] => {
  const key = keyOf(dataKey)
  if (!key) return []
  const own = entitiesTableKeySettings.parse(dataKey.settings)
  return [
    {
      id: entityKeyId(key),
      title: own.customTitle || keyLabel(dataKey, ''),
      dataKey,
      key,
      width: own.columnWidth === '0px' ? null : own.columnWidth,
      isSortable: !own.disableSorting,
      visibility: own.defaultColumnVisibility,
      isChoosable: own.columnSelectionToDisplay === 'enabled',
      content: own.useCellContentFunction ? own.cellContentFunction : null,
      style: own.useCellStyleFunction ? own.cellStyleFunction : null,
    },
  ]
}

/** Name, label and type as the settings say, then a column a key; one that stands twice stands once. */
export const columnsOf = (
  settings: EntitiesTableSettings,
  keys: readonly DataKey[],
  words: { entity: string; label: string; type: string },
): EntityColumn[] => {
  const all = [
    ...(settings.displayEntityName ? [field('name', settings.entityNameColumnTitle || words.entity)] : []),
    ...(settings.displayEntityLabel ? [field('label', settings.entityLabelColumnTitle || words.label)] : []),
    ...(settings.displayEntityType ? [field('type', words.type)] : []),
    ...keys.flatMap(keyColumn),
  ]
  return [...new Map(all.map((column) => [column.id, column])).values()]
}

/** The order that a file names by a title: `-createdTime` is newest first. */
export const initialSort = (order: string, columns: readonly EntityColumn[]) => {
  const desc = order.startsWith('-')
  const wanted = order.replace(/^[-+]/, '')
  const named = columns.find(
    ({ title, dataKey, key }) =>
      title === wanted || dataKey.label === wanted || dataKey.name === wanted || key.key === (fields[wanted] ?? wanted),
  )
  return named?.isSortable ? { column: named.id, desc } : null
}

/** The value in a cell; undefined: there is none. Fields have no time. */
export const pointOf = (row: EntityRow, { key }: Pick<EntityColumn, 'key'>): LivePoint | undefined => {
  if (key.type !== 'ENTITY_FIELD') return row.values.get(entityKeyId(key))
  const text = row.fields[key.key]
  if (text === undefined || text === '') return undefined
  return [0, /time$/i.test(key.key) && Number.isFinite(Number(text)) ? Number(text) : text]
}

/** The entity as functions of files know it: its own members, and its values by title. */
export const recordOf = (row: EntityRow, columns: readonly EntityColumn[]): Record<string, unknown> => ({
  id: row.entity.id,
  entityName: row.entity.name,
  entityLabel: row.entity.label,
  entityType: row.entity.id.entityType,
  ...Object.fromEntries(
    columns.map((column) => [column.dataKey.label || column.dataKey.name, pointOf(row, column)?.[1]]),
  ),
})
