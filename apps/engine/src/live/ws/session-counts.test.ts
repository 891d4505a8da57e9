import { tenantProfileConfigurationSchema } from '@thingwire/contracts'
import type { Principal } from '@thingwire/db'
import { expect, test } from 'vitest'
import { createSessionCounts } from './session-counts.ts'

const limits = (some: object) => tenantProfileConfigurationSchema.parse(some)
const admin: Principal = { userId: 'a', authority: 'TENANT_ADMIN', tenantId: 't', customerId: null }
const user: Principal = { userId: 'u', authority: 'CUSTOMER_USER', tenantId: 't', customerId: 'c' }
const guest: Principal = { ...user, userId: 'nobody', customerId: 'p', isPublic: true }

test('0 is no limit', () => {
  const counts = createSessionCounts()
  for (let n = 0; n < 1_000; n++) expect(counts.take('Sessions', user, limits({}))).toBeNull()
})

test('a refusal counts nowhere, and what was given back is free again', () => {
  const counts = createSessionCounts()
  const few = limits({ maxWsSessionsPerTenant: 2, maxWsSessionsPerCustomer: 1 })
  expect(counts.take('Sessions', user, few)).toBeNull()
  expect(counts.take('Sessions', { ...user, userId: 'v' }, few)).toBe('Max customer sessions limit reached')
  expect(counts.take('Sessions', admin, few)).toBeNull()
  expect(counts.take('Sessions', admin, few)).toBe('Max tenant sessions limit reached!')
  counts.give('Sessions', user)
  expect(counts.take('Sessions', user, few)).toBeNull()
})

test('visitors by a public link share one limit, which is not that of users', () => {
  const counts = createSessionCounts()
  const few = limits({ maxWsSubscriptionsPerPublicUser: 1, maxWsSubscriptionsPerRegularUser: 1 })
  expect(counts.take('Subscriptions', guest, few)).toBeNull()
  expect(counts.take('Subscriptions', guest, few)).toBe('Max public user subscriptions limit reached')
  expect(counts.take('Subscriptions', user, few)).toBeNull()
  expect(counts.take('Subscriptions', user, few)).toBe('Max regular user subscriptions limit reached')
})

test('sessions and subscriptions, and tenants, count apart; the system administrator does not', () => {
  const counts = createSessionCounts()
  const one = limits({ maxWsSessionsPerTenant: 1, maxWsSubscriptionsPerTenant: 1 })
  expect(counts.take('Sessions', admin, one)).toBeNull()
  expect(counts.take('Subscriptions', admin, one)).toBeNull()
  expect(counts.take('Sessions', { ...admin, tenantId: 'other' }, one)).toBeNull()
  const root: Principal = { userId: 'r', authority: 'SYS_ADMIN', tenantId: null, customerId: null }
  for (let n = 0; n < 3; n++) expect(counts.take('Sessions', root, one)).toBeNull()
})
