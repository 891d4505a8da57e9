import type { Aggregation, AttributeScope } from '@thingwire/contracts'
import { z } from 'zod'
import { command, queryString, request } from './http.ts'
import { attributeSchema, tsDataSchema } from './schemas.ts'

const base = (deviceId: string) => `/api/plugins/telemetry/DEVICE/${deviceId}`

/** Keys may contain commas, so each is sent by itself. */
const withKeys = (keys: readonly string[]) => keys.map((key) => `&key=${encodeURIComponent(key)}`).join('')

/** Newest value of every key. */
export const getLatest = (deviceId: string, signal?: AbortSignal) =>
  request(`${base(deviceId)}/values/timeseries?useStrictDataTypes=true`, tsDataSchema, { signal })

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
  const { startTs, endTs, interval, agg, limit } = query
  const values = queryString({ useStrictDataTypes: true, startTs, endTs, agg, interval, limit, orderBy: 'DESC' })
  const data = await request(`${base(deviceId)}/values/timeseries${values}${withKeys(keys)}`, tsDataSchema, { signal })
  for (const points of Object.values(data)) points.sort((a, b) => a.ts - b.ts)
  return data
}

export const getAttributes = (deviceId: string, scope: AttributeScope, signal?: AbortSignal) =>
  request(`${base(deviceId)}/values/attributes/${scope}`, z.array(attributeSchema), { signal })

export const saveAttribute = (deviceId: string, scope: AttributeScope, key: string, value: unknown) =>
  command(`${base(deviceId)}/attributes/${scope}`, { method: 'POST', body: { [key]: value } })

export const deleteAttribute = (deviceId: string, scope: AttributeScope, key: string) =>
  command(`${base(deviceId)}/${scope}?${withKeys([key]).slice(1)}`, { method: 'DELETE' })
