import { flagOf, isRecord, type JsonRecord, recordOf, textOf, textsOf } from '../read.ts'
import type { AlarmFilter, DashboardDataKey, DashboardDatasource, TargetDevice } from './model.ts'
import { readDataKey } from './read-key.ts'
import type { Remarks } from './remarks.ts'

const types = ['entity', 'device', 'function', 'entityCount', 'alarmCount'] as const

/** Ids of aliases were numbers once. */
export const idOf = (value: unknown): string | null =>
  textOf(value) ?? (typeof value === 'number' ? String(value) : null)

/** The alarms of a source or widget; `older` has the members of before they had a place of their own. */
export const readAlarmFilter = (file: unknown, older: JsonRecord = {}): AlarmFilter => {
  const isNew = isRecord(file)
  const from = recordOf(file)
  const status = textsOf(isNew ? from.statusList : (older.alarmStatusList ?? older.alarmSearchStatus))
  return {
    statusList: status.filter((one) => one !== 'ANY'),
    severityList: textsOf(isNew ? from.severityList : older.alarmSeverityList),
    typeList: textsOf(isNew ? from.typeList : older.alarmTypeList),
    searchPropagatedAlarms: flagOf(isNew ? from.searchPropagatedAlarms : older.searchPropagatedAlarms) ?? !isNew,
    assigneeId: textOf(recordOf(from.assigneeId).id) ?? textOf(from.assigneeId),
    assignedToCurrentUser: flagOf(from.assignedToCurrentUser) ?? false,
  }
}

const keysOf = (
  file: unknown,
  kind: Parameters<typeof readDataKey>[1],
  path: string,
  remarks: Remarks,
): DashboardDataKey[] => {
  if (file === undefined || file === null) return []
  if (!Array.isArray(file)) {
    remarks.note(path, 'left out', 'not a list of data keys')
    return []
  }
  return file.flatMap((one: unknown, index) => readDataKey(one, kind, `${path}[${index}]`, remarks) ?? [])
}

/** What a datasource without a type is, by what it names. */
const guessType = (file: JsonRecord, aliasId: string | null): DashboardDatasource['type'] => {
  if (aliasId !== null) return 'entity'
  if (textOf(file.deviceId) !== null) return 'device'
  const keys: unknown[] = Array.isArray(file.dataKeys) ? file.dataKeys : []
  return keys.some((key) => recordOf(key).type === 'function') ? 'function' : 'entity'
}

const keyKinds = {
  entity: 'timeseries',
  device: 'timeseries',
  function: 'function',
  entityCount: 'count',
  alarmCount: 'count',
} as const

/** A datasource of any age; null (and a remark) for what is none. */
export const readDatasource = (
  file: unknown,
  path: string,
  remarks: Remarks,
  isAlarms = false,
): DashboardDatasource | null => {
  if (!isRecord(file)) {
    remarks.note(path, 'left out', 'not a datasource')
    return null
  }
  const older = idOf(file.deviceAliasId)
  const aliasId = older ?? idOf(file.entityAliasId)
  const given = older === null ? types.find((one) => one === file.type) : 'entity'
  if (older !== null) remarks.note(path, 'upgraded', 'a device alias')
  const type = given ?? guessType(file, aliasId)
  if (given === undefined) remarks.note(`${path}.type`, 'repaired', `read as ${type}`)
  const keyKind = isAlarms && type !== 'function' ? 'alarm' : keyKinds[type]
  return {
    type,
    name: textOf(file.name) ?? '',
    entityAliasId: aliasId,
    deviceId: textOf(file.deviceId) ?? textOf(recordOf(file.deviceId).id),
    filterId: textOf(file.filterId),
    alarmFilter: readAlarmFilter(file.alarmFilterConfig),
    dataKeys: keysOf(file.dataKeys, keyKind, `${path}.dataKeys`, remarks),
    latestDataKeys: keysOf(file.latestDataKeys, 'timeseries', `${path}.latestDataKeys`, remarks),
  }
}

/** What a control commands; null: nothing is chosen. */
export const readTarget = (config: JsonRecord, path: string, remarks: Remarks): TargetDevice | null => {
  const olderIds = Array.isArray(config.targetDeviceAliasIds) ? config.targetDeviceAliasIds : []
  const older = idOf(olderIds[0]) ?? idOf(config.targetDeviceAliasId)
  if (older !== null) {
    remarks.note(`${path}.targetDeviceAliasIds`, 'upgraded', 'a target by its alias')
    return { entityAliasId: older }
  }
  const target = recordOf(config.targetDevice)
  const [deviceId, entityAliasId] = [textOf(target.deviceId), idOf(target.entityAliasId)]
  if (target.type !== 'device' && entityAliasId !== null) return { entityAliasId }
  return deviceId === null ? null : { deviceId }
}
