import { type Json, jsonOf } from '../side/json.ts'

/** What a behaviour does, as words of the form: a key of its texts with what they name. */
type Summary<Key extends string> = { key: Key; values: Readonly<Record<string, string>> }
type WriteKey = 'attribute' | 'telemetry' | 'command'
type ReadKey = WriteKey | 'alarms' | 'alarmsOf' | 'state' | 'always' | 'nothingRead'

const textOf = (value: unknown, fallback: string): string =>
  typeof value === 'string' && value !== '' ? value : fallback

const shortest = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return text.length > 24 ? `${text.slice(0, 23)}…` : text
}

const scopes: Readonly<Record<string, string>> = {
  SERVER_SCOPE: 'server',
  SHARED_SCOPE: 'shared',
  CLIENT_SCOPE: 'client',
}

const attributeOf = (value: unknown): Summary<WriteKey> => {
  const { scope, key } = jsonOf(value)
  return { key: 'attribute', values: { scope: scopes[String(scope)] ?? 'any', key: textOf(key, 'state') } }
}

const commandOf = (value: unknown, usual: string): Summary<WriteKey> => ({
  key: 'command',
  values: { method: textOf(jsonOf(value).method, usual) },
})

const telemetryOf = (value: unknown): Summary<WriteKey> => ({
  key: 'telemetry',
  values: { key: textOf(jsonOf(value).key, 'state') },
})

/** Of a value that is read. */
export const summaryOfRead = (settings: Json): Summary<ReadKey> => {
  switch (settings.action) {
    case 'EXECUTE_RPC':
      return commandOf(settings.executeRpc, 'getState')
    case 'GET_ATTRIBUTE':
      return attributeOf(settings.getAttribute)
    case 'GET_TIME_SERIES':
      return telemetryOf(settings.getTimeSeries)
    case 'GET_ALARM_STATUS': {
      const { severityList } = jsonOf(settings.getAlarmStatus)
      const severities = Array.isArray(severityList) ? severityList.map((one) => String(one).toLowerCase()) : []
      return severities.length === 0
        ? { key: 'alarms', values: {} }
        : { key: 'alarmsOf', values: { severities: severities.join(', ') } }
    }
    case 'GET_DASHBOARD_STATE':
    case 'GET_DASHBOARD_STATE_OBJECT':
      return { key: 'state', values: {} }
    default:
      return settings.defaultValue === undefined || settings.defaultValue === null
        ? { key: 'nothingRead', values: {} }
        : { key: 'always', values: { value: shortest(settings.defaultValue) } }
  }
}

/** Of an action that writes. */
export const summaryOfWrite = (settings: Json): Summary<WriteKey> => {
  switch (settings.action) {
    case 'SET_ATTRIBUTE':
      return attributeOf({ scope: 'SERVER_SCOPE', ...jsonOf(settings.setAttribute) })
    case 'ADD_TIME_SERIES':
      return telemetryOf(settings.putTimeSeries)
    default:
      return commandOf(settings.executeRpc, 'setState')
  }
}
