import type { ControlPlan } from '../control.ts'
import type { RpcButtonSettings } from './manifest.ts'

/** Text of a file as JSON; undefined for what is none. */
const parsed = (text: string): unknown => {
  if (text.trim() === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What one press sends, or why it cannot. */
export const rpcButtonRequest = (
  settings: RpcButtonSettings,
):
  | { kind: 'command'; params: unknown }
  | { kind: 'attributes'; scope: 'SERVER_SCOPE' | 'SHARED_SCOPE'; values: Record<string, unknown> }
  | { kind: 'broken'; text: string } => {
  const { entityAttributeType: scope } = settings
  if (scope !== null) {
    const values = parsed(settings.entityParameters)
    return isRecord(values)
      ? { kind: 'attributes', scope, values }
      : { kind: 'broken', text: settings.entityParameters }
  }
  const params = parsed(settings.methodParams)
  return params === undefined ? { kind: 'broken', text: settings.methodParams } : { kind: 'command', params }
}

/** One write a key: attributes are written one after the other by the view. */
export const rpcButtonPlan = (settings: RpcButtonSettings): ControlPlan => {
  const request = rpcButtonRequest(settings)
  if (request.kind !== 'command') return { reads: {}, writes: {} }
  return {
    reads: {},
    writes: {
      click: {
        kind: 'rpc',
        method: settings.methodName,
        timeoutMs: settings.requestTimeout,
        isOneWay: settings.oneWayElseTwoWay,
        pollMs: settings.requestPersistent ? settings.persistentPollingInterval : null,
        data: { kind: 'constant', value: request.params },
      },
    },
  }
}
