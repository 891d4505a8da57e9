import {
  AppError,
  deviceProfileInfoSchema,
  deviceProfileSchema,
  entityId,
  saveDeviceProfileSchema,
  transportTypes,
  typedId,
} from '@thingwire/contracts'
import { scopeOf } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import {
  idListQuery,
  optionalPageQuery,
  pageQuerySchema,
  pathId,
  queryFlag,
  requirePageLink,
  toPageLink,
} from './page-query.ts'
import { addRoute, type RouteGroup, tenantAdmin, tenantOrCustomer } from './route.ts'

const profileParams = z.object({ deviceProfileId: pathId })

/** Device profiles (as ThingsBoard). */
export const deviceProfileRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Device profiles'
  return {
    tag,
    register: (api) => {
      readRoutes(api, tag, deps)
      keyRoutes(api, tag, deps)
      listRoutes(api, tag, deps)
      writeRoutes(api, tag, deps)
    },
  }
}

const readRoutes = (api: FastifyInstance, tag: string, { deviceProfiles }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/deviceProfile/:deviceProfileId',
    access: tenantAdmin,
    summary: 'One device profile',
    params: profileParams,
    // Images stand in the profile as they were sent, so they are inline in any case.
    query: z.object({ inlineImages: queryFlag.optional() }),
    response: deviceProfileSchema,
    handle: ({ caller, params }) => deviceProfiles.find(caller, params.deviceProfileId),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/deviceProfileInfo/:deviceProfileId',
    access: tenantOrCustomer,
    summary: 'Name, image and kind of a device profile',
    params: profileParams,
    response: deviceProfileInfoSchema,
    handle: ({ caller, params }) => deviceProfiles.findInfo(caller, params.deviceProfileId),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/deviceProfileInfo/default',
    access: tenantOrCustomer,
    summary: 'The profile of devices that name none',
    response: deviceProfileInfoSchema,
    handle: ({ caller }) => deviceProfiles.findDefaultInfo(caller),
  })
}

const keyRoutes = (api: FastifyInstance, tag: string, { access, database }: ApiDeps): void => {
  const query = z.object({ deviceProfileId: pathId.optional() })
  for (const kind of ['timeseries', 'attributes'] as const)
    addRoute(api, tag, {
      method: 'GET',
      path: `/api/deviceProfile/devices/keys/${kind}`,
      access: tenantAdmin,
      summary: `Keys of ${kind} that devices have: those of one profile, or all`,
      query,
      response: z.array(z.string()),
      handle: async ({ caller, query: { deviceProfileId } }) => {
        if (deviceProfileId)
          await access.require(caller, entityId('DEVICE_PROFILE', deviceProfileId), 'READ', { missingText: 'byId' })
        const read = kind === 'timeseries' ? database.deviceProfiles.seriesKeys : database.deviceProfiles.attributeKeys
        return read(scopeOf(caller), deviceProfileId ?? null)
      },
    })
}

const listRoutes = (api: FastifyInstance, tag: string, { database }: ApiDeps): void => {
  const { deviceProfiles } = database
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/deviceProfiles',
    access: tenantAdmin,
    summary: 'Device profiles by page',
    query: pageQuerySchema,
    response: pageOf(deviceProfileSchema),
    handle: ({ caller, query }) => deviceProfiles.list(scopeOf(caller), toPageLink(query)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/deviceProfileInfos',
    access: tenantOrCustomer,
    summary: 'Names, images and kinds of device profiles by page; with deviceProfileIds: of those, as a list',
    query: z.object({
      ...optionalPageQuery,
      transportType: z.union([z.enum(transportTypes), z.literal('')]).optional(),
      deviceProfileIds: idListQuery.optional(),
    }),
    response: z.union([pageOf(deviceProfileInfoSchema), z.array(deviceProfileInfoSchema)]),
    handle: ({ caller, query: { deviceProfileIds, transportType, ...page } }) => {
      if (!deviceProfileIds)
        return deviceProfiles.listInfos(scopeOf(caller), requirePageLink(page), transportType ? { transportType } : {})
      if (caller.authority !== 'TENANT_ADMIN') throw new AppError('PERMISSION_DENIED')
      return deviceProfiles.infosOf(scopeOf(caller), deviceProfileIds)
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/deviceProfileInfos/list',
    access: tenantAdmin,
    summary: 'Names, images and kinds of device profiles by their ids',
    query: z.object({ deviceProfileIds: idListQuery }),
    response: z.array(deviceProfileInfoSchema),
    handle: ({ caller, query }) => deviceProfiles.infosOf(scopeOf(caller), query.deviceProfileIds),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/deviceProfile/names',
    access: tenantOrCustomer,
    summary: 'Names of the device profiles; with activeOnly: of those that have devices',
    query: z.object({ activeOnly: queryFlag.optional() }),
    response: z.array(z.object({ id: typedId('DEVICE_PROFILE'), name: z.string() })),
    handle: async ({ caller, query }) => {
      const names = await deviceProfiles.names(scopeOf(caller), { isUsed: query.activeOnly ?? false })
      return names.map(({ id, name }) => ({ id: entityId('DEVICE_PROFILE', id), name }))
    },
  })
}

const writeRoutes = (api: FastifyInstance, tag: string, { deviceProfiles }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/deviceProfile',
    access: tenantAdmin,
    summary: 'Create a device profile, or replace it',
    body: saveDeviceProfileSchema,
    response: deviceProfileSchema,
    handle: ({ caller, body }) => deviceProfiles.save(caller, body),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/deviceProfile/:deviceProfileId',
    access: tenantAdmin,
    summary: 'Delete a device profile that no device has',
    params: profileParams,
    response: 'empty',
    handle: ({ caller, params }) => deviceProfiles.delete(caller, params.deviceProfileId),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/deviceProfile/:deviceProfileId/default',
    access: tenantAdmin,
    summary: 'Make this the profile of devices that name none',
    params: profileParams,
    response: deviceProfileSchema,
    handle: ({ caller, params }) => deviceProfiles.setDefault(caller, params.deviceProfileId),
  })
}
