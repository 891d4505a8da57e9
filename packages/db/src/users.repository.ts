import { type Authority, authorities, type User } from '@thingwire/contracts'
import type { LazyPrisma } from './connection/prisma.ts'
import type { Database, UserAccount } from './database.ts'
import type * as Generated from './generated/client.ts'
import { ms, toInfo } from './rows.ts'
import { toWireId } from './scope.ts'

type UserRow = Generated.Prisma.UserGetPayload<{ include: { credentials: true } }>

export const createUsersRepository = (prisma: LazyPrisma): Database['users'] => {
  const find = async (where: { id: string } | { email: string }): Promise<UserAccount | null> => {
    const { client } = await prisma.get()
    const row = await client.user.findUnique({ where, include: { credentials: true } })
    return row && toAccount(row)
  }
  return {
    findAccountByEmail: (email) => find({ email: email.trim().toLowerCase() }),
    findAccountById: (userId) => find({ id: userId }),

    recordLogin: async (userId, atMs) => {
      const { client } = await prisma.get()
      await client.userCredentials.updateMany({
        where: { userId },
        data: { lastLoginTs: BigInt(atMs), failedLoginAttempts: 0 },
      })
    },

    invalidateTokens: async (userId, fromMs) => {
      const { client } = await prisma.get()
      // Never earlier than what stands: two invalidations may arrive out of order.
      await client.userCredentials.updateMany({
        where: { userId, tokensValidFrom: { lt: BigInt(fromMs) } },
        data: { tokensValidFrom: BigInt(fromMs) },
      })
    },
  }
}

const toAccount = (row: UserRow): UserAccount => ({
  user: toUser(row),
  passwordHash: row.credentials?.passwordHash ?? null,
  enabled: row.credentials?.enabled ?? false,
  tokensValidFromMs: ms(row.credentials?.tokensValidFrom ?? 0n),
})

const toUser = (row: UserRow): User => ({
  id: { entityType: 'USER', id: row.id },
  createdTime: ms(row.createdTime),
  additionalInfo: {
    ...toInfo(row.additionalInfo),
    userCredentialsEnabled: row.credentials?.enabled ?? false,
    userActivated: row.credentials?.passwordHash != null,
    ...(row.credentials?.lastLoginTs != null && { lastLoginTs: ms(row.credentials.lastLoginTs) }),
  },
  tenantId: { entityType: 'TENANT', id: toWireId(row.tenantId) },
  customerId: { entityType: 'CUSTOMER', id: toWireId(row.customerId) },
  email: row.email,
  name: row.email,
  authority: toAuthority(row.authority),
  firstName: row.firstName,
  lastName: row.lastName,
  phone: row.phone,
  version: row.version,
})

const toAuthority = (text: string): Authority => {
  const authority = authorities.find((known) => known === text)
  if (!authority) throw new Error(`Unknown authority ${text}`)
  return authority
}
