import { type ReadConvert, readFunction, type ValueRead, type ValueWrite, type WriteData } from '@thingwire/dashboards'
import type { GetValueSettings, SetValueSettings } from './settings.ts'

/** `isTest`: the value is true or false, so data is compared with what the settings name. */
export const toRead = (settings: GetValueSettings, isTest: boolean): ValueRead => {
  const convert = convertOf(settings.dataToValue, isTest)
  switch (settings.action) {
    case 'DO_NOTHING':
      return { kind: 'none', value: settings.defaultValue, convert: { kind: 'asIs' } }
    case 'EXECUTE_RPC': {
      const { method, requestTimeout, requestPersistent, persistentPollingInterval } = settings.executeRpc
      const pollMs = requestPersistent ? persistentPollingInterval : null
      return { kind: 'rpc', method, params: null, timeoutMs: requestTimeout, pollMs, convert }
    }
    case 'GET_ATTRIBUTE':
      return { kind: 'attribute', ...settings.getAttribute, convert }
    case 'GET_TIME_SERIES':
      return { kind: 'timeseries', ...settings.getTimeSeries, convert }
    case 'GET_ALARM_STATUS': {
      const { severityList, typeList } = settings.getAlarmStatus
      // Whether there is one is the value already.
      return { kind: 'alarmStatus', severities: severityList, types: typeList, convert: { kind: 'asIs' } }
    }
    case 'GET_DASHBOARD_STATE':
      return { kind: 'dashboardState', convert }
    case 'GET_DASHBOARD_STATE_OBJECT':
      return { kind: 'dashboardStateParams', convert }
  }
}

const convertOf = (data: GetValueSettings['dataToValue'], isTest: boolean): ReadConvert => {
  const code = data.type === 'FUNCTION' ? readFunction(data.dataToValueFunction) : null
  const equals = isTest ? { equals: data.compareToValue } : {}
  if (code) return { kind: 'function', code, ...equals }
  return isTest ? { kind: 'equals', value: data.compareToValue } : { kind: 'asIs' }
}

export const toWrite = (settings: SetValueSettings): ValueWrite => {
  const data = dataOf(settings.valueToData)
  switch (settings.action) {
    case 'EXECUTE_RPC': {
      const { method, requestTimeout, requestPersistent, persistentPollingInterval } = settings.executeRpc
      const pollMs = requestPersistent ? persistentPollingInterval : null
      return { kind: 'rpc', method, timeoutMs: requestTimeout, isOneWay: false, pollMs, data }
    }
    case 'SET_ATTRIBUTE':
      return { kind: 'attribute', ...settings.setAttribute, data }
    case 'ADD_TIME_SERIES':
      return { kind: 'timeseries', ...settings.putTimeSeries, data }
  }
}

const dataOf = ({ type, constantValue, valueToDataFunction }: SetValueSettings['valueToData']): WriteData => {
  switch (type) {
    case 'CONSTANT':
      return { kind: 'constant', value: constantValue }
    case 'VALUE':
      return { kind: 'value' }
    case 'NONE':
      return { kind: 'none' }
    case 'FUNCTION': {
      const code = readFunction(valueToDataFunction)
      return code ? { kind: 'function', code } : { kind: 'value' }
    }
  }
}

/** Functions that older controls carry when nobody changed them; they do what is done without one. */
const usualFunctions = ['return data ? true : false;', 'return data;', 'return value;', '']
const ownFunction = (body: string | null) =>
  body === null || usualFunctions.includes(body.trim()) ? null : readFunction(body)

type OlderSettings = {
  retrieveValueMethod: 'none' | 'rpc' | 'attribute' | 'timeseries' | null
  valueKey: string
  getValueMethod: string
  setValueMethod: string
  requestTimeout: number
  requestPersistent: boolean
  persistentPollingInterval: number
  parseValueFunction: string | null
  convertValueFunction: string | null
}

/** What a control of before get-value and set-value reads. `isTest`: true or false, by what languages take for true. */
export const olderRead = (settings: OlderSettings, initial: unknown, isTest: boolean): ValueRead => {
  const code = ownFunction(settings.parseValueFunction)
  const convert: ReadConvert = code ? { kind: 'function', code } : isTest ? { kind: 'truthy' } : { kind: 'asIs' }
  switch (settings.retrieveValueMethod ?? 'rpc') {
    case 'none':
      return { kind: 'none', value: initial, convert: { kind: 'asIs' } }
    case 'rpc':
      return {
        kind: 'rpc',
        method: settings.getValueMethod,
        params: null,
        timeoutMs: settings.requestTimeout,
        pollMs: settings.requestPersistent ? settings.persistentPollingInterval : null,
        convert,
      }
    case 'attribute':
      return { kind: 'attribute', scope: null, key: settings.valueKey, convert }
    case 'timeseries':
      return { kind: 'timeseries', key: settings.valueKey, convert }
  }
}

export const olderWrite = (settings: OlderSettings): ValueWrite => {
  const code = ownFunction(settings.convertValueFunction)
  return {
    kind: 'rpc',
    method: settings.setValueMethod,
    timeoutMs: settings.requestTimeout,
    isOneWay: false,
    pollMs: settings.requestPersistent ? settings.persistentPollingInterval : null,
    data: code ? { kind: 'function', code } : { kind: 'value' },
  }
}

/** Whether a value read is on: what `convert` leaves of a test is true or false, anything else is not known. */
export const isOn = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null)
