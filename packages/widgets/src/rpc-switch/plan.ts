import type { ControlPlan, ControlRead, ControlWrite } from '../control.ts'
import type { RpcSwitchSettings } from './manifest.ts'

/** Functions that older switches carry when nobody changed them; they say what this switch does anyway. */
const usualFunctions = ['return data ? true : false;', 'return value;', '']
const isUsual = (body: string | null) => body === null || usualFunctions.includes(body.trim())

/** What a switch reads and does, by its settings. */
export const switchPlan = (settings: RpcSwitchSettings): ControlPlan =>
  settings.retrieveValueMethod === null ? planOf(settings) : olderPlan(settings, settings.retrieveValueMethod)

const planOf = ({ initialState, onUpdateState, offUpdateState }: RpcSwitchSettings): ControlPlan => {
  if (initialState.dataToValue.type === 'FUNCTION') return { unsupported: 'dataToValueFunction' }
  const on = writeOf(onUpdateState, true)
  const off = writeOf(offUpdateState, false)
  return on && off ? { read: readOf(initialState), on, off } : { unsupported: 'valueToDataFunction' }
}

const readOf = (state: RpcSwitchSettings['initialState']): ControlRead => {
  const { compareToValue } = state.dataToValue
  const isOn = (data: unknown) => isSame(data, compareToValue)
  switch (state.action) {
    case 'EXECUTE_RPC':
      return { isOn, kind: 'rpc', method: state.executeRpc.method, timeoutMs: state.executeRpc.requestTimeout }
    case 'GET_ATTRIBUTE':
      return { isOn, kind: 'attribute', scope: state.getAttribute.scope, key: state.getAttribute.key }
    case 'GET_TIME_SERIES':
      return { isOn, kind: 'timeseries', key: state.getTimeSeries.key }
    case 'DO_NOTHING':
      return { isOn, kind: 'none', value: state.defaultValue }
  }
}

/** Devices often send "true" and 1 for what the settings call true. */
const isSame = (data: unknown, wanted: unknown): boolean => {
  if (typeof data === 'object' || typeof wanted === 'object') return JSON.stringify(data) === JSON.stringify(wanted)
  return data === wanted || String(data) === String(wanted) || (wanted === true && data === 1)
}

const writeOf = (update: RpcSwitchSettings['onUpdateState'], isOn: boolean): ControlWrite | null => {
  const { type, constantValue } = update.valueToData
  if (type === 'FUNCTION') return null
  const value = type === 'CONSTANT' ? constantValue : type === 'VALUE' ? isOn : null
  switch (update.action) {
    case 'EXECUTE_RPC': {
      const { method, requestTimeout, requestPersistent, persistentPollingInterval } = update.executeRpc
      const pollMs = requestPersistent ? persistentPollingInterval : null
      return { kind: 'rpc', method, params: value, timeoutMs: requestTimeout, pollMs }
    }
    case 'SET_ATTRIBUTE':
      return { kind: 'attribute', scope: update.setAttribute.scope, key: update.setAttribute.key, value }
    case 'ADD_TIME_SERIES':
      return { kind: 'timeseries', key: update.putTimeSeries.key, value }
  }
}

type OlderRead = NonNullable<RpcSwitchSettings['retrieveValueMethod']>

const olderPlan = (settings: RpcSwitchSettings, retrieve: OlderRead): ControlPlan => {
  if (!isUsual(settings.parseValueFunction)) return { unsupported: 'parseValueFunction' }
  if (!isUsual(settings.convertValueFunction)) return { unsupported: 'convertValueFunction' }
  const write = (isOn: boolean): ControlWrite => ({
    kind: 'rpc',
    method: settings.setValueMethod,
    params: isOn,
    timeoutMs: settings.requestTimeout,
    pollMs: settings.requestPersistent ? settings.persistentPollingInterval : null,
  })
  return { read: olderRead(settings, retrieve), on: write(true), off: write(false) }
}

const olderRead = (settings: RpcSwitchSettings, retrieve: OlderRead): ControlRead => {
  // Their usual function takes anything but nothing for on; "false" and "0" are what devices mean by nothing.
  const isOn = (data: unknown) => Boolean(data) && data !== 'false' && data !== '0'
  const key = settings.valueKey
  switch (retrieve) {
    case 'none':
      return { isOn, kind: 'none', value: settings.initialValue }
    case 'rpc':
      return { isOn, kind: 'rpc', method: settings.getValueMethod, timeoutMs: settings.requestTimeout }
    case 'attribute':
      return { isOn, kind: 'attribute', scope: null, key }
    case 'timeseries':
      return { isOn, kind: 'timeseries', key }
  }
}
