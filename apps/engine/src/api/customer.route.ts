import {
  AppError,
  customerSchema,
  customerShortInfoSchema,
  nameConflictQuery,
  saveCustomerSchema,
} from '@thingwire/contracts'
import { scopeOf } from '@thingwire/db'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ApiDeps } from './api-deps.ts'
import { pageOf } from './entity-schemas.ts'
import { idListQuery, optionalPageQuery, pathId, requirePageLink } from './page-query.ts'
import { addRoute, type RouteGroup, tenantAdmin, tenantOrCustomer } from './route.ts'

const customerParams = z.object({ customerId: pathId })

/** Customers of a tenant (as ThingsBoard). */
export const customerRoutes = (deps: ApiDeps): RouteGroup => {
  const tag = 'Customers'
  return {
    tag,
    register: (api) => {
      readRoutes(api, tag, deps)
      listRoutes(api, tag, deps)
      writeRoutes(api, tag, deps)
    },
  }
}

const readRoutes = (api: FastifyInstance, tag: string, { customers }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/customer/:customerId',
    access: tenantOrCustomer,
    summary: 'One customer',
    params: customerParams,
    response: customerSchema,
    handle: ({ caller, params }) => customers.find(caller, params.customerId),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/customer/:customerId/shortInfo',
    access: tenantOrCustomer,
    summary: 'Title of a customer, and whether it is the public one',
    params: customerParams,
    response: customerShortInfoSchema,
    handle: async ({ caller, params }) => {
      const { title, additionalInfo } = await customers.find(caller, params.customerId)
      return { title, isPublic: additionalInfo?.isPublic === true }
    },
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/customer/:customerId/title',
    access: tenantOrCustomer,
    summary: 'Title of a customer as plain text',
    params: customerParams,
    response: 'raw',
    handle: async ({ caller, params, reply }) => {
      const { title } = await customers.find(caller, params.customerId)
      reply.type('text/plain; charset=utf-8').send(title)
    },
  })
}

const listRoutes = (api: FastifyInstance, tag: string, { database }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/customers',
    access: tenantAdmin,
    summary: 'Customers by page; with customerIds: those, as a list',
    query: z.object({ ...optionalPageQuery, customerIds: idListQuery.optional() }),
    response: z.union([pageOf(customerSchema), z.array(customerSchema)]),
    handle: ({ caller, query: { customerIds, ...page } }) =>
      customerIds
        ? database.customers.findMany(scopeOf(caller), customerIds)
        : database.customers.list(scopeOf(caller), requirePageLink(page)),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/customers/list',
    access: tenantAdmin,
    summary: 'Customers by their ids',
    query: z.object({ customerIds: idListQuery }),
    response: z.array(customerSchema),
    handle: ({ caller, query }) => database.customers.findMany(scopeOf(caller), query.customerIds),
  })
  addRoute(api, tag, {
    method: 'GET',
    path: '/api/tenant/customers',
    access: tenantAdmin,
    summary: 'The customer of this title',
    query: z.object({ customerTitle: z.string().max(255) }),
    response: customerSchema,
    handle: async ({ caller, query: { customerTitle } }) => {
      const found = await database.customers.findByTitle(scopeOf(caller), customerTitle)
      if (!found) throw new AppError('ENTITY_NOT_FOUND', `Customer with title [${customerTitle}] is not found`)
      return found
    },
  })
}

const writeRoutes = (api: FastifyInstance, tag: string, { customers }: ApiDeps): void => {
  addRoute(api, tag, {
    method: 'POST',
    path: '/api/customer',
    access: tenantAdmin,
    summary: 'Create a customer, or replace it',
    query: z.object(nameConflictQuery),
    body: saveCustomerSchema,
    response: customerSchema,
    handle: ({ caller, query, body }) => customers.save(caller, body, query),
  })
  addRoute(api, tag, {
    method: 'DELETE',
    path: '/api/customer/:customerId',
    access: tenantAdmin,
    summary: 'Delete a customer with its users; what it had stays with the tenant',
    params: customerParams,
    response: 'empty',
    handle: ({ caller, params }) => customers.delete(caller, params.customerId),
  })
}
