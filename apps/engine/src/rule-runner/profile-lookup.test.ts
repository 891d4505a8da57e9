import { entityId } from '@thingwire/contracts'
import type { EntityHead } from '@thingwire/db'
import { expect, test } from 'vitest'
import { createProfileLookup } from './profile-lookup.ts'

const head = (id: string, ruleChainId: string): EntityHead => ({
  id: entityId('DEVICE', id),
  tenantId: 't',
  customerIds: [],
  name: id,
  label: null,
  authority: null,
  resourceType: null,
  profileName: null,
  ruleChainId,
  queueName: null,
})

const setUp = () => {
  const asked: string[][] = []
  const lookup = createProfileLookup({
    entities: {
      findHeads: async (_tenantId, ids) => {
        asked.push(ids.map(({ id }) => id))
        return ids.filter(({ id }) => id !== 'unknown').map(({ id }) => head(id, `chain of ${id}`))
      },
    },
  })
  return { asked, lookup }
}

test('devices and assets go where their profiles say, in one question; all others to the root chain', async () => {
  const { asked, lookup } = setUp()
  const ids = [
    entityId('DEVICE', 'a'),
    entityId('ASSET', 'b'),
    entityId('CUSTOMER', 'c'),
    entityId('DEVICE', 'unknown'),
  ]
  expect(await lookup.destinationsOf('t', ids)).toEqual([
    { ruleChainId: 'chain of a', queueName: 'Main' },
    { ruleChainId: 'chain of b', queueName: 'Main' },
    { ruleChainId: null, queueName: 'Main' },
    { ruleChainId: null, queueName: 'Main' },
  ])
  await lookup.destinationsOf('t', ids)
  expect(asked).toEqual([['a', 'b', 'unknown']])
})

test('what changed is asked again', async () => {
  const { asked, lookup } = setUp()
  const both = [entityId('DEVICE', 'a'), entityId('DEVICE', 'b')]
  await lookup.destinationsOf('t', both)
  lookup.forgetEntity('a')
  await lookup.destinationsOf('t', both)
  lookup.forgetTenant('another')
  await lookup.destinationsOf('t', both)
  lookup.forgetTenant('t')
  await lookup.destinationsOf('t', both)
  expect(asked).toEqual([['a', 'b'], ['a'], ['a', 'b']])
})

test('what one tenant asked for is no answer for another', async () => {
  const { asked, lookup } = setUp()
  await lookup.destinationsOf('t', [entityId('DEVICE', 'a')])
  await lookup.destinationsOf('other', [entityId('DEVICE', 'a')])
  expect(asked).toHaveLength(2)
})
