import type { Answer } from '@thingwire/api-client'
import { api } from './http.ts'

export type PersistentRpc = Answer<'GET /api/rpc/persistent/{rpcId}'>

/** Sends a command and resolves with the device's answer; rejects with status 504 when none comes in time. */
export const callDevice = (
  deviceId: string,
  method: string,
  params: unknown,
  timeoutMs: number,
  signal?: AbortSignal,
) =>
  api('POST /api/rpc/twoway/{deviceId}', {
    path: { deviceId },
    body: { method, params: params ?? null, timeout: timeoutMs },
    signal,
  })

/** Leaves a command for the device, which may be away; resolves with the id to follow it by. */
export const leaveCommand = async (deviceId: string, method: string, params: unknown, timeoutMs: number) => {
  const answer = await api('POST /api/rpc/twoway/{deviceId}', {
    path: { deviceId },
    body: { method, params: params ?? null, timeout: timeoutMs, persistent: true },
  })
  if (typeof answer === 'object' && answer !== null && 'rpcId' in answer && typeof answer.rpcId === 'string')
    return answer.rpcId
  throw new TypeError('A persistent command was answered without its id')
}

export const getCommand = (rpcId: string) => api('GET /api/rpc/persistent/{rpcId}', { path: { rpcId } })

/** Adds a point of now. */
export const addPoint = (deviceId: string, key: string, value: unknown) =>
  api('POST /api/plugins/telemetry/{entityType}/{entityId}/timeseries/{scope}', {
    path: { entityType: 'DEVICE', entityId: deviceId, scope: 'ANY' },
    body: { [key]: value },
  })
