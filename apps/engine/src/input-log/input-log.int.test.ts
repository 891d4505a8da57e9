import { entityId, saveDeviceProfileSchema } from '@thingwire/contracts'
import { perMessage } from '@thingwire/rules'
import { waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type QueueWorld, queueWorld } from '../testing/queue-world.ts'

let world: QueueWorld
beforeAll(async () => {
  world = await queueWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const kept = () => {
  const { db, tenant } = world.services
  const range = { startTs: 0, endTs: Date.now() + 60_000, limit: 1_000 }
  return db.inputLog.list({ tenantId: tenant.tenantId, of: { deviceId: tenant.device.id.id }, ...range })
}
const setLog = async (inputLog: { enabled: boolean }) => {
  const { db, tenant } = world.services
  const { deviceProfileId } = tenant.device
  const profile = await db.deviceProfiles.find(tenant.scope, deviceProfileId.id)
  const profileData = { ...profile?.profileData, inputLog }
  await db.deviceProfiles.save(tenant.scope, saveDeviceProfileSchema.parse({ ...profile, profileData }))
  await world.invalidate({ kind: 'device-profile', tenantId: tenant.tenantId, id: deviceProfileId.id })
}

test('what devices send is kept as it came while the profile asks for it; what nodes send on is not', async () => {
  const runner = await world.startRunner()
  await world.draw('change --Success--> leave\nleave --Success--> end')
  world.behaviours.set(
    'change',
    perMessage((message) => [{ message: { ...message, data: '"changed"' }, connection: 'Success' }]).handle,
  )
  world.behaviours.set('leave', perMessage((message) => [{ message, queueName: 'HighPriority' }]).handle)
  await world.send('Main', [world.message('"before"')])
  await setLog({ enabled: true })
  const stranger = world.message('"of nobody"', {
    originator: entityId('DEVICE', '99999999-9999-4999-8999-999999999999'),
  })
  // That the profile has changed comes to the runner by itself; until then messages pass unkept.
  await waitFor(async () => {
    await world.send('Main', [world.message('"n"'), stranger])
    return (await kept()).length > 0
  })
  await waitFor(async () => (await world.ledger())?.queued === 0)
  const last = world.message('"last"')
  await world.send('Main', [last])
  await waitFor(async () => (await world.ledger())?.queued === 0)
  // A runner that stops writes what it has.
  await runner.stop()
  const found = await kept()
  expect(found.at(-1)).toEqual(last)
  expect(new Set(found.map(({ data }) => data))).toEqual(new Set(['"n"', '"last"']))
})
