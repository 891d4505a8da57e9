import { randomUUID } from 'node:crypto'
import { waitFor } from '@thingwire/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type QueueWorld, queueWorld } from '../testing/queue-world.ts'
import { createLetterReplay } from './letter-replay.ts'

let world: QueueWorld
let isBad = true
let seen: string[] = []
beforeEach(async () => {
  world = await queueWorld()
  isBad = true
  seen = []
  for (const name of ['first', 'work'])
    world.behaviours.set(name, (batch) => {
      seen.push(...batch.map(({ data }) => `${name} ${data}`))
      return batch.map((message) =>
        name === 'work' && isBad
          ? { message, connection: 'Failure', error: 'bad' }
          : { message, connection: 'Success' },
      )
    })
  await world.draw('first --Success--> work')
})
afterEach(() => world[Symbol.asyncDispose]())

const replayOf = (now = Date.now) =>
  createLetterReplay({ letters: world.services.db.deadLetters, queue: world.queue, now })

/** So many letters, and the fault mended. */
const failThenMend = async (count: number, originators = 1) => {
  await world.startRunner()
  const ids = Array.from({ length: originators }, () => randomUUID())
  const messages = Array.from({ length: count }, (_, n) =>
    world.message(String(n), { originator: { entityType: 'DEVICE', id: ids[n % originators] ?? '' } }),
  )
  await world.send('Main', messages)
  await waitFor(async () => (await world.ledger())?.deadLettered === count, { what: 'all have failed' })
  isBad = false
  seen = []
  return messages
}

const balanced = (finished: number) =>
  waitFor(
    async () => {
      const ledger = await world.ledger()
      return ledger?.finished === finished && ledger.difference === 0 && ledger.queued === 0
    },
    { deadlineMs: 10_000, what: `${finished} have finished` },
  )

test.each([
  ['NODE', ['work 0']],
  ['CHAIN', ['first 0', 'work 0']],
] as const)('from %s: a replayed message goes on there, and its letter is gone', async (place, expected) => {
  await failThenMend(1)
  const { scope } = world.services.tenant
  expect(await replayOf().replay(scope, { filter: {} }, place)).toEqual({ replayed: 1, unreadable: 0 })
  await balanced(1)
  expect(seen).toEqual(expected)
  expect(await world.letters()).toEqual([])
})

test('many letters are replayed once each, in the order of each device', async () => {
  await failThenMend(450, 7)
  const { scope } = world.services.tenant
  const [one, two] = await Promise.all([
    replayOf().replay(scope, { filter: { error: 'bad' } }, 'NODE'),
    replayOf().replay(scope, { filter: {} }, 'NODE'),
  ])
  expect(one.replayed + two.replayed).toBe(450)
  await balanced(450)
  expect(new Set(seen).size).toBe(450)
  expect(seen).toHaveLength(450)
})

test('what fails again is a new letter, and a replay of all ends all the same', async () => {
  await failThenMend(3)
  isBad = true
  const { scope } = world.services.tenant
  expect(await replayOf().replay(scope, { filter: {} }, 'NODE')).toEqual({ replayed: 3, unreadable: 0 })
  await waitFor(async () => (await world.ledger())?.deadLettered === 6)
  expect(await world.letters()).toHaveLength(3)
})

test('a letter that holds no message stays', async () => {
  await failThenMend(1)
  const { db, tenant } = world.services
  const letter = { tenantId: tenant.tenantId, queueName: 'Main', ruleChainId: null, ruleNodeId: null }
  await db.ledger.settle([
    {
      batchId: randomUUID(),
      acceptedAt: Date.now(),
      outcomes: [],
      deadLetters: [{ id: randomUUID(), ...letter, error: 'unreadable', message: 'text' }],
    },
  ])
  expect(await replayOf().replay(tenant.scope, { filter: {} }, 'NODE')).toEqual({ replayed: 1, unreadable: 1 })
  expect(await world.letters()).toMatchObject([{ error: 'unreadable' }])
})

test('nothing of another tenant is replayed, nor by a customer', async () => {
  await failThenMend(1)
  const ids = (await world.letters()).map(({ id }) => id)
  const none = { replayed: 0, unreadable: 0 }
  const foreign = { kind: 'tenant', tenantId: randomUUID() } as const
  expect(await replayOf().replay(foreign, { ids }, 'NODE')).toEqual(none)
  expect(await replayOf().replay(world.services.tenant.customerScope, { ids }, 'NODE')).toEqual(none)
  expect(await replayOf().replay({ kind: 'system' }, { ids }, 'NODE')).toEqual(none)
  expect(await world.letters()).toHaveLength(1)
})

test.each([
  ['before its messages are in the queue', 'before'],
  ['when they are in the queue and the letters not deleted yet', 'after'],
] as const)('a replay whose process dies %s is finished by another, once', async (_name, moment) => {
  await failThenMend(5)
  const { db, tenant } = world.services
  const dying = createLetterReplay({
    letters: db.deadLetters,
    now: Date.now,
    queue: {
      ...world.queue,
      submitOnce: async (...batch) => {
        if (moment === 'after') await world.queue.submitOnce(...batch)
        throw new Error('killed')
      },
    },
  })
  await expect(dying.replay(tenant.scope, { filter: {} }, 'NODE')).rejects.toThrow()
  // They are on their way: nobody else can have them.
  expect(await world.letters()).toEqual([])
  expect(await replayOf().replay(tenant.scope, { filter: {} }, 'NODE')).toEqual({ replayed: 0, unreadable: 0 })
  expect(await replayOf().finish()).toBe(0)
  const aMinuteLater = () => Date.now() + 61_000
  expect(await replayOf(aMinuteLater).finish()).toBe(5)
  expect(await replayOf(aMinuteLater).finish()).toBe(0)
  await balanced(5)
  expect(seen.sort()).toEqual(['work 0', 'work 1', 'work 2', 'work 3', 'work 4'])
})
