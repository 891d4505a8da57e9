import { PrismaPg } from '@prisma/adapter-pg'
import type * as Generated from '../generated/client.ts'
import type { Sql } from './sql.ts'

export type Prisma = {
  client: Generated.PrismaClient
  /** How SQL NULL is written into a JSON column; a JSON `null` is something else. */
  jsonNull: typeof Generated.Prisma.DbNull
}
export type PrismaTransaction = Generated.Prisma.TransactionClient

export type LazyPrisma = { get(): Promise<Prisma>; close(): Promise<void> }

/**
 * Prisma's client on the shared pool, loaded at the first use: processes that only move telemetry never pay for it.
 */
export const createLazyPrisma = (sql: Sql): LazyPrisma => {
  let loading: Promise<Prisma> | undefined
  return {
    get: () => {
      loading ??= import('../generated/client.ts').then(({ PrismaClient, Prisma }) => ({
        client: new PrismaClient({ adapter: new PrismaPg(sql.pool) }),
        jsonNull: Prisma.DbNull,
      }))
      return loading
    },
    close: async () => {
      if (loading) await (await loading).client.$disconnect()
    },
  }
}
