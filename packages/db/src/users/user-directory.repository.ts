import { AppError, type Authority, type PageData, type PageLink, type User } from '@thingwire/contracts'
import type { Queryable, Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { removeTraces } from '../entity-removal.ts'
import { conditionsOf, listOwned, type OwnedSource } from '../owned/owned-list.ts'
import { withoutNul } from '../rows.ts'
import { toUser, type UserRow, userColumnsOf } from '../users.repository.ts'
import { uuidV7 } from '../uuid.ts'

/** What may change in a user that exists. */
export type UserFields = {
  email: string
  firstName: string | null
  lastName: string | null
  phone: string | null
  additionalInfo: Record<string, unknown> | null
}
export type NewUserFields = UserFields & {
  authority: Authority
  tenantId: string | null
  customerId: string | null
}
export type UserFilter = {
  ids?: readonly string[]
  authority?: Authority
  /** Those of any of these customers; null stands for users of no customer. */
  customerIds?: readonly (string | null)[]
}

/** Users as entities of a tenant. Signing in, which knows no tenant yet, is the business of `users`. */
export type UserDirectoryRepository = {
  find(scope: Scope, userId: string): Promise<User | null>
  list(scope: Scope, link: PageLink, filter?: UserFilter): Promise<PageData<User>>
  /** The account stays closed until a password is chosen. */
  create(user: NewUserFields, links: { activateToken: string; expiresAtMs: number }): Promise<User>
  /** Throws VERSION_CONFLICT when `version` is given and not the stored one. */
  update(scope: Scope, userId: string, user: UserFields, version: number | null): Promise<User>
  /**
   * Deletes the user with everything that points at it.
   * @returns `last` when it is the tenant's only administrator, who stays; `missing` when there is no such user
   */
  remove(scope: Scope, userId: string): Promise<'removed' | 'last' | 'missing'>
}

const source: OwnedSource<UserRow, User> = {
  table: 'users',
  select: userColumnsOf('e'),
  joins: 'LEFT JOIN user_credentials c ON c.user_id = e.id',
  sorts: {
    createdTime: { column: 'e.created_time' },
    email: { column: 'e.email', isUnique: true },
    name: { column: 'e.email', isUnique: true },
    authority: { column: 'e.authority' },
    firstName: { column: 'e.first_name' },
    lastName: { column: 'e.last_name' },
    phone: { column: 'e.phone' },
  },
  searched: ['e.email', 'e.first_name', 'e.last_name'],
  searchedBeside: [],
  toEntity: toUser,
}

export const createUserDirectoryRepository = (sql: Sql): UserDirectoryRepository => {
  const findIn = async (db: Queryable, scope: Scope, userId: string): Promise<User | null> => {
    const found = conditionsOf(scope)
    found.where(`e.id = ${found.param(userId)}`)
    const { rows } = await db.query<UserRow>({
      text: `SELECT ${source.select} FROM users e ${source.joins} ${found.text()}`,
      values: found.values,
    })
    return rows[0] ? toUser(rows[0]) : null
  }

  return {
    find: (scope, userId) => findIn(sql, scope, userId),

    list: (scope, link, filter = {}) => {
      const found = conditionsOf(scope)
      if (filter.ids) found.where(`e.id = ANY(${found.param(filter.ids)}::uuid[])`)
      if (filter.authority) found.where(`e.authority = ${found.param(filter.authority)}`)
      if (filter.customerIds) {
        const known = found.param(filter.customerIds.filter((id) => id !== null))
        const orNone = filter.customerIds.includes(null) ? ' OR e.customer_id IS NULL' : ''
        found.where(`(e.customer_id = ANY(${known}::uuid[])${orNone})`)
      }
      const { textSearch, ...rest } = link
      return listOwned(sql, source, found, { ...rest, ...(textSearch && { textSearch: withoutNul(textSearch) }) })
    },

    create: (user, { activateToken, expiresAtMs }) =>
      sql.transaction(async (tx) => {
        const id = uuidV7()
        const now = Date.now()
        await requireOwner(tx, user)
        const { rowCount } = await tx.query({
          text: `INSERT INTO users (id, created_time, additional_info, tenant_id, customer_id, email, authority,
                   first_name, last_name, phone, version)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1) ON CONFLICT (email) DO NOTHING`,
          values: [
            id,
            now,
            infoText(user.additionalInfo),
            user.tenantId,
            user.customerId,
            user.email,
            user.authority,
            user.firstName,
            user.lastName,
            user.phone,
          ],
        })
        if (rowCount !== 1) throw emailTaken(user.email)
        await tx.query({
          text: `INSERT INTO user_credentials (id, created_time, user_id, enabled, activate_token, activate_token_expiry)
                 VALUES ($1, $2, $3, false, $4, $5)`,
          values: [uuidV7(), now, id, activateToken, expiresAtMs],
        })
        return required(await findIn(tx, { kind: 'system' }, id), id)
      }),

    update: (scope, userId, user, version) =>
      sql.transaction(async (tx) => {
        const taken = await tx.query({
          text: 'SELECT 1 FROM users WHERE email = $1 AND id <> $2',
          values: [user.email, userId],
        })
        if (taken.rows.length > 0) throw emailTaken(user.email)
        const found = conditionsOf(scope)
        found.where(`e.id = ${found.param(userId)}`)
        if (version !== null) found.where(`e.version = ${found.param(version)}`)
        const { param } = found
        const { rowCount } = await tx.query({
          text: `UPDATE users e SET email = ${param(user.email)}, first_name = ${param(user.firstName)},
                   last_name = ${param(user.lastName)}, phone = ${param(user.phone)},
                   additional_info = ${param(infoText(user.additionalInfo))}, version = e.version + 1 ${found.text()}`,
          values: found.values,
        })
        const stored = await findIn(tx, scope, userId)
        if (rowCount === 0 && stored) throw new AppError('VERSION_CONFLICT')
        return required(stored, userId)
      }),

    remove: (scope, userId) =>
      sql.transaction(async (tx) => {
        const user = await findIn(tx, scope, userId)
        if (!user) return 'missing'
        const tenantId = user.authority === 'SYS_ADMIN' ? null : user.tenantId.id
        if (user.authority === 'TENANT_ADMIN') {
          // Two administrators who delete each other at once must not both succeed.
          await tx.query({ text: 'SELECT 1 FROM tenants WHERE id = $1 FOR UPDATE', values: [tenantId] })
          const { rows } = await tx.query({
            text: "SELECT 1 FROM users WHERE tenant_id = $1 AND authority = 'TENANT_ADMIN' AND id <> $2 LIMIT 1",
            values: [tenantId, userId],
          })
          if (rows.length === 0) return 'last'
        }
        const { rowCount } = await tx.query({ text: 'DELETE FROM users WHERE id = $1', values: [userId] })
        if (rowCount !== 1) return 'missing'
        if (tenantId) await removeTraces(tx, tenantId, [userId])
        return 'removed'
      }),
  }
}

const requireOwner = async (tx: Queryable, { tenantId, customerId }: NewUserFields): Promise<void> => {
  if (tenantId) {
    const { rows } = await tx.query({ text: 'SELECT 1 FROM tenants WHERE id = $1', values: [tenantId] })
    if (rows.length === 0) throw new AppError('ARGUMENT_INVALID', 'User is referencing to non-existent tenant!')
  }
  if (customerId) {
    const { rows } = await tx.query({
      text: 'SELECT 1 FROM customers WHERE id = $1 AND tenant_id = $2',
      values: [customerId, tenantId],
    })
    if (rows.length === 0) throw new AppError('ARGUMENT_INVALID', 'User is referencing to non-existent customer!')
  }
}

const infoText = (info: Record<string, unknown> | null): string | null => (info ? JSON.stringify(info) : null)

const emailTaken = (email: string) =>
  new AppError('ARGUMENT_INVALID', `User with email '${email}' already present in database!`)

const required = (user: User | null, id: string): User => {
  if (!user) throw new AppError('ENTITY_NOT_FOUND', `User with id [${id}] is not found`)
  return user
}
