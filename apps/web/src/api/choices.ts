import { api } from './http.ts'

/** What a person chooses from in forms: names of things, and keys that there are. */

export const listDeviceProfileNames = async (signal?: AbortSignal): Promise<string[]> =>
  (await api('GET /api/deviceProfile/names', { query: {}, signal })).map(({ name }) => name)

export const listAssetProfileNames = async (signal?: AbortSignal): Promise<string[]> =>
  (await api('GET /api/assetProfile/names', { query: {}, signal })).map(({ name }) => name)

export const listTelemetryKeys = (signal?: AbortSignal): Promise<string[]> =>
  api('GET /api/deviceProfile/devices/keys/timeseries', { query: {}, signal })

export const listAttributeKeys = (signal?: AbortSignal): Promise<string[]> =>
  api('GET /api/deviceProfile/devices/keys/attributes', { query: {}, signal })
