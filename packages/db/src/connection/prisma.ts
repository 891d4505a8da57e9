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

/** Milliseconds. A busy server is slow before it refuses: two seconds for a connection, as Prisma has it, are soon over. */
const patience = { maxWait: 10_000, timeout: 20_000 } as const

/**
 * Prisma's client on the shared pool, loaded at the first use: processes that only move telemetry never pay for it.
 */
export const createLazyPrisma = (sql: Sql): LazyPrisma => {
  let loading: Promise<Prisma> | undefined
  return {
    get: () => {
      loading ??= import('../generated/client.ts').then(({ PrismaClient, Prisma }) => ({
        client: new PrismaClient({ adapter: new PrismaPg(sql.pool), transactionOptions: patience }),
        jsonNull: Prisma.DbNull,
      }))
      return loading
    },
    close: async () => {
      if (loading) await (await loading).client.$disconnect()
    },
  }
}
