import { claimRequestSchema } from '@thingwire/contracts'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { addRoute, customerUser, type RouteGroup, tenantOrCustomer } from './route.ts'

const nameParams = z.object({ deviceName: z.string().min(1).max(255) })

/** Customer users take devices that offered themselves (as ThingsBoard). */
export const deviceClaimRoutes = ({ claims }: ApiDeps): RouteGroup => {
  const tag = 'Devices'
  return {
    tag,
    register: (api) => {
      addRoute(api, tag, {
        method: 'POST',
        path: '/api/customer/device/:deviceName/claim',
        access: customerUser,
        summary: 'Claim a device for the own customer: {device, response: "SUCCESS"}, or 400 "FAILURE" or "CLAIMED"',
        params: nameParams,
        body: claimRequestSchema.nullish(),
        response: 'raw',
        handle: async ({ caller, params, body, reply }) => {
          const result = await claims.claim(caller, params.deviceName, body?.secretKey ?? '')
          reply.type('application/json; charset=utf-8')
          if (result.response === 'SUCCESS')
            return void reply.send(JSON.stringify({ device: result.device, response: result.response }))
          // A JSON text, not an error body: clients compare it.
          reply.status(400).send(JSON.stringify(result.response))
        },
      })
      addRoute(api, tag, {
        method: 'DELETE',
        path: '/api/customer/device/:deviceName/claim',
        access: tenantOrCustomer,
        summary: 'Take a claimed device from its customer, so that it can be claimed anew',
        params: nameParams,
        response: 'empty',
        handle: ({ caller, params }) => claims.reclaim(caller, params.deviceName),
      })
    },
  }
}
