import type { Authority, ErrorCode, PartialScope } from '@thingwire/contracts'
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify'
import { z } from 'zod'
import type { Caller, PartialCaller } from '../auth/sign-in.ts'
import { maxBodyBytes } from './body-limit.ts'

/**
 * Who may call a route: nobody needs to be signed in, or one of these authorities does. Partial scopes name the steps of
 * an unfinished sign-in; whoever is at such a step may call no other route, and no one else those that name nothing more.
 */
export type Access = 'public' | readonly [Authority | PartialScope, ...(Authority | PartialScope)[]]

export const tenantAdmin = ['TENANT_ADMIN'] as const
export const tenantOrCustomer = ['TENANT_ADMIN', 'CUSTOMER_USER'] as const
export const systemOrTenant = ['SYS_ADMIN', 'TENANT_ADMIN'] as const
export const customerUser = ['CUSTOMER_USER'] as const
export const systemAdmin = ['SYS_ADMIN'] as const
/** Somebody whose password was right and whose second factor is still missing. */
export const beforeVerification = ['PRE_VERIFICATION_TOKEN'] as const
/** Somebody who must set up a second factor before anything else. */
export const settingUpFactors = ['MFA_CONFIGURATION_TOKEN'] as const
export const anyone = ['SYS_ADMIN', 'TENANT_ADMIN', 'CUSTOMER_USER'] as const

declare module 'fastify' {
  interface FastifySchema {
    /** Shown in the OpenAPI document; the access matrix test reads it there. */
    'x-roles'?: readonly string[]
  }
  interface FastifyContextConfig {
    access?: Access
    /** `text`: errors are plain text, as the asynchronous endpoints of ThingsBoard answer. */
    errorFormat?: 'json' | 'text'
    /** The error for a body that does not parse, where ThingsBoard answers a particular one. */
    invalidBody?: ErrorCode
  }
  interface FastifyRequest {
    /** Set by the authentication hook; null on public routes. */
    caller: Caller | null
  }
}

type Output<S> = S extends z.ZodType ? z.output<S> : undefined

/** Whose partial scope is certain where a route is for such callers alone. */
type CallerOf<A extends Access> = [A[number]] extends [PartialScope] ? PartialCaller : Caller

export type Call<A extends Access, P, Q, B> = {
  caller: A extends 'public' ? null : CallerOf<A>
  params: Output<P>
  query: Output<Q>
  body: Output<B>
  request: FastifyRequest
  reply: FastifyReply
}

export type RouteSpec<
  A extends Access,
  P extends z.ZodType | undefined,
  Q extends z.ZodType | undefined,
  B extends z.ZodType | undefined,
  R extends z.ZodType | 'empty' | 'raw',
> = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Full path, Fastify's notation. */
  path: `/api/${string}`
  access: A
  summary: string
  params?: P
  query?: Q
  body?: B
  /** `empty`: 200 without a body. `raw`: the handler sends the answer itself (files, redirects, plain text). */
  response: R
  errorFormat?: 'text'
  invalidBody?: ErrorCode
  /** `multipart`: the handler reads the parts from the request; `text`: the body comes as the text it is. */
  consumes?: 'json' | 'text' | 'multipart'
  /** Largest body in bytes; absent: that of the REST API. */
  bodyLimit?: number
  handle(call: Call<A, P, Q, B>): R extends z.ZodType ? Promise<z.output<R>> | z.output<R> : Promise<void> | void
}

/** Group of routes in the documentation; one a file. */
export type RouteGroup = { tag: string; register(api: FastifyInstance): void }

/**
 * Adds one route. What a handler returns is sent as JSON after the response schema has cut away what it does not name;
 * routes with an empty response answer 200 without a body.
 */
export const addRoute = <
  const A extends Access,
  R extends z.ZodType | 'empty' | 'raw',
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  api: FastifyInstance,
  tag: string,
  spec: RouteSpec<A, P, Q, B, R>,
): void => {
  const { access, handle, response } = spec
  const options: RouteOptions = {
    method: spec.method,
    url: spec.path,
    bodyLimit: spec.bodyLimit ?? maxBodyBytes,
    config: {
      access,
      ...(spec.errorFormat && { errorFormat: spec.errorFormat }),
      ...(spec.invalidBody && { invalidBody: spec.invalidBody }),
    },
    schema: {
      tags: [tag],
      summary: spec.summary,
      ...(spec.params && { params: spec.params }),
      ...(spec.query && { querystring: spec.query }),
      ...(spec.body && { body: spec.body }),
      ...(spec.consumes && spec.consumes !== 'json' && { consumes: [contentTypes[spec.consumes]] }),
      response: { 200: responseSchema(response) },
      security: access === 'public' ? [] : [{ bearer: [] }, { cookie: [] }],
      'x-roles': access === 'public' ? ['public'] : [...access],
    },
    handler: async (request, reply) => {
      const { caller, params, query, body } = request
      // The schemas have run: validator and types come from the same objects, and the hook has set the caller.
      const call = { caller, params, query, body, request, reply } as unknown as Call<A, P, Q, B>
      const result: unknown = await handle(call)
      if (response === 'raw') return reply
      return reply.send(response === 'empty' ? undefined : result)
    },
  }
  api.route(options)
}

const contentTypes = { text: 'text/plain', multipart: 'multipart/form-data' } as const

const responseSchema = (response: z.ZodType | 'empty' | 'raw'): z.ZodType => {
  if (response === 'empty') return z.null().describe('No content')
  return response === 'raw' ? z.unknown().describe('As the endpoint says') : response
}
