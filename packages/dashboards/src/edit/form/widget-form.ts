import { readAlarmFilter, readDatasource } from '../../document/read-source.ts'
import { readWidget } from '../../document/read-widget.ts'
import { startRemarks } from '../../document/remarks.ts'
import { isRecord, type JsonRecord, recordOf, textOf } from '../../read.ts'
import { mapped, withMember, withMembers, without } from '../json.ts'

const idText = (value: unknown): string | null =>
  textOf(value) ?? (typeof value === 'number' && Number.isFinite(value) ? String(value) : null)

/** Very old files write a key by its name alone. */
const keysOf = (keys: unknown, type: string): unknown =>
  Array.isArray(keys)
    ? mapped<unknown>(keys, (key) => [
        typeof key === 'string' && key !== '' ? { name: key, type, label: key, settings: {} } : key,
      ])
    : keys

const keyTypes: Readonly<Record<string, string>> = { function: 'function', entityCount: 'count', alarmCount: 'count' }

const sourceForm = (source: unknown, isAlarms: boolean): unknown => {
  const read = readDatasource(source, '', startRemarks(), isAlarms)
  if (!isRecord(source) || !read) return source
  const typed = withMembers(without(source, idText(source.deviceAliasId) === null ? [] : ['deviceAliasId']), {
    type: read.type,
    ...(read.entityAliasId !== null && { entityAliasId: read.entityAliasId }),
  })
  const keyType = isAlarms && read.type !== 'function' ? 'alarm' : (keyTypes[read.type] ?? 'timeseries')
  return withMembers(typed, {
    ...(Array.isArray(typed.dataKeys) && { dataKeys: keysOf(typed.dataKeys, keyType) }),
    ...(Array.isArray(typed.latestDataKeys) && { latestDataKeys: keysOf(typed.latestDataKeys, 'timeseries') }),
  })
}

/** What a control commands stood in a list of aliases. */
const targetForm = (config: JsonRecord): JsonRecord => {
  const list: unknown[] = Array.isArray(config.targetDeviceAliasIds) ? config.targetDeviceAliasIds : []
  const older = idText(list[0]) ?? idText(config.targetDeviceAliasId)
  if (older === null) return config
  const target = { ...recordOf(config.targetDevice), type: 'entity', entityAliasId: older }
  const left = without(
    config,
    list.length > 1 ? ['targetDeviceAliasId'] : ['targetDeviceAliasId', 'targetDeviceAliasIds'],
  )
  // A list of several is kept: only its first was ever used.
  return list.length > 1
    ? { ...without(left, ['targetDeviceAliasIds']), targetDevice: target, formerTargetDeviceAliasIds: list }
    : { ...left, targetDevice: target }
}

const olderAlarmMembers = [
  'alarmSearchStatus',
  'alarmStatusList',
  'alarmSeverityList',
  'alarmTypeList',
  'searchPropagatedAlarms',
]

const alarmsForm = (config: JsonRecord): JsonRecord => {
  if (isRecord(config.alarmFilterConfig) || !olderAlarmMembers.some((name) => Object.hasOwn(config, name)))
    return config
  const { statusList, severityList, typeList, searchPropagatedAlarms } = readAlarmFilter(null, config)
  const filter = { statusList, severityList, typeList, searchPropagatedAlarms }
  return withMember(without(config, olderAlarmMembers), 'alarmFilterConfig', filter)
}

const configForm = (config: JsonRecord): JsonRecord => {
  const targeted = alarmsForm(targetForm(config))
  const { datasources, alarmSource } = targeted
  return withMembers(targeted, {
    ...(Array.isArray(datasources) && { datasources: mapped<unknown>(datasources, (one) => [sourceForm(one, false)]) }),
    ...(isRecord(alarmSource) && { alarmSource: sourceForm(alarmSource, true) }),
  })
}

const olderTypeMembers = ['bundleAlias', 'typeAlias', 'isSystemType']

/** A widget of any age in today's form. */
export const widgetForm = (id: string, file: JsonRecord): JsonRecord => {
  const read = readWidget(id, file, '', startRemarks())
  if (!read) return file
  const isNamed = textOf(file.typeFullFqn) !== null
  const typed = read.typeFullFqn === '' ? file : withMember(file, 'typeFullFqn', read.typeFullFqn)
  const bare = isNamed || read.typeFullFqn === '' ? typed : without(typed, olderTypeMembers)
  return withMembers(bare, {
    id: textOf(bare.id) ?? id,
    type: read.kind,
    config: isRecord(bare.config) ? configForm(bare.config) : {},
  })
}
