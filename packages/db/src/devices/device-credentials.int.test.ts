import { seedTenant, testDatabase } from '@thingwire/testing'
import { expect, test } from 'vitest'
import { createSql } from '../connection/sql.ts'
import type { LazyPrisma } from '../connection/prisma.ts'
import { createDeviceCredentialsRepository } from './device-credentials.repository.ts'

test('credentials that are asked for together take a few statements, and each leads to its own device', async () => {
  await using database = await testDatabase()
  const tenants = [await seedTenant(database.db), await seedTenant(database.db)]
  const sql = createSql({ url: database.url, poolSize: 4 })
  let statements = 0
  const counting = {
    ...sql,
    query: ((query) => {
      statements++
      return sql.query(query)
    }) satisfies typeof sql.query,
  }
  const prisma: LazyPrisma = {
    get: () => Promise.reject(new Error('not asked for')),
    close: async () => {},
  }
  const credentials = createDeviceCredentialsRepository(prisma, counting)
  const tokens = tenants.flatMap(({ token, customerToken }) => [token, 'nobody has this', customerToken])
  const asked = Array.from({ length: 600 }, (_, i) => tokens[i % tokens.length] ?? '')
  const found = await Promise.all(asked.map((token) => credentials.resolve(token)))
  const ids = tenants.flatMap(({ device, customerDevice }) => [device.id.id, null, customerDevice.id.id])
  expect(found.map((info) => info?.deviceId ?? null)).toEqual(asked.map((_, i) => ids[i % ids.length]))
  expect(found[0]).not.toHaveProperty('credentialsId')
  expect(statements).toBeLessThanOrEqual(10)
  // One that PostgreSQL cannot even be asked for does not fail the others.
  const mixed = await Promise.allSettled(['x', 'y', 'z', 'a\0b', ...tokens].map((token) => credentials.resolve(token)))
  expect(mixed.filter(({ status }) => status === 'rejected')).toHaveLength(1)
  await sql.pool.end()
})
