import {
  AppError,
  credentialsTypes,
  deviceCredentialsSchema,
  deviceInfoSchema,
  deviceProfileInfoSchema,
  deviceSchema,
  entitySubtypeSchema,
  idOf,
  nullUuid,
  saveDeviceSchema,
  uuidSchema,
} from '@thingwire/contracts'
import { type Scope, scopeOf } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Caller } from '../auth/sign-in.ts'
import { notFound } from '../access/entity-access.ts'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import {
  optionalPageQuery,
  pageQuery,
  pageQuerySchema,
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
const credentialsBody = z.object({
  id: z.object({ id: uuidSchema }, { error: 'Device credentials id should be specified!' }),
  deviceId: idOf('DEVICE'),
  credentialsType: z.enum(credentialsTypes, { error: 'Device credentials type should be specified!' }),
  credentialsId: z.string().max(10_000).nullish(),
  credentialsValue: z.string().max(100_000).nullish(),
})

type DeviceFilter = { type?: string | undefined; deviceProfileId?: string | undefined; active?: boolean | undefined }

/** An empty filter parameter means no filter: forms send them so. */
const toFilter = ({ type, deviceProfileId, active }: DeviceFilter) => ({
  ...(type && { type }),
  ...(deviceProfileId && { deviceProfileId }),
  ...(active !== undefined && { active }),
})

/** What is assigned to one customer; a customer user may look at the own one only. */
export const customerScope = (caller: Caller, customerId: string): Scope => {
  if (!caller.tenantId || (caller.authority === 'CUSTOMER_USER' && caller.customerId !== customerId))
    throw new AppError('PERMISSION_DENIED')
  return { kind: 'customer', tenantId: caller.tenantId, customerId }
}

/** Devices, their credentials and profiles (as ThingsBoard). */
export const deviceRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Devices'
  return {
    tag,
    register: (api) => {
      readRoutes(api, tag, deps)
      listRoutes(api, tag, deps)
      writeRoutes(api, tag, deps)
      profileRoutes(api, tag, deps)
    },
  }
}

const readRoutes = (api: FastifyInstance, tag: string, { database, devices }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/device/:deviceId',
    access: tenantOrCustomer,
    summary: 'One device',
    params: deviceParams,
    response: deviceSchema,
    handle: async ({ caller, params }) => orNotFound(await database.devices.find(scopeOf(caller), params.deviceId)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/device/info/:deviceId',
    access: tenantOrCustomer,
    summary: 'One device with the names around it',
    params: deviceParams,
    response: deviceInfoSchema,
    handle: async ({ caller, params }) => orNotFound(await database.devices.findInfo(scopeOf(caller), params.deviceId)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/device/:deviceId/credentials',
    access: tenantOrCustomer,
    summary: 'Credentials of a device; the reading is noted in the audit log',
    params: deviceParams,
    response: deviceCredentialsSchema,
    handle: ({ caller, params }) => devices.credentials(caller, params.deviceId),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/device/types',
    access: tenantOrCustomer,
    summary: 'Names of the device profiles',
    response: z.array(entitySubtypeSchema),
    handle: async ({ caller }) =>
      (await devices.profiles(caller)).map(({ tenantId, name }) => ({
        tenantId,
        entityType: 'DEVICE' as const,
        type: name,
      })),
  })
}

const listRoutes = (api: FastifyInstance, tag: string, { database }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenant/devices',
    access: tenantAdmin,
    summary: 'Devices of the tenant; with deviceName: the one of that name',
    query: z.object({ ...optionalPageQuery, ...typeFilter, deviceName: z.string().optional() }),
    response: z.union([pageOf(deviceSchema), deviceSchema]),
    handle: async ({ caller, query }) => {
      if (query.deviceName !== undefined)
        return orNotFound(await database.devices.findByName(scopeOf(caller), query.deviceName))
      return database.devices.list(scopeOf(caller), requirePageLink(query), toFilter(query))
    },
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
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/customer/:customerId/devices',
    access: tenantOrCustomer,
    summary: 'Devices assigned to a customer',
    params: customerParams,
    query: z.object({ ...pageQuery, ...typeFilter }),
    response: pageOf(deviceSchema),
    handle: ({ caller, params, query }) =>
      database.devices.list(customerScope(caller, params.customerId), toPageLink(query), toFilter(query)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/customer/:customerId/deviceInfos',
    access: tenantOrCustomer,
    summary: 'Devices assigned to a customer with the names around them',
    params: customerParams,
    query: z.object({ ...pageQuery, ...infoFilter }),
    response: pageOf(deviceInfoSchema),
    handle: ({ caller, params, query }) =>
      database.devices.list(customerScope(caller, params.customerId), toPageLink(query), toFilter(query)),
  })
}

const writeRoutes = (api: FastifyInstance, tag: string, { devices }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/device',
    access: tenantOrCustomer,
    summary: 'Create a device with its credentials, or replace it',
    query: z.object({ accessToken: z.string().max(255).optional() }),
    body: saveDeviceSchema,
    response: deviceSchema,
    handle: ({ caller, query, body }) => devices.save(caller, withoutNullCustomer(body), query.accessToken),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/device/:deviceId',
    access: tenantAdmin,
    summary: 'Delete a device',
    params: deviceParams,
    response: 'empty',
    handle: ({ caller, params }) => devices.delete(caller, params.deviceId),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/device/credentials',
    access: tenantAdmin,
    summary: 'Change the credentials of a device; live sessions with the old ones end',
    body: credentialsBody,
    response: deviceCredentialsSchema,
    handle: ({ caller, body }) =>
      devices.saveCredentials(caller, {
        ...body,
        credentialsId: body.credentialsId ?? null,
        credentialsValue: body.credentialsValue ?? null,
      }),
  })
}

const profileRoutes = (api: FastifyInstance, tag: string, { database }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/deviceProfileInfos',
    access: tenantOrCustomer,
    summary: 'Device profiles by name',
    query: pageQuerySchema,
    response: pageOf(deviceProfileInfoSchema),
    handle: ({ caller, query }) => database.deviceProfiles.listInfos(scopeOf(caller), toPageLink(query)),
  })
}

/** On the wire "no customer" has an id of its own. */
const withoutNullCustomer = (device: z.output<typeof saveDeviceSchema>) =>
  device.customerId?.id === nullUuid ? { ...device, customerId: null } : device

const orNotFound = <T>(device: T | null): T => {
  if (!device) throw notFound('DEVICE')
  return device
}
