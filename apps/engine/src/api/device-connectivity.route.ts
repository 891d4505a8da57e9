import { deviceConnectivitySchema } from '@thingwire/contracts'
import { scopeOf } from '@thingwire/db'
import { z } from 'zod'
import { connectivityCommands } from '../devices/connectivity.ts'
import { notFound } from '../access/entity-access.ts'
import type { ApiDeps } from './api-deps.ts'
import { pathId } from './page-query.ts'
import { addRoute, type RouteGroup, tenantOrCustomer } from './route.ts'

/** Ready commands that send a first message of a device (as ThingsBoard). */
export const deviceConnectivityRoutes = ({ database, config }: ApiDeps): RouteGroup => {
  const tag = 'Devices'
  return {
    tag,
    register: (api) => {
      addRoute(api, tag, {
        method: 'GET',
        path: '/api/device-connectivity/:deviceId',
        access: tenantOrCustomer,
        summary: 'Shell commands that send telemetry as this device, by protocol',
        params: z.object({ deviceId: pathId }),
        response: deviceConnectivitySchema,
        handle: async ({ caller, params, request }) => {
          const credentials = await database.credentials.findByDevice(scopeOf(caller), params.deviceId)
          if (!credentials) throw notFound('DEVICE')
          return connectivityCommands(credentials, {
            host: request.headers.host ?? '',
            isTls: request.protocol === 'https' || request.headers['x-forwarded-proto'] === 'https',
            mqttPort: config.MQTT_PORT,
            httpPort: config.HTTP_PORT,
          })
        },
      })
    },
  }
}
