import type { Answer } from '@thingwire/api-client'
import type { PageLink, SaveDeviceProfile } from '@thingwire/contracts'
import { api } from './http.ts'

export type ProfileView = Answer<'GET /api/deviceProfile/{deviceProfileId}'>

export const pageOfProfiles = (query: PageLink, signal?: AbortSignal) =>
  api('GET /api/deviceProfiles', { query, signal })

export const getDeviceProfile = (deviceProfileId: string, signal?: AbortSignal) =>
  api('GET /api/deviceProfile/{deviceProfileId}', { path: { deviceProfileId }, signal })

/** Replaces the whole profile; with a version that is not the newest it is refused with 409. */
export const saveDeviceProfile = (body: SaveDeviceProfile) => api('POST /api/deviceProfile', { body })

export const makeDefaultProfile = (deviceProfileId: string) =>
  api('POST /api/deviceProfile/{deviceProfileId}/default', { path: { deviceProfileId } })

export const deleteDeviceProfile = (deviceProfileId: string) =>
  api('DELETE /api/deviceProfile/{deviceProfileId}', { path: { deviceProfileId } })

/** Queues that messages of devices can go through, by name. */
export const listQueues = (signal?: AbortSignal) =>
  api('GET /api/queues', { query: { pageSize: 100, page: 0, serviceType: 'TB_RULE_ENGINE' }, signal })
