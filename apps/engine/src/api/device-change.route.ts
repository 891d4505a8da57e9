import {
  deviceCredentialsSchema,
  deviceSchema,
  nameConflictQuery,
  saveCredentialsSchema,
  saveDeviceSchema,
  saveDeviceWithCredentialsSchema,
} from '@thingwire/contracts'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { pathId } from './page-query.ts'
import { addRoute, type RouteGroup, tenantAdmin, tenantOrCustomer } from './route.ts'

const deviceParams = z.object({ deviceId: pathId })

/** Saving, deleting and assigning devices, and their credentials (as ThingsBoard). */
export const deviceChangeRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Devices'
  return {
    tag,
    register: (api) => {
      saveRoutes(api, tag, deps)
      ownerRoutes(api, tag, deps)
    },
  }
}

const saveRoutes = (api: FastifyInstance, tag: string, { devices, deviceCredentials }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/device',
    access: tenantOrCustomer,
    summary: 'Create a device with its credentials, or replace it',
    query: z.object({ accessToken: z.string().max(255).optional(), ...nameConflictQuery }),
    body: saveDeviceSchema,
    response: deviceSchema,
    handle: ({ caller, query: { accessToken, ...conflict }, body }) =>
      devices.save(caller, body, { accessToken, conflict }),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/device-with-credentials',
    access: tenantOrCustomer,
    summary: 'Create or replace a device together with its credentials',
    query: z.object(nameConflictQuery),
    body: saveDeviceWithCredentialsSchema,
    response: deviceSchema,
    handle: ({ caller, query, body: { device, credentials } }) =>
      devices.save(caller, device, { credentials, conflict: query }),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/device/:deviceId',
    access: tenantAdmin,
    summary: 'Delete a device with everything that belongs to it',
    params: deviceParams,
    response: 'empty',
    handle: ({ caller, params }) => devices.delete(caller, params.deviceId),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/device/credentials',
    access: tenantAdmin,
    summary: 'Change the credentials of a device; live sessions with the old ones end',
    body: saveCredentialsSchema,
    response: deviceCredentialsSchema,
    handle: ({ caller, body }) => deviceCredentials.save(caller, body),
  })
}

const ownerRoutes = (api: FastifyInstance, tag: string, { deviceOwnership }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/customer/:customerId/device/:deviceId',
    access: tenantAdmin,
    summary: 'Assign a device to a customer',
    params: z.object({ customerId: pathId, deviceId: pathId }),
    response: deviceSchema,
    handle: ({ caller, params }) => deviceOwnership.assign(caller, params.deviceId, params.customerId),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/customer/device/:deviceId',
    access: tenantAdmin,
    summary: 'Take a device from its customer',
    params: deviceParams,
    response: deviceSchema,
    handle: ({ caller, params }) => deviceOwnership.unassign(caller, params.deviceId),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/customer/public/device/:deviceId',
    access: tenantAdmin,
    summary: 'Show a device to everybody: assign it to the public customer',
    params: deviceParams,
    response: deviceSchema,
    handle: ({ caller, params }) => deviceOwnership.publish(caller, params.deviceId),
  })
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/tenant/:tenantId/device/:deviceId',
    access: tenantAdmin,
    summary: 'Hand a device with its telemetry to another tenant',
    params: z.object({ tenantId: pathId, deviceId: pathId }),
    response: deviceSchema,
    handle: ({ caller, params }) => deviceOwnership.move(caller, params.deviceId, params.tenantId),
  })
}
