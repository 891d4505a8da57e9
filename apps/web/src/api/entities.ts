import { type PageLink, ruleChainMetadataSchema, type SaveDevice } from '@thingwire/contracts'
import { z } from 'zod'
import { command, queryString, request } from './http.ts'
import {
  connectivitySchema,
  credentialsSchema,
  dashboardInfoSchema,
  deviceInfoSchema,
  deviceProfileInfoSchema,
  deviceSchema,
  pageOf,
  ruleChainSchema,
  systemInfoSchema,
  type UserView,
} from './schemas.ts'

/** Tenant administrators see everything of the tenant, customer users what is assigned to their customer. */
const owner = (user: UserView) =>
  user.authority === 'CUSTOMER_USER' ? `customer/${user.customerId?.id ?? ''}` : 'tenant'

export type DeviceFilter = { deviceProfileId?: string | null; active?: boolean | null; type?: string | null }

export const listDevices = (user: UserView, link: PageLink & DeviceFilter, signal?: AbortSignal) =>
  request(`/api/${owner(user)}/deviceInfos${queryString(link)}`, pageOf(deviceInfoSchema), { signal })

export const getDevice = (id: string, signal?: AbortSignal) =>
  request(`/api/device/info/${id}`, deviceInfoSchema, { signal })

export const saveDevice = (device: SaveDevice) => request('/api/device', deviceSchema, { method: 'POST', body: device })

export const deleteDevice = (id: string) => command(`/api/device/${id}`, { method: 'DELETE' })

export const getCredentials = (deviceId: string, signal?: AbortSignal) =>
  request(`/api/device/${deviceId}/credentials`, credentialsSchema, { signal })

export const getConnectivity = (deviceId: string, signal?: AbortSignal) =>
  request(`/api/device-connectivity/${deviceId}`, connectivitySchema, { signal })

export const listDeviceProfiles = (signal?: AbortSignal) =>
  request('/api/deviceProfileInfos?pageSize=100&page=0', pageOf(deviceProfileInfoSchema), { signal })

export const listRuleChains = (link: PageLink, signal?: AbortSignal) =>
  request(`/api/ruleChains${queryString(link)}`, pageOf(ruleChainSchema), { signal })

export const getRuleChain = (id: string, signal?: AbortSignal) =>
  request(`/api/ruleChain/${id}`, ruleChainSchema, { signal })

export const getRuleChainMetadata = (id: string, signal?: AbortSignal) =>
  request(`/api/ruleChain/${id}/metadata`, ruleChainMetadataSchema, { signal })

const importResultSchema = z.object({ ruleChain: ruleChainSchema, warnings: z.array(z.string()).default([]) })

/** `file` is what the person chose; the server names everything that is wrong with it. */
export const importRuleChain = (file: unknown) =>
  request('/api/ruleChain/import', importResultSchema, { method: 'POST', body: file })

export const exportRuleChain = (id: string) => request(`/api/ruleChain/${id}/export`, z.record(z.string(), z.unknown()))

export const listDashboards = (user: UserView, link: PageLink, signal?: AbortSignal) =>
  request(`/api/${owner(user)}/dashboards${queryString(link)}`, pageOf(dashboardInfoSchema), { signal })

/** The configuration stays unparsed here: the dashboard host parses it and can say what is wrong with it. */
export const getDashboard = (id: string, signal?: AbortSignal) =>
  request(`/api/dashboard/${id}`, dashboardInfoSchema.extend({ configuration: z.unknown() }), { signal })

export const getSystemInfo = (signal?: AbortSignal) => request('/api/system/info', systemInfoSchema, { signal })
