import type { AlarmData, DataKey, EntityKey } from '@thingwire/contracts'
import type { FunctionSource } from '@thingwire/dashboards'
import { keyLabel } from '../format.ts'
import { alarmsTableKeySettings } from './manifest.ts'

export type AlarmColumn = {
  id: string
  title: string
  dataKey: DataKey
  /** What the server sorts by; null: it cannot. */
  sortKey: EntityKey | null
  width: string | null
  visibility: 'visible' | 'hidden' | 'hidden-mobile'
  isChoosable: boolean
  content: FunctionSource | null
  style: FunctionSource | null
}

/** Fields that the server sorts by, by the names that files have for them. */
const sortFields: Readonly<Record<string, string>> = {
  createdTime: 'createdTime',
  startTime: 'startTime',
  endTime: 'endTime',
  ackTime: 'ackTime',
  clearTime: 'clearTime',
  originator: 'originator',
  originatorLabel: 'originatorLabel',
  originatorDisplayName: 'originatorDisplayName',
  originatorType: 'originatorType',
  type: 'type',
  // By how bad it is, not by the letter.
  severity: 'severityRank',
  status: 'status',
  assignee: 'assignee',
}

/** Fields of an alarm that are times, by the names of files. */
const times = {
  createdTime: 'createdTime',
  startTime: 'startTs',
  endTime: 'endTs',
  ackTime: 'ackTs',
  clearTime: 'clearTs',
} as const satisfies Record<string, keyof AlarmData>

export const isAlarmTime = (name: string): name is keyof typeof times => Object.hasOwn(times, name)

const entityFields: Readonly<Record<string, string>> = { entityName: 'name', entityLabel: 'label', entityType: 'type' }
const fieldOf = (name: string): string => entityFields[name] ?? name

const latestKinds: ReadonlyMap<DataKey['type'], EntityKey['type']> = new Map([
  ['timeseries', 'TIME_SERIES'],
  ['attribute', 'ATTRIBUTE'],
  ['entityField', 'ENTITY_FIELD'],
])

/** Of a file without columns. */
export const usualKeys = (title: (name: string) => string): DataKey[] =>
  ['createdTime', 'originatorDisplayName', 'type', 'severity', 'status', 'assignee'].map((name) => ({
    ...{ name, type: 'alarm', settings: {} },
    label: title(name),
  }))

const alarmKey = (key: string): EntityKey => ({ type: 'ALARM_FIELD', key })

/** Fields of alarms that the server knows, and values of the entity; no members of details. */
const sortKeyOf = ({ type, name }: DataKey): EntityKey | null => {
  const kind = latestKinds.get(type)
  if (kind) return { type: kind, key: type === 'entityField' ? fieldOf(name) : name }
  const field = type === 'alarm' && Object.hasOwn(sortFields, name) ? sortFields[name] : undefined
  return field === undefined ? null : alarmKey(field)
}

/** A column a key; one that stands twice stands once. */
export const alarmColumns = (keys: readonly DataKey[]): AlarmColumn[] => {
  const all = keys.map((dataKey): AlarmColumn => {
    const own = alarmsTableKeySettings.parse(dataKey.settings)
    return {
      id: `${dataKey.type} ${dataKey.name}`,
      title: own.customTitle || keyLabel(dataKey, ''),
      dataKey,
      sortKey: own.disableSorting ? null : sortKeyOf(dataKey),
      width: own.columnWidth === '0px' ? null : own.columnWidth,
      visibility: own.defaultColumnVisibility,
      isChoosable: own.columnSelectionToDisplay === 'enabled',
      content: own.useCellContentFunction ? own.cellContentFunction : null,
      style: own.useCellStyleFunction ? own.cellStyleFunction : null,
    }
  })
  return [...new Map(all.map((column) => [column.id, column])).values()]
}

/** The order that a file names by a field or a title; what is no column sorts all the same. */
export const initialAlarmSort = (order: string, columns: readonly AlarmColumn[]) => {
  const desc = order.startsWith('-')
  const wanted = order.replace(/^[-+]/, '')
  const named = columns.find(
    ({ title, dataKey }) => dataKey.name === wanted || dataKey.label === wanted || title === wanted,
  )
  const field = Object.hasOwn(sortFields, wanted) ? sortFields[wanted] : undefined
  const key = named?.sortKey ?? (field === undefined ? null : alarmKey(field))
  return key ? { column: named?.id ?? '', key, desc } : { column: '', key: alarmKey('createdTime'), desc: true }
}

/** Of an entity of the query: text as it came, numbers as numbers. */
const latestValue = (alarm: AlarmData, { type, name }: DataKey): unknown => {
  const kind = latestKinds.get(type)
  const key = type === 'entityField' ? fieldOf(name) : name
  const text = kind === undefined ? undefined : alarm.latest[kind]?.[key]?.value
  if (text === undefined || text === '') return undefined
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : text
}

/** A member of the details by a path with dots. */
const detail = (details: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (at, name) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, name) ? Reflect.get(at, name) : undefined,
    details,
  )

const assigneeName = ({ assignee }: AlarmData): string | undefined =>
  assignee
    ? [assignee.firstName, assignee.lastName].filter((part) => part?.trim()).join(' ') || assignee.email
    : undefined

/** The value in a cell; undefined: there is none. */
export const alarmValue = (alarm: AlarmData, { dataKey }: Pick<AlarmColumn, 'dataKey'>): unknown => {
  const { name, type } = dataKey
  if (type !== 'alarm') return latestValue(alarm, dataKey)
  // 0 is "not yet".
  if (isAlarmTime(name)) return alarm[times[name]] || undefined
  switch (name) {
    case 'originator':
      return alarm.originatorName ?? undefined
    case 'originatorDisplayName':
      return alarm.originatorDisplayName ?? alarm.originatorName ?? undefined
    case 'originatorLabel':
      return alarm.originatorLabel || undefined
    case 'originatorType':
      return alarm.originator.entityType
    case 'assignee':
      return assigneeName(alarm)
    case 'type':
    case 'severity':
    case 'status':
      return alarm[name]
    default: {
      const [head, ...path] = name.split('.')
      return head === 'details' ? detail(alarm.details, path) : undefined
    }
  }
}

/** The alarm as functions of files know it: itself, and the values of its columns by title. */
export const alarmRecord = (alarm: AlarmData, columns: readonly AlarmColumn[]): Record<string, unknown> => ({
  ...alarm,
  originatorId: alarm.originator,
  originator: alarm.originatorName,
  ...Object.fromEntries(
    columns.map((column) => [column.dataKey.label || column.dataKey.name, alarmValue(alarm, column)]),
  ),
})
