import { AppError, type EventInfo } from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type DrawnChain, type QueueWorld, queueWorld } from '../testing/queue-world.ts'
import { redisKeys } from '../redis-keys.ts'
import { readNodeStates } from './node-states.ts'

let world: QueueWorld
beforeEach(async () => {
  world = await queueWorld()
  await world.startRunner()
})
afterEach(() => world[Symbol.asyncDispose]())

const announce = ({ id }: DrawnChain) =>
  world.invalidate({ kind: 'rule-chain', tenantId: world.services.tenant.tenantId, id })
const states = ({ id }: DrawnChain) => readNodeStates(world.services.redis, id, Date.now())
const run = (data: string) => world.send('Main', [world.message(data)])
const errors = async () => (await world.letters()).map(({ error }) => error)
const events = async (nodeId: string): Promise<EventInfo['body'][]> => {
  const { data } = await world.services.db.events.list(
    {
      tenantId: world.services.tenant.tenantId,
      entityId: { entityType: 'RULE_NODE', id: nodeId },
      filter: { eventType: 'LC_EVENT' },
    },
    { page: 0, pageSize: 100, sortProperty: 'createdTime', sortOrder: 'ASC' },
  )
  return data.map(({ body }) => body)
}

test('a start that fails for a while is tried again, later each time, and messages fail with the reason until it is well', async () => {
  const startedAt: number[] = []
  world.lives.set('flaky', {
    start: () => {
      startedAt.push(Date.now())
      if (startedAt.length < 4) throw new Error('the broker is away')
    },
  })
  const passed: string[] = []
  world.behaviours.set('flaky', (batch) => {
    passed.push(...batch.map(({ data }) => data))
    return []
  })
  const chain = await world.draw('flaky')
  await run('early')
  await waitFor(async () => (await errors()).length === 1)
  expect(await errors()).toEqual(['Rule Node is not active! Failed to initialize: the broker is away'])
  await waitFor(() => startedAt.length === 4)
  await run('late')
  await waitFor(() => passed.includes('late'))
  const pauses = startedAt.slice(1).map((at, index) => at - (startedAt[index] ?? 0))
  expect(pauses.map((pause, index) => pause >= 20 * (index + 1) - 2)).toEqual([true, true, true])
  await waitFor(async () => (await events(chain.nodeId('flaky'))).length === 2)
  expect(await events(chain.nodeId('flaky'))).toMatchObject([
    { event: 'STARTED', success: false, error: 'the broker is away' },
    { event: 'STARTED', success: true },
  ])
  await waitFor(async () => (await states(chain)).length === 0)
})

test('a node is started ten times at most', async () => {
  let starts = 0
  world.lives.set('hopeless', {
    start: () => {
      starts++
      throw new Error('never')
    },
  })
  const chain = await world.draw('hopeless')
  await announce(chain)
  const [state] = await waitFor(async () => {
    const now = await states(chain)
    return now[0]?.attempts === 10 ? now : null
  })
  expect(state).toMatchObject({
    nodeId: chain.nodeId('hopeless'),
    state: 'failed',
    reason: 'never',
    attempts: 10,
    nextAttempt: null,
  })
  expect(starts).toBe(10)
  expect(await events(chain.nodeId('hopeless'))).toHaveLength(1)
})

test('a node with a wrong configuration is started once, until its chain is edited', async () => {
  let starts = 0
  world.lives.set('wrong', {
    start: () => {
      starts++
      if (starts < 2) throw new AppError('RULE_CHAIN_INVALID', 'the address is no address')
    },
  })
  const chain = await world.draw('wrong')
  await announce(chain)
  const found = await waitFor(async () => {
    const now = await states(chain)
    return now[0]?.state === 'failed' ? now : null
  })
  expect(found).toMatchObject([{ reason: 'the address is no address', attempts: 1, nextAttempt: null }])
  await world.edit(chain.id, (metadata) => metadata)
  await waitFor(async () => (await states(chain)).length === 0)
  expect(starts).toBe(2)
})

test('a node that takes its time to start keeps no other node from its work', async () => {
  const { promise, resolve } = Promise.withResolvers<void>()
  world.lives.set('slow', { start: () => promise })
  const passed: string[] = []
  for (const name of ['quick', 'slow'])
    world.behaviours.set(name, (batch) => {
      passed.push(...batch.map(({ data }) => `${name} ${data}`))
      return batch.map((message) => ({ message, connection: 'Success' }))
    })
  const chain = await world.draw('quick --Success--> slow')
  await run('1')
  await waitFor(async () => (await errors()).length === 1)
  expect(passed).toEqual(['quick 1'])
  expect(await errors()).toEqual(['"slow" is still starting'])
  await waitFor(async () => (await states(chain))[0]?.state === 'starting')
  resolve()
  await waitFor(async () => (await states(chain)).length === 0)
  await run('2')
  await waitFor(() => passed.includes('slow 2'))
})

test('a node says that it is suspended, and that it is well again', async () => {
  let suspended: (reason: string | null) => void = () => {}
  world.lives.set('moody', {
    start: (context) => {
      suspended = context.suspended
    },
  })
  const chain = await world.draw('moody')
  await run('1')
  await waitFor(async () => (await world.ledger())?.finished === 1)
  suspended('too many errors')
  await waitFor(async () => (await states(chain))[0]?.reason === 'too many errors')
  suspended(null)
  await waitFor(async () => (await states(chain)).length === 0)
  await waitFor(async () => (await events(chain.nodeId('moody'))).length === 2)
  expect(await events(chain.nodeId('moody'))).toMatchObject([
    { event: 'SUSPENDED', success: false, error: 'too many errors' },
    { event: 'ACTIVATED', success: true },
  ])
})

test('the same trouble in another process is told once', async () => {
  world.lives.set('wrong', {
    start: () => {
      throw new AppError('RULE_CHAIN_INVALID', 'no good')
    },
  })
  const chain = await world.draw('wrong')
  await announce(chain)
  await waitFor(async () => (await events(chain.nodeId('wrong'))).length === 1)
  await world.startRunner()
  await announce(chain)
  await waitFor(
    async () =>
      Object.keys(await world.services.redis.hgetall(redisKeys.nodeStates(chain.id))).filter(
        (field) => !field.startsWith('last/'),
      ).length === 2,
  )
  await run('1')
  await waitFor(async () => (await errors()).length === 1)
  expect(await events(chain.nodeId('wrong'))).toHaveLength(1)
})
