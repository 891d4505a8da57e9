import { type Authority, authorities, type User } from '@thingwire/contracts'
import type { Sql } from './connection/sql.ts'
import { toInfo } from './rows.ts'
import { toWireId } from './scope.ts'

export type UserAccount = {
  user: User
  passwordHash: string | null
  enabled: boolean
  /** Epoch ms. */
  tokensValidFromMs: number
  /** When the password was chosen, epoch ms; 0: unknown. */
  passwordSetTimeMs: number
  /** Failed sign-ins since the last success. */
  failedLoginAttempts: number
  /** Closed by the lockout rule, and not by an administrator. */
  isLocked: boolean
}

export type PublicCustomer = { customerId: string; tenantId: string; title: string }

export type UsedPassword = { passwordHash: string /** Epoch ms. */; lastUsedMs: number }

/** Accounts as sign-in needs them: system-wide, because it is not known yet whose tenant somebody belongs to. */
export type UsersRepository = {
  findAccountByEmail(email: string): Promise<UserAccount | null>
  findAccountById(userId: string): Promise<UserAccount | null>
  recordLogin(userId: string, atMs: number): Promise<void>
  /** The password was right, though a second factor is still missing. */
  forgetFailedLogins(userId: string): Promise<void>
  /** One failed sign-in more; answers how many there are in a row now. */
  recordFailedLogin(userId: string): Promise<number>
  /** Tokens issued before this moment stop being valid (password change, sign-out everywhere). */
  invalidateTokens(userId: string, fromMs: number): Promise<void>
  /** Opens or closes the account. Opening forgets failed sign-ins; closing ends every session. False: no such account. */
  setEnabled(userId: string, isEnabled: boolean, atMs: number): Promise<boolean>
  /** False when it was closed already, or never there: of several failures at once only one locks it. */
  lock(userId: string, atMs: number): Promise<boolean>
  /** The current password and those before it. */
  usedPasswords(userId: string, nowMs: number): Promise<UsedPassword[]>
  /**
   * The old password goes into the history, links for choosing one and all tokens stop working. False: no such account.
   * @param options.enable Opens the account as well (activation)
   */
  setPassword(
    userId: string,
    passwordHash: string,
    options: { atMs: number; enable?: boolean | undefined },
  ): Promise<boolean>
  /** A customer whom anybody may sign in as. */
  findPublicCustomer(customerId: string): Promise<PublicCustomer | null>
}

/** Hashes kept for the reuse rule; each costs tens of milliseconds to compare with. */
const maxHistory = 20

export const createUsersRepository = (sql: Sql): UsersRepository => {
  const find = async (name: string, condition: string, value: string): Promise<UserAccount | null> => {
    const { rows } = await sql.query<AccountRow>({
      name,
      text: `SELECT ${accountColumns} FROM users u LEFT JOIN user_credentials c ON c.user_id = u.id WHERE ${condition}`,
      values: [value],
    })
    return rows[0] ? toAccount(rows[0]) : null
  }
  const change = async (text: string, values: unknown[]): Promise<boolean> =>
    (await sql.query({ text, values })).rowCount === 1

  return {
    findAccountByEmail: (email) => find('account-by-email', 'u.email = $1', email.trim().toLowerCase()),
    findAccountById: (userId) => find('account-by-id', 'u.id = $1', userId),

    recordLogin: async (userId, atMs) => {
      await change('UPDATE user_credentials SET last_login_ts = $2, failed_login_attempts = 0 WHERE user_id = $1', [
        userId,
        atMs,
      ])
    },

    forgetFailedLogins: async (userId) => {
      await change(
        'UPDATE user_credentials SET failed_login_attempts = 0 WHERE user_id = $1 AND failed_login_attempts <> 0',
        [userId],
      )
    },

    recordFailedLogin: async (userId) => {
      const { rows } = await sql.query<{ failed_login_attempts: number }>({
        text: `UPDATE user_credentials SET failed_login_attempts = LEAST(failed_login_attempts + 1, 1000000000)
               WHERE user_id = $1 RETURNING failed_login_attempts`,
        values: [userId],
      })
      return rows[0]?.failed_login_attempts ?? 0
    },

    invalidateTokens: async (userId, fromMs) => {
      // Never earlier than what stands: two invalidations may arrive out of order.
      await change(
        'UPDATE user_credentials SET tokens_valid_from = GREATEST(tokens_valid_from, $2) WHERE user_id = $1',
        [userId, fromMs],
      )
    },

    setEnabled: (userId, isEnabled, atMs) =>
      change(
        isEnabled
          ? `UPDATE user_credentials SET enabled = true, failed_login_attempts = 0,
               additional_info = additional_info - 'lockedTs' WHERE user_id = $1`
          : `UPDATE user_credentials SET enabled = false, tokens_valid_from = GREATEST(tokens_valid_from, $2)
             WHERE user_id = $1`,
        isEnabled ? [userId] : [userId, atMs],
      ),

    lock: (userId, atMs) =>
      change(
        `UPDATE user_credentials SET enabled = false, tokens_valid_from = GREATEST(tokens_valid_from, $2),
           additional_info = CASE jsonb_typeof(additional_info) WHEN 'object' THEN additional_info ELSE '{}'::jsonb END
             || jsonb_build_object('lockedTs', $2::bigint)
         WHERE user_id = $1 AND enabled`,
        [userId, atMs],
      ),

    usedPasswords: async (userId, nowMs) => {
      const { rows } = await sql.query<HistoryRow>({
        text: 'SELECT password_hash, password_set_time, password_history FROM user_credentials WHERE user_id = $1',
        values: [userId],
      })
      return rows[0] ? toUsed(rows[0], nowMs) : []
    },

    setPassword: (userId, passwordHash, { atMs, enable = false }) =>
      change(
        `UPDATE user_credentials SET
           password_history = CASE WHEN password_hash IS NULL THEN password_history ELSE (
             SELECT jsonb_agg(entry ORDER BY n)
             FROM jsonb_array_elements(
               jsonb_build_array(jsonb_build_object('passwordHash', password_hash, 'ts', password_set_time))
               || CASE jsonb_typeof(password_history) WHEN 'array' THEN password_history ELSE '[]'::jsonb END
             ) WITH ORDINALITY AS entries(entry, n) WHERE n <= ${maxHistory}) END,
           password_hash = $2, password_set_time = $3, enabled = enabled OR $4, failed_login_attempts = 0,
           tokens_valid_from = GREATEST(tokens_valid_from, $3),
           activate_token = NULL, activate_token_expiry = NULL, reset_token = NULL, reset_token_expiry = NULL
         WHERE user_id = $1`,
        [userId, passwordHash, atMs, enable],
      ),

    findPublicCustomer: async (customerId) => {
      const { rows } = await sql.query<{ id: string; tenant_id: string; title: string }>({
        name: 'public-customer',
        text: 'SELECT id, tenant_id, title FROM customers WHERE id = $1 AND is_public',
        values: [customerId],
      })
      const row = rows[0]
      return row ? { customerId: row.id, tenantId: row.tenant_id, title: row.title } : null
    },
  }
}

type HistoryRow = { password_hash: string | null; password_set_time: number; password_history: unknown }

/** A password was in use until the next one was chosen. */
const toUsed = (row: HistoryRow, nowMs: number): UsedPassword[] => {
  if (row.password_hash === null) return []
  const used: UsedPassword[] = [{ passwordHash: row.password_hash, lastUsedMs: nowMs }]
  let lastUsedMs = row.password_set_time
  for (const entry of Array.isArray(row.password_history) ? row.password_history : []) {
    const info = toInfo(entry)
    if (typeof info?.passwordHash !== 'string' || typeof info.ts !== 'number') continue
    used.push({ passwordHash: info.passwordHash, lastUsedMs })
    lastUsedMs = info.ts
  }
  return used
}

/** Columns of `users <alias> LEFT JOIN user_credentials c` that `toUser` reads. */
export const userColumnsOf = (alias: string): string =>
  [
    ...userFields.map((field) => `${alias}.${field}`),
    ...['enabled', 'password_hash', 'last_login_ts'].map((field) => `c.${field}`),
  ].join(', ')
const userFields = [
  ...['id', 'created_time', 'additional_info', 'tenant_id', 'customer_id', 'email', 'authority'],
  ...['first_name', 'last_name', 'phone', 'version'],
]
const accountColumns = `${userColumnsOf('u')}, c.tokens_valid_from, c.password_set_time, c.failed_login_attempts,
  c.additional_info ->> 'lockedTs' AS locked_ts`

export type UserRow = {
  id: string
  created_time: number
  additional_info: unknown
  tenant_id: string | null
  customer_id: string | null
  email: string
  authority: string
  first_name: string | null
  last_name: string | null
  phone: string | null
  version: number
  enabled: boolean | null
  password_hash: string | null
  last_login_ts: number | null
}
type AccountRow = UserRow & {
  tokens_valid_from: number | null
  password_set_time: number | null
  failed_login_attempts: number | null
  locked_ts: string | null
}

const toAccount = (row: AccountRow): UserAccount => ({
  user: toUser(row),
  passwordHash: row.password_hash,
  enabled: row.enabled ?? false,
  tokensValidFromMs: row.tokens_valid_from ?? 0,
  passwordSetTimeMs: row.password_set_time ?? 0,
  failedLoginAttempts: row.failed_login_attempts ?? 0,
  isLocked: !row.enabled && row.locked_ts !== null,
})

export const toUser = (row: UserRow): User => ({
  id: { entityType: 'USER', id: row.id },
  createdTime: row.created_time,
  additionalInfo: {
    ...toInfo(row.additional_info),
    userCredentialsEnabled: row.enabled ?? false,
    userActivated: row.password_hash !== null,
    ...(row.last_login_ts !== null && { lastLoginTs: row.last_login_ts }),
  },
  tenantId: { entityType: 'TENANT', id: toWireId(row.tenant_id) },
  customerId: { entityType: 'CUSTOMER', id: toWireId(row.customer_id) },
  email: row.email,
  name: row.email,
  authority: toAuthority(row.authority),
  firstName: row.first_name,
  lastName: row.last_name,
  phone: row.phone,
  version: row.version,
})

const toAuthority = (text: string): Authority => {
  const authority = authorities.find((known) => known === text)
  if (!authority) throw new Error(`Unknown authority ${text}`)
  return authority
}
