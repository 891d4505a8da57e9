import { waitFor } from '@thingwire/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type QueueWorld, queueWorld } from '../testing/queue-world.ts'

let world: QueueWorld
let seen: string[] = []
beforeEach(async () => {
  world = await queueWorld()
  seen = []
})
afterEach(() => world[Symbol.asyncDispose]())

const watch = (...names: string[]) => {
  for (const name of names)
    world.behaviours.set(name, (batch) => {
      seen.push(...batch.map(() => name))
      return []
    })
}
const at = (latitude: number) => world.message(JSON.stringify({ latitude, longitude: 1 }))

test('what one process knows of a perimeter another one goes on from, and two nodes do not disturb each other', async () => {
  const fence = (polygonsDefinition: string) => ({
    type: 'org.thingsboard.rule.engine.geo.TbGpsGeofencingActionNode',
    configurationVersion: 1,
    configuration: {
      ...{ latitudeKeyName: 'latitude', longitudeKeyName: 'longitude', perimeterType: 'POLYGON' },
      ...{ fetchPerimeterInfoFromMessageMetadata: false, polygonsDefinition, reportPresenceStatusOnEachMessage: true },
    },
  })
  await world.draw(
    `both --Success--> near, far
     near --Entered--> near-in
     near --Inside--> near-still
     near --Left--> near-out
     far --Entered--> far-in
     far --Left--> far-out
     far --Outside--> far-still-out`,
    { near: fence('[[0,0],[5,5]]'), far: fence('[[50,0],[55,5]]') },
  )
  watch('near-in', 'near-still', 'near-out', 'far-in', 'far-out', 'far-still-out')
  const first = await world.startRunner()
  await world.send('Main', [at(1)])
  await waitFor(() => seen.length === 2)
  expect(seen.toSorted()).toEqual(['far-out', 'near-in'])
  await first.stop()
  await world.startRunner()
  await world.send('Main', [at(2), at(52)])
  await waitFor(() => seen.length === 6)
  expect(seen.slice(2).toSorted()).toEqual(['far-in', 'far-still-out', 'near-out', 'near-still'])
})

test('math functions of two chains that count in one attribute lose nothing, whatever queues their messages come by', async () => {
  await world.startRunner()
  const count = {
    type: 'org.thingsboard.rule.engine.math.TbMathNode',
    configuration: {
      ...{ operation: 'CUSTOM', customFunction: 'n + 1' },
      arguments: [{ name: 'n', type: 'ATTRIBUTE', key: 'n', attributeScope: 'SERVER_SCOPE', defaultValue: 0 }],
      result: { type: 'ATTRIBUTE', key: 'n', resultValuePrecision: 0, attributeScope: 'SERVER_SCOPE' },
    },
  }
  const chains = [
    await world.draw('count --Success--> done', { count }),
    await world.draw('again --Success--> done', { again: count }),
  ]
  watch('done')
  const each = 40
  await Promise.all(
    chains.flatMap(({ id: ruleChainId }, index) =>
      Array.from({ length: each }, () =>
        world.send(index === 0 ? 'Main' : 'HighPriority', [world.message('{}', { ruleChainId })]),
      ),
    ),
  )
  await waitFor(() => seen.length === 2 * each, { deadlineMs: 15_000, what: 'all messages' })
  const { db, tenant } = world.services
  const [row] = await db.attributes.find(tenant.scope, tenant.device.id, { scope: 'SERVER_SCOPE', keys: ['n'] })
  expect(row?.value).toBe(2 * each)
})
