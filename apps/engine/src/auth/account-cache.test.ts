import type { UserAccount } from '@thingwire/db'
import { expect, test } from 'vitest'
import { createAccountCache } from './account-cache.ts'

const account = (tokensValidFromMs: number): UserAccount => ({
  user: {
    id: { entityType: 'USER', id: 'u' },
    createdTime: 0,
    additionalInfo: null,
    tenantId: { entityType: 'TENANT', id: 't' },
    customerId: { entityType: 'CUSTOMER', id: 'c' },
    email: 'ann@example.org',
    name: 'ann@example.org',
    authority: 'TENANT_ADMIN',
    firstName: null,
    lastName: null,
    phone: null,
    version: 1,
  },
  passwordHash: null,
  enabled: true,
  isLocked: false,
  passwordSetTimeMs: 0,
  failedLoginAttempts: 0,
  tokensValidFromMs,
})

/** A cache over reads that are answered by hand. */
const underTest = () => {
  const reads: ((answer: UserAccount | Error) => void)[] = []
  const never = () => Promise.reject(new Error('not asked for'))
  const cache = createAccountCache({
    findAccountById: () =>
      new Promise((resolve, reject) =>
        reads.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer))),
      ),
    isRevoked: never,
    findPublicCustomer: never,
    findByHash: never,
  })
  return { cache, reads }
}

test('askers at the same time share one read, and the next one needs none', async () => {
  const { cache, reads } = underTest()
  const asked = [cache.account('u'), cache.account('u')]
  reads[0]?.(account(1))
  expect(await Promise.all(asked)).toEqual([account(1), account(1)])
  expect(await cache.account('u')).toEqual(account(1))
  expect(reads).toHaveLength(1)
})

test('what was read before a change is not kept when it arrives after it', async () => {
  const { cache, reads } = underTest()
  const early = cache.account('u')
  cache.forget({ kind: 'user', id: 'u' })
  const late = cache.account('u')
  reads[1]?.(account(2))
  reads[0]?.(account(1))
  await early
  expect(await late).toEqual(account(2))
  expect(await cache.account('u')).toEqual(account(2))
  expect(reads).toHaveLength(2)
})

test('a read that failed is tried again', async () => {
  const { cache, reads } = underTest()
  const failed = cache.account('u')
  reads[0]?.(new Error('away'))
  await expect(failed).rejects.toThrow('away')
  const again = cache.account('u')
  reads[1]?.(account(1))
  expect(await again).toEqual(account(1))
})

test.each([
  ['user', 2],
  ['tenant', 2],
  ['device', 1],
] as const)('a changed %s: %i reads', async (kind, expected) => {
  const { cache, reads } = underTest()
  const first = cache.account('u')
  reads[0]?.(account(1))
  await first
  cache.forget({ kind, id: kind === 'user' ? 'u' : 'x' })
  const second = cache.account('u')
  reads[1]?.(account(2))
  await second
  expect(reads).toHaveLength(expected)
})
