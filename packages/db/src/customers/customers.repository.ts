import {
  AppError,
  type Customer,
  type PageData,
  type PageLink,
  publicCustomerTitle,
  type SaveCustomer,
  toPageData,
} from '@thingwire/contracts'
import type { LazyPrisma, Prisma } from '../connection/prisma.ts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { removeTraces } from '../entity-removal.ts'
import type * as Generated from '../generated/client.ts'
import { literal, ms, sortColumn, sortDirection, toInfo } from '../rows.ts'
import { fromWireId, writableTenant } from '../scope.ts'
import { uuidV7 } from '../uuid.ts'

export type CustomersRepository = {
  list(scope: Scope, link: PageLink): Promise<PageData<Customer>>
  find(scope: Scope, customerId: string): Promise<Customer | null>
  findByTitle(scope: Scope, title: string): Promise<Customer | null>
  /** In no particular order; those that are missing are left out. */
  findMany(scope: Scope, customerIds: readonly string[]): Promise<Customer[]>
  /** Creates, or replaces the whole customer. */
  save(scope: Scope, customer: SaveCustomer): Promise<Customer>
  /** The customer that public things of the tenant belong to; made when there is none. */
  ensurePublic(scope: Scope): Promise<Customer>
  /**
   * Takes everything away from the customer, deletes its users, then the customer.
   * @returns what else changed by it; null when the tenant has no such customer
   */
  delete(scope: Scope, customerId: string): Promise<CustomerRemoval | null>
}

export type CustomerRemoval = { userIds: string[]; deviceIds: string[]; assetIds: string[]; entityViewIds: string[] }

type Row = Generated.Prisma.CustomerGetPayload<Record<never, never>>

const sorts = {
  id: 'id',
  title: 'title',
  name: 'title',
  createdTime: 'createdTime',
  email: 'email',
  country: 'country',
  state: 'state',
  city: 'city',
  address: 'address',
  address2: 'address2',
  zip: 'zip',
  phone: 'phone',
} as const

export const createCustomersRepository = (prisma: LazyPrisma, sql: Sql): CustomersRepository => ({
  list: async (scope, link) => {
    const { client } = await prisma.get()
    const where = {
      ...visible(scope),
      ...(link.textSearch && { title: { contains: literal(link.textSearch), mode: 'insensitive' as const } }),
    }
    const [rows, total] = await Promise.all([
      client.customer.findMany({
        where,
        orderBy: [{ [sortColumn(link, sorts, 'id')]: sortDirection(link) }, { id: 'asc' }],
        skip: link.page * link.pageSize,
        take: link.pageSize,
      }),
      client.customer.count({ where }),
    ])
    return toPageData(rows.map(toCustomer), total, link)
  },

  find: async (scope, customerId) => {
    const { client } = await prisma.get()
    const row = await client.customer.findFirst({ where: { AND: [visible(scope), { id: customerId }] } })
    return row && toCustomer(row)
  },

  findByTitle: async (scope, title) => {
    const { client } = await prisma.get()
    const row = await client.customer.findFirst({ where: { ...visible(scope), title } })
    return row && toCustomer(row)
  },

  findMany: async (scope, customerIds) => {
    const { client } = await prisma.get()
    const rows = await client.customer.findMany({ where: { AND: [visible(scope), { id: { in: [...customerIds] } }] } })
    return rows.map(toCustomer)
  },

  save: async (scope, customer) => {
    const tenantId = writableTenant(scope)
    const db = await prisma.get()
    const data = columns(db, customer)
    if (!customer.id) {
      const created = { id: uuidV7(), createdTime: BigInt(Date.now()), tenantId }
      return toCustomer(await db.client.customer.create({ data: { ...created, ...data } }))
    }
    const id = customer.id.id
    return db.client.$transaction(async (tx) => {
      const { count } = await tx.customer.updateMany({
        // Without a version the caller overwrites whatever stands.
        where: { id, tenantId, isPublic: false, ...(customer.version != null && { version: customer.version }) },
        data: { ...data, version: { increment: 1 } },
      })
      const row = await tx.customer.findFirst({ where: { id, tenantId } })
      if (!row) throw new AppError('ENTITY_NOT_FOUND', `Customer with id [${id}] is not found`)
      if (row.isPublic) throw new AppError('ARGUMENT_INVALID', 'The public customer cannot be changed!')
      if (count === 0) throw new AppError('VERSION_CONFLICT')
      return toCustomer(row)
    })
  },

  ensurePublic: async (scope) => {
    const tenantId = writableTenant(scope)
    const { client } = await prisma.get()
    const where = { tenantId_title: { tenantId, title: publicCustomerTitle } }
    const found = await client.customer.findUnique({ where })
    if (found) return toCustomer(found)
    await client.customer.createMany({
      data: [
        {
          id: uuidV7(),
          createdTime: BigInt(Date.now()),
          tenantId,
          title: publicCustomerTitle,
          isPublic: true,
          additionalInfo: { isPublic: true },
        },
      ],
      // Two things may be made public at the same time.
      skipDuplicates: true,
    })
    return toCustomer(await client.customer.findUniqueOrThrow({ where }))
  },

  delete: (scope, customerId) => removeCustomer(sql, writableTenant(scope), customerId),
})

/** A customer sees itself. */
const visible = (scope: Scope) => {
  switch (scope.kind) {
    case 'system':
      return {}
    case 'tenant':
      return { tenantId: scope.tenantId }
    case 'customer':
      return { tenantId: scope.tenantId, id: scope.customerId }
  }
}

const removeCustomer = (sql: Sql, tenantId: string, customerId: string): Promise<CustomerRemoval | null> =>
  sql.transaction(async (tx) => {
    const values = [customerId, tenantId]
    // Nothing can be assigned to the customer any more: a foreign key to it has to wait for this lock.
    const found = await tx.query({
      text: 'SELECT 1 FROM customers WHERE id = $1 AND tenant_id = $2 FOR UPDATE',
      values,
    })
    if (found.rowCount !== 1) return null
    const ids = async (text: string) => (await tx.query<{ id: string }>({ text, values })).rows.map(({ id }) => id)
    const unassigned = (table: string) =>
      ids(
        `UPDATE ${table} SET customer_id = NULL, version = version + 1
         WHERE tenant_id = $2 AND customer_id = $1 RETURNING id`,
      )
    const deviceIds = await unassigned('devices')
    const assetIds = await unassigned('assets')
    const entityViewIds = await unassigned('entity_views')
    await tx.query({ text: 'UPDATE alarms SET customer_id = NULL WHERE tenant_id = $2 AND customer_id = $1', values })
    await tx.query({
      text: 'UPDATE entity_alarm SET customer_id = NULL WHERE tenant_id = $2 AND customer_id = $1',
      values,
    })
    const userIds = await ids('DELETE FROM users WHERE tenant_id = $2 AND customer_id = $1 RETURNING id')
    await tx.query({
      text: `DELETE FROM api_usage_states WHERE entity_id = $1 AND tenant_id = $2`,
      values,
    })
    await tx.query({ text: 'DELETE FROM customers WHERE id = $1 AND tenant_id = $2', values })
    await removeTraces(tx, tenantId, [customerId, ...userIds])
    return { userIds, deviceIds, assetIds, entityViewIds }
  })

/** Saving replaces the whole customer: what is absent is cleared. */
const columns = (db: Prisma, customer: SaveCustomer) => ({
  title: customer.title,
  ...contactColumns(customer),
  externalId: fromWireId(customer.externalId?.id),
  // Prisma's input type for JSON does not know `unknown` members; what was parsed as JSON is JSON.
  additionalInfo: customer.additionalInfo
    ? (withoutPublicMark(customer.additionalInfo) as Record<string, never>)
    : db.jsonNull,
})

/** Only `ensurePublic` makes a public customer. */
const withoutPublicMark = ({ isPublic: _, ...info }: Record<string, unknown>) => info

const contactColumns = (customer: SaveCustomer) => ({
  country: customer.country ?? null,
  state: customer.state ?? null,
  city: customer.city ?? null,
  address: customer.address ?? null,
  address2: customer.address2 ?? null,
  zip: customer.zip ?? null,
  phone: customer.phone ?? null,
  email: customer.email ?? null,
})

const toCustomer = (row: Row): Customer => ({
  id: { entityType: 'CUSTOMER', id: row.id },
  createdTime: ms(row.createdTime),
  additionalInfo: toInfo(row.additionalInfo),
  country: row.country,
  state: row.state,
  city: row.city,
  address: row.address,
  address2: row.address2,
  zip: row.zip,
  phone: row.phone,
  email: row.email,
  tenantId: { entityType: 'TENANT', id: row.tenantId },
  title: row.title,
  name: row.title,
  externalId: row.externalId ? { entityType: 'CUSTOMER', id: row.externalId } : null,
  version: row.version,
})
