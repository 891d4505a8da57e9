import type { Answer } from '@thingwire/api-client'
import type { EntityId, RpcStatus } from '@thingwire/contracts'
import { api, pageIn } from './http.ts'

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

/** Sends a command that wants no answer; resolves when the device has taken it. */
export const tellDevice = (deviceId: string, method: string, params: unknown, timeoutMs: number) =>
  api('POST /api/rpc/oneway/{deviceId}', {
    path: { deviceId },
    body: { method, params: params ?? null, timeout: timeoutMs },
  })

export type LeftCommand = {
  method: string
  params: unknown
  isOneWay?: boolean
  timeoutMs?: number
  /** Epoch ms; before `timeoutMs`. */
  expirationTime?: number | null
  retries?: number | null
}

/** Leaves a command for the device, which may be away; resolves with the id to follow it by. */
export const leaveCommand = async (deviceId: string, command: LeftCommand) => {
  const { method, params, timeoutMs, expirationTime, retries } = command
  const path = { deviceId }
  const body = { method, params: params ?? null, timeout: timeoutMs, expirationTime, retries, persistent: true }
  const answer = command.isOneWay
    ? await api('POST /api/rpc/oneway/{deviceId}', { path, body })
    : await api('POST /api/rpc/twoway/{deviceId}', { path, body })
  if (typeof answer === 'object' && answer !== null && 'rpcId' in answer && typeof answer.rpcId === 'string')
    return answer.rpcId
  throw new TypeError('A persistent command was answered without its id')
}

export const getCommand = (rpcId: string) => api('GET /api/rpc/persistent/{rpcId}', { path: { rpcId } })

export type CommandsQuery = {
  page: number
  pageSize: number
  status: RpcStatus | null
  sort: { property: string; direction: 'ASC' | 'DESC' } | null
}

/** Persistent commands of a device. */
export const getCommands = async (deviceId: string, query: CommandsQuery, signal?: AbortSignal) =>
  pageIn(
    await api('GET /api/rpc/persistent/device/{deviceId}', {
      path: { deviceId },
      query: {
        page: query.page,
        pageSize: query.pageSize,
        rpcStatus: query.status,
        sortProperty: query.sort?.property,
        sortOrder: query.sort?.direction,
      },
      signal,
    }),
  )

export const deleteCommand = (rpcId: string) => api('DELETE /api/rpc/persistent/{rpcId}', { path: { rpcId } })

/** Adds a point of each key; of now, unless a time is given. */
export const addPoints = (
  { entityType, id }: EntityId,
  values: Readonly<Record<string, unknown>>,
  ts: number | null = null,
) =>
  api('POST /api/plugins/telemetry/{entityType}/{entityId}/timeseries/{scope}', {
    path: { entityType, entityId: id, scope: 'ANY' },
    body: ts === null ? values : { ts, values },
  })

/** Takes a device that offers itself, for the customer of the user who is signed in. */
export const claimDevice = async (deviceName: string, secretKey: string): Promise<'claimed' | 'taken' | 'refused'> => {
  const answer = await api('POST /api/customer/device/{deviceName}/claim', {
    path: { deviceName },
    body: { secretKey },
  })
  const response = typeof answer === 'object' && answer !== null && 'response' in answer ? answer.response : null
  if (response === 'CLAIMED') return 'taken'
  return response === 'FAILURE' ? 'refused' : 'claimed'
}
