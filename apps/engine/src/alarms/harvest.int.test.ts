import { saveDeviceProfileSchema } from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { redisKeys } from '../redis-keys.ts'
import { type QueueWorld, queueWorld } from '../testing/queue-world.ts'

let world: QueueWorld
beforeAll(async () => {
  world = await queueWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

test('a duration that is over while nothing comes raises its alarm, whichever process looks at it', async () => {
  const { db, redis, tenant } = world.services
  const { scope, tenantId } = tenant
  const condition = [
    {
      ...{ key: { type: 'TIME_SERIES', key: 't' }, valueType: 'NUMERIC' },
      predicate: { type: 'NUMERIC', operation: 'GREATER', value: { defaultValue: 30 } },
    },
  ]
  const spec = { type: 'DURATION', unit: 'SECONDS', predicate: { defaultValue: 5 } }
  const alarms = [{ id: 'hot', alarmType: 'Hot', createRules: { MAJOR: { condition: { condition, spec } } } }]
  const profile = await db.deviceProfiles.save(
    scope,
    saveDeviceProfileSchema.parse({ name: 'ruled', profileData: { alarms } }),
  )
  const { id } = await db.devices.save(scope, { name: 'Oven', deviceProfileId: profile.id })
  const seen: string[] = []
  world.behaviours.set('after', (batch) => {
    seen.push(...batch.map(({ type, originator }) => `${type} of ${originator.id}`))
    return []
  })
  const first = await world.startRunner()
  const rules = { type: 'org.thingsboard.rule.engine.profile.TbDeviceProfileNode', configuration: {} }
  const chain = await world.draw('rules --Alarm Created--> after', { rules })
  const ts = String(Date.now() - 10_000)
  await world.send('Main', [world.message('{"t":31}', { originator: id, metadata: { ts } })])
  const waiting = () => db.alarmRules.timed(tenantId, chain.nodeId('rules'), null, 10)
  await waitFor(async () => (await waiting()).length === 1)
  await waitFor(async () => (await redis.hlen(redisKeys.later(chain.nodeId('rules')))) === 1)
  expect(await db.alarms.findActive(tenantId, id.id, 'Hot')).toBeNull()

  // A minute later, in another process.
  await first.stop()
  const members = await redis.zrange(redisKeys.laterDue, '0', '-1')
  expect(members).not.toEqual([])
  await redis.zadd(redisKeys.laterDue, 'XX', ...members.flatMap((member) => ['1', member]))
  await world.startRunner()
  await waitFor(() => seen.length > 0)
  expect(seen).toEqual([`ALARM of ${id.id}`])
  expect(await db.alarms.findActive(tenantId, id.id, 'Hot')).toMatchObject({ severity: 'MAJOR', cleared: false })
  // And it looks again another minute later.
  await waitFor(async () => (await redis.hexists(redisKeys.later(chain.nodeId('rules')), 'series harvest 1 1')) === 1)
})
