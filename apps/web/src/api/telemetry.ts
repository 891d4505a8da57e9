import type { Answer } from '@thingwire/api-client'
import type { Aggregation, AttributeScope, EntityId } from '@thingwire/contracts'
import { api } from './http.ts'

export type AttributeView = Answer<'GET /api/plugins/telemetry/{entityType}/{entityId}/values/attributes'>[number]

const device = (entityId: string) => ({ entityType: 'DEVICE', entityId })

/** Newest value of every key. */
export const getLatest = (deviceId: string, signal?: AbortSignal) =>
  api('GET /api/plugins/telemetry/{entityType}/{entityId}/values/timeseries', {
    path: device(deviceId),
    query: { useStrictDataTypes: true },
    signal,
  })

export type HistoryQuery = {
  startTs: number
  endTs: number
  /** Bucket width in ms; 0 for raw points. */
  interval: number
  agg: Aggregation
  /** Points per key; matters for raw points only. */
  limit: number
}

/** Points of the keys in `[startTs, endTs)`, ascending. */
export const getHistory = async (
  deviceId: string,
  keys: readonly string[],
  query: HistoryQuery,
  signal?: AbortSignal,
) => {
  const data = await api('GET /api/plugins/telemetry/{entityType}/{entityId}/values/timeseries', {
    path: device(deviceId),
    // Keys may contain commas, so each is sent by itself.
    query: { ...query, key: keys, useStrictDataTypes: true, orderBy: 'DESC' },
    signal,
  })
  for (const points of Object.values(data)) points.sort((a, b) => a.ts - b.ts)
  return data
}

export const getAttributes = (deviceId: string, scope: AttributeScope, signal?: AbortSignal) =>
  api('GET /api/plugins/telemetry/{entityType}/{entityId}/values/attributes/{scope}', {
    path: { ...device(deviceId), scope },
    signal,
  })

export const saveAttribute = (deviceId: string, scope: AttributeScope, key: string, value: unknown) =>
  api('POST /api/plugins/telemetry/{entityType}/{entityId}/attributes/{scope}', {
    path: { ...device(deviceId), scope },
    body: { [key]: value },
  })

export const saveAttributes = (
  { entityType, id }: EntityId,
  scope: AttributeScope,
  values: Readonly<Record<string, unknown>>,
) =>
  api('POST /api/plugins/telemetry/{entityType}/{entityId}/attributes/{scope}', {
    path: { entityType, entityId: id, scope },
    body: values,
  })

export const deleteAttributes = ({ entityType, id }: EntityId, scope: AttributeScope, keys: readonly string[]) =>
  api('DELETE /api/plugins/telemetry/{entityType}/{entityId}/{scope}', {
    path: { entityType, entityId: id, scope },
    query: { key: keys },
  })

export const deleteAttribute = (deviceId: string, scope: AttributeScope, key: string) =>
  api('DELETE /api/plugins/telemetry/{entityType}/{entityId}/{scope}', {
    path: { ...device(deviceId), scope },
    query: { key: [key] },
  })
