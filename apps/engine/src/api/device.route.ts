import {
  AppError,
  deviceCredentialsSchema,
  deviceInfoSchema,
  deviceSchema,
  deviceSearchQuerySchema,
  entityId,
  entitySubtypeSchema,
  otaPackageTypes,
  uuidSchema,
} from '@thingwire/contracts'
import { type Scope, scopeOf } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Caller } from '../auth/sign-in.ts'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import {
  idListQuery,
  optionalPageQuery,
  pageQuery,
  pathId,
  queryFlag,
  requirePageLink,
  toPageLink,
} from './page-query.ts'
import { addRoute, type RouteGroup, tenantAdmin, tenantOrCustomer } from './route.ts'

const deviceParams = z.object({ deviceId: pathId })
const customerParams = z.object({ customerId: pathId })
const typeFilter = { type: z.string().max(255).optional() }
const infoFilter = {
  ...typeFilter,
  deviceProfileId: z
    .string()
    .optional()
    .refine((text) => !text || uuidSchema.safeParse(text).success, {
      error: (issue) => `Invalid UUID string: ${String(issue.input)}`,
    }),
  active: queryFlag.optional(),
}

type DeviceFilter = { type?: string | undefined; deviceProfileId?: string | undefined; active?: boolean | undefined }

/** An empty filter parameter means no filter: forms send them so. */
const toFilter = ({ type, deviceProfileId, active }: DeviceFilter) => ({
  ...(type && { type }),
  ...(deviceProfileId && { deviceProfileId }),
  ...(active !== undefined && { active }),
})

/** Reading devices, alone and in lists (as ThingsBoard). */
export const deviceRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Devices'
  return {
    tag,
    register: (api) => {
      readRoutes(api, tag, deps)
      pickRoutes(api, tag, deps)
      tenantListRoutes(api, tag, deps)
      customerListRoutes(api, tag, deps)
    },
  }
}

const readRoutes = (api: FastifyInstance, tag: string, { devices, deviceCredentials }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/device/:deviceId',
    access: tenantOrCustomer,
    summary: 'One device',
    params: deviceParams,
    response: deviceSchema,
    handle: ({ caller, params }) => devices.find(caller, params.deviceId),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/device/info/:deviceId',
    access: tenantOrCustomer,
    summary: 'One device with the names around it',
    params: deviceParams,
    response: deviceInfoSchema,
    handle: ({ caller, params }) => devices.findInfo(caller, params.deviceId),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/device/:deviceId/credentials',
    access: tenantOrCustomer,
    summary: 'Credentials of a device; the reading is noted in the audit log where reads are',
    params: deviceParams,
    response: deviceCredentialsSchema,
    handle: ({ caller, params }) => deviceCredentials.find(caller, params.deviceId),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenant/device',
    access: tenantAdmin,
    summary: 'The device of this exact name',
    query: z.object({ deviceName: z.string() }),
    response: deviceSchema,
    handle: ({ caller, query }) => devices.findByName(caller, query.deviceName),
  })
}

const pickRoutes = (api: FastifyInstance, tag: string, deps: ApiDeps): void => {
  const { access, database, devices } = deps
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/devices',
    access: tenantOrCustomer,
    summary: 'Devices by their ids; those that are missing or may not be read are left out',
    query: z.object({ deviceIds: idListQuery }),
    response: z.array(deviceSchema),
    handle: ({ caller, query }) => devices.findReadable(caller, query.deviceIds),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/devices',
    access: tenantOrCustomer,
    summary: 'Devices around an entity, by relations',
    body: deviceSearchQuerySchema,
    response: z.array(deviceSchema),
    handle: ({ caller, body }) => deps.findRelatedDevices(caller, body),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/device/types',
    access: tenantOrCustomer,
    summary: 'Names of the profiles that devices have',
    response: z.array(entitySubtypeSchema),
    handle: async ({ caller }) => {
      const used = await database.deviceProfiles.names(scopeOf(caller), { isUsed: true })
      return used.map(({ tenantId, name }) => ({
        tenantId: entityId('TENANT', tenantId),
        entityType: 'DEVICE' as const,
        type: name,
      }))
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/devices/count/:otaPackageType/:deviceProfileId',
    access: tenantOrCustomer,
    summary: 'How many devices of a profile have no package of their own',
    params: z.object({ otaPackageType: z.enum(otaPackageTypes), deviceProfileId: pathId }),
    response: z.number(),
    handle: async ({ caller, params: { deviceProfileId, otaPackageType } }) => {
      await access.require(caller, entityId('DEVICE_PROFILE', deviceProfileId), 'READ', { missingText: 'byId' })
      return database.devices.countWithoutPackage(scopeOf(caller), otaPackageType, deviceProfileId)
    },
  })
}

const tenantListRoutes = (api: FastifyInstance, tag: string, { database, devices }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenant/devices',
    access: tenantAdmin,
    summary: 'Devices of the tenant; with deviceName: the one of that name',
    query: z.object({ ...optionalPageQuery, ...typeFilter, deviceName: z.string().optional() }),
    response: z.union([pageOf(deviceSchema), deviceSchema]),
    handle: ({ caller, query }) =>
      query.deviceName === undefined
        ? database.devices.list(scopeOf(caller), requirePageLink(query), toFilter(query))
        : devices.findByName(caller, query.deviceName),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenant/deviceInfos',
    access: tenantAdmin,
    summary: 'Devices of the tenant with the names around them',
    query: z.object({ ...pageQuery, ...infoFilter }),
    response: pageOf(deviceInfoSchema),
    handle: ({ caller, query }) => database.devices.list(scopeOf(caller), toPageLink(query), toFilter(query)),
  })
}

const customerListRoutes = (api: FastifyInstance, tag: string, { access, database }: ApiDeps): void => {
  /** What is assigned to one customer; a customer user may look at the own one only. */
  const customerScope = async (caller: Caller, customerId: string): Promise<Scope> => {
    await access.require(caller, entityId('CUSTOMER', customerId), 'READ', { missingText: 'byId' })
    if (!caller.tenantId) throw new AppError('PERMISSION_DENIED')
    return { kind: 'customer', tenantId: caller.tenantId, customerId }
  }

  addRoute(api, tag, {
    method: 'GET',
    path: '/api/customer/:customerId/devices',
    access: tenantOrCustomer,
    summary: 'Devices assigned to a customer',
    params: customerParams,
    query: z.object({ ...pageQuery, ...typeFilter }),
    response: pageOf(deviceSchema),
    handle: async ({ caller, params, query }) =>
      database.devices.list(await customerScope(caller, params.customerId), toPageLink(query), toFilter(query)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/customer/:customerId/deviceInfos',
    access: tenantOrCustomer,
    summary: 'Devices assigned to a customer with the names around them',
    params: customerParams,
    query: z.object({ ...pageQuery, ...infoFilter }),
    response: pageOf(deviceInfoSchema),
    handle: async ({ caller, params, query }) =>
      database.devices.list(await customerScope(caller, params.customerId), toPageLink(query), toFilter(query)),
  })
}
