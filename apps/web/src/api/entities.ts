import type { Answer } from '@thingwire/api-client'
import type { EntityDataQuery, PageLink, SaveDevice } from '@thingwire/contracts'
import { api, pageIn } from './http.ts'
import type { UserView } from './session.ts'

export type Page<T> = { data: T[]; totalPages: number; totalElements: number; hasNext: boolean }
export type DeviceView = Answer<'GET /api/device/info/{deviceId}'>

export type DeviceFilter = { deviceProfileId?: string | null; active?: boolean | null; type?: string | null }

/** Tenant administrators see everything of the tenant, customer users what is assigned to their customer. */
const customerOf = (user: UserView) =>
  user.authority === 'CUSTOMER_USER' ? { customerId: user.customerId.id } : undefined

export const listDevices = (user: UserView, query: PageLink & DeviceFilter, signal?: AbortSignal) => {
  const path = customerOf(user)
  return path
    ? api('GET /api/customer/{customerId}/deviceInfos', { path, query, signal })
    : api('GET /api/tenant/deviceInfos', { query, signal })
}

export const getDevice = (deviceId: string, signal?: AbortSignal) =>
  api('GET /api/device/info/{deviceId}', { path: { deviceId }, signal })

export const saveDevice = (body: SaveDevice) => api('POST /api/device', { body })

export const deleteDevice = (deviceId: string) => api('DELETE /api/device/{deviceId}', { path: { deviceId } })

/** Takes a device for the own customer; rejects when nobody offered it, or somebody has it. */
export const claimDevice = (deviceName: string, secretKey: string) =>
  api('POST /api/customer/device/{deviceName}/claim', { path: { deviceName }, body: { secretKey } })

/** The entities that a query finds, with the values it asks for. */
export const findEntities = ({ keyFilters, ...query }: EntityDataQuery, signal?: AbortSignal) =>
  api('POST /api/entitiesQuery/find', {
    // The description of the API writes predicates in predicates out to their depth.
    body: { ...query, ...(keyFilters ? { keyFilters: keyFilters as never } : {}) },
    signal,
  })

export type GatewayChild = { id: string; name: string; type: string; active: boolean; lastActivityTime: number | null }

/** Devices that came by a gateway, which made the relation `Created` to them, with their state. */
export const listGatewayChildren = async (gatewayId: string, query: PageLink, signal?: AbortSignal) => {
  const page = await api('POST /api/entitiesQuery/find', {
    body: {
      entityFilter: {
        type: 'deviceSearchQuery',
        rootEntity: { entityType: 'DEVICE', id: gatewayId },
        direction: 'FROM',
        maxLevel: 1,
        relationType: 'Created',
      },
      entityFields: childFields.map((key) => ({ type: 'ENTITY_FIELD' as const, key })),
      latestValues: ['active', 'lastActivityTime'].map((key) => ({ type: 'SERVER_ATTRIBUTE' as const, key })),
      pageLink: {
        page: query.page,
        pageSize: query.pageSize,
        textSearch: query.textSearch ?? null,
        sortOrder: {
          key: { type: 'ENTITY_FIELD', key: childFields.find((key) => key === query.sortProperty) ?? 'name' },
          direction: query.sortOrder ?? 'ASC',
        },
      },
    },
    signal,
  })
  return { ...page, data: page.data.map(toChild) }
}

const childFields = ['name', 'type'] as const

type FoundEntity = Answer<'POST /api/entitiesQuery/find'>['data'][number]

const toChild = ({ entityId, latest }: FoundEntity): GatewayChild => {
  const activity = Number(latest.SERVER_ATTRIBUTE?.lastActivityTime?.value)
  return {
    id: entityId.id,
    name: latest.ENTITY_FIELD?.name?.value ?? '',
    type: latest.ENTITY_FIELD?.type?.value ?? '',
    active: latest.SERVER_ATTRIBUTE?.active?.value === 'true',
    lastActivityTime: activity > 0 ? activity : null,
  }
}

export const getCredentials = (deviceId: string, signal?: AbortSignal) =>
  api('GET /api/device/{deviceId}/credentials', { path: { deviceId }, signal })

export const getConnectivity = (deviceId: string, signal?: AbortSignal) =>
  api('GET /api/device-connectivity/{deviceId}', { path: { deviceId }, signal })

export const listDeviceProfiles = async (signal?: AbortSignal) =>
  pageIn(await api('GET /api/deviceProfileInfos', { query: { pageSize: 100, page: 0 }, signal }))

export const listDashboards = (user: UserView, query: PageLink, signal?: AbortSignal) => {
  const path = customerOf(user)
  return path
    ? api('GET /api/customer/{customerId}/dashboards', { path, query, signal })
    : api('GET /api/tenant/dashboards', { query, signal })
}

export const getDashboard = (dashboardId: string, signal?: AbortSignal) =>
  api('GET /api/dashboard/{dashboardId}', { path: { dashboardId }, signal })

export const getSystemInfo = (signal?: AbortSignal) => api('GET /api/system/info', { signal })

export const getSystemParams = (signal?: AbortSignal) => api('GET /api/system/params', { signal })
