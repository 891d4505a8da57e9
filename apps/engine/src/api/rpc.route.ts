import { AppError, rpcRequestSchema, rpcSchema, rpcStatusSchema } from '@thingwire/contracts'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { invalidBody, type RpcOutcome } from '../rpc/rpc-service.ts'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import { errorBody } from './error-edge.ts'
import { isJson, jsonTextSchema, useTextBodies } from './json-body.ts'
import { pageQuery, pathId, toPageLink } from './page-query.ts'
import { addRoute, anyone, type RouteGroup, tenantAdmin, tenantOrCustomer } from './route.ts'

/** Status of a command that had no answer: the two versions of the API tell it differently (as ThingsBoard). */
const failureStatus = {
  v1: { NOT_FOUND: 404, FORBIDDEN: 403, NO_ACTIVE_CONNECTION: 409, TIMEOUT: 408, INTERNAL: 500 },
  v2: { NOT_FOUND: 404, FORBIDDEN: 403, NO_ACTIVE_CONNECTION: 504, TIMEOUT: 504, INTERNAL: 500 },
} as const

const requestOf = (text: string | undefined) => {
  if (text === undefined || !isJson(text)) throw invalidBody()
  const parsed = rpcRequestSchema.safeParse(JSON.parse(text))
  if (parsed.success) return parsed.data
  throw new AppError('ARGUMENT_INVALID', parsed.error.issues[0]?.message)
}

const send = (reply: FastifyReply, { data, error }: RpcOutcome, version: 'v1' | 'v2') => {
  if (error) return reply.status(failureStatus[version][error]).send()
  if (!data) return reply.status(200).send()
  if (!isJson(data)) return reply.status(406).send()
  return reply.status(200).type('application/json; charset=utf-8').send(data)
}

/** Commands to devices, by both versions of the API, and the persistent ones (as ThingsBoard). */
export const rpcRoutes = ({ rpcs, now }: ApiDeps): RouteGroup => {
  const tag = 'Commands'

  const callRoutes = (api: FastifyInstance) => {
    for (const { prefix, version } of [
      { prefix: '/api/rpc', version: 'v2' },
      { prefix: '/api/plugins/rpc', version: 'v1' },
    ] as const)
      for (const way of ['oneway', 'twoway'] as const)
        addRoute(api, tag, {
          method: 'POST',
          path: `${prefix}/${way}/:deviceId`,
          access: anyone,
          summary:
            way === 'oneway'
              ? 'Send a command that wants no answer'
              : 'Send a command and wait for the answer of the device',
          params: z.object({ deviceId: pathId }),
          body: jsonTextSchema.optional(),
          response: 'raw',
          errorFormat: 'text',
          handle: async ({ caller, params, body, reply }) => {
            let request: ReturnType<typeof requestOf>
            try {
              request = requestOf(body)
            } catch (error) {
              if (!(error instanceof AppError)) throw error
              return void reply.status(400).send(errorBody(error, now()))
            }
            const outcome = await rpcs.call(caller, params.deviceId, request, way === 'oneway')
            send(reply, outcome, version)
          },
        })
  }

  const persistentRoutes = (api: FastifyInstance) => {
    addRoute(api, tag, {
      method: 'GET',
      path: '/api/rpc/persistent/:rpcId',
      access: tenantOrCustomer,
      summary: 'A persistent command with its state',
      params: z.object({ rpcId: pathId }),
      response: rpcSchema,
      handle: ({ caller, params }) => rpcs.find(caller, params.rpcId),
    })
    addRoute(api, tag, {
      method: 'GET',
      path: '/api/rpc/persistent/device/:deviceId',
      access: tenantOrCustomer,
      summary: 'Persistent commands of a device',
      params: z.object({ deviceId: pathId }),
      query: z.object({ ...pageQuery, rpcStatus: rpcStatusSchema.optional() }),
      response: pageOf(rpcSchema),
      handle: ({ caller, params, query: { rpcStatus, ...link } }) => {
        if (rpcStatus === 'DELETED') throw new AppError('ARGUMENT_INVALID', 'RpcStatus: DELETED')
        return rpcs.list(caller, params.deviceId, toPageLink(link), rpcStatus)
      },
    })
    addRoute(api, tag, {
      method: 'DELETE',
      path: '/api/rpc/persistent/:rpcId',
      access: tenantAdmin,
      summary: 'Delete a persistent command; a device that has not got it yet never does',
      params: z.object({ rpcId: pathId }),
      response: 'empty',
      handle: ({ caller, params }) => rpcs.delete(caller, params.rpcId),
    })
  }

  return {
    tag,
    register: (api) => {
      persistentRoutes(api)
      api.register(async (scope) => {
        useTextBodies(scope)
        callRoutes(scope)
      })
    },
  }
}
