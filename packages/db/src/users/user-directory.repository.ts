import { AppError, type Authority, type PageData, type PageLink, toPageData, type User } from '@thingwire/contracts'
import type { Queryable, Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { removeTraces } from '../entity-removal.ts'
import { containing, sortColumn, sortDirection, withoutNul } from '../rows.ts'
import { toUser, type UserRow, userColumns } from '../users.repository.ts'
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

const sortColumns = {
  id: 'u.id',
  createdTime: 'u.created_time',
  email: 'u.email',
  name: 'u.email',
  authority: 'u.authority',
  firstName: 'u.first_name',
  lastName: 'u.last_name',
  phone: 'u.phone',
} as const

const from = 'FROM users u LEFT JOIN user_credentials c ON c.user_id = u.id'

export const createUserDirectoryRepository = (sql: Sql): UserDirectoryRepository => {
  const findIn = async (db: Queryable, scope: Scope, userId: string): Promise<User | null> => {
    const where = conditionsOf(scope, { ids: [userId] })
    const { rows } = await db.query<UserRow>({
      text: `SELECT ${userColumns} ${from} WHERE ${where.text}`,
      values: where.values,
    })
    return rows[0] ? toUser(rows[0]) : null
  }

  return {
    find: (scope, userId) => findIn(sql, scope, userId),

    list: async (scope, link, filter = {}) => {
      const { text, values } = conditionsOf(scope, filter, link.textSearch)
      const order = `${sortColumn(link, sortColumns, 'u.id')} ${sortDirection(link)} NULLS LAST, u.id`
      const [page, counted] = await Promise.all([
        sql.query<UserRow>({
          text: `SELECT ${userColumns} ${from} WHERE ${text} ORDER BY ${order}
                 LIMIT $${values.length + 1} OFFSET $${values.length + 2}`,
          values: [...values, link.pageSize, link.page * link.pageSize],
        }),
        sql.query<{ total: number }>({ text: `SELECT count(*) AS total FROM users u WHERE ${text}`, values }),
      ])
      return toPageData(page.rows.map(toUser), counted.rows[0]?.total ?? 0, link)
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
        const where = conditionsOf(scope, { ids: [userId] })
        const at = where.values.length
        const { rowCount } = await tx.query({
          text: `UPDATE users u SET email = $${at + 1}, first_name = $${at + 2}, last_name = $${at + 3}, phone = $${at + 4},
                   additional_info = $${at + 5}, version = u.version + 1
                 WHERE ${where.text} AND ($${at + 6}::int IS NULL OR u.version = $${at + 6})`,
          values: [
            ...where.values,
            user.email,
            user.firstName,
            user.lastName,
            user.phone,
            infoText(user.additionalInfo),
            version,
          ],
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

/** The WHERE clause of users that the scope reaches and the filter names. */
const conditionsOf = (scope: Scope, filter: UserFilter, textSearch?: string) => {
  const values: unknown[] = []
  const conditions: string[] = []
  const where = (condition: (n: string) => string, value: unknown) => {
    values.push(value)
    conditions.push(condition(`$${values.length}`))
  }
  if (scope.kind !== 'system') where((n) => `u.tenant_id = ${n}::uuid`, scope.tenantId)
  if (scope.kind === 'customer') where((n) => `u.customer_id = ${n}::uuid`, scope.customerId)
  if (filter.ids) where((n) => `u.id = ANY(${n}::uuid[])`, filter.ids)
  if (filter.authority) where((n) => `u.authority = ${n}`, filter.authority)
  if (filter.customerIds) {
    const known = filter.customerIds.filter((id) => id !== null)
    const orNone = filter.customerIds.includes(null) ? ' OR u.customer_id IS NULL' : ''
    where((n) => `(u.customer_id = ANY(${n}::uuid[])${orNone})`, known)
  }
  if (textSearch)
    where(
      (n) => `(u.email ILIKE ${n} OR u.first_name ILIKE ${n} OR u.last_name ILIKE ${n})`,
      containing(withoutNul(textSearch)),
    )
  return { text: conditions.length > 0 ? conditions.join(' AND ') : 'true', values }
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
