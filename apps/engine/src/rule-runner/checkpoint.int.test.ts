import { perMessage } from '@thingwire/rules'
import { waitFor } from '@thingwire/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type QueueWorld, queueWorld } from '../testing/queue-world.ts'

let world: QueueWorld
let seen: string[] = []
beforeEach(async () => {
  world = await queueWorld()
  seen = []
  await world.startRunner()
})
afterEach(() => world[Symbol.asyncDispose]())

const checkpoint = (queueName: string) => ({
  type: 'org.thingsboard.rule.engine.flow.TbCheckpointNode',
  queueName,
})
const call = (ruleChainId: string) => ({
  type: 'org.thingsboard.rule.engine.flow.TbRuleChainInputNode',
  configuration: { ruleChainId, forwardMsgToDefaultRuleChain: false },
})
const output = { type: 'org.thingsboard.rule.engine.flow.TbRuleChainOutputNode' }

const watch = (name: string) =>
  world.behaviours.set(name, (batch) => {
    seen.push(...batch.map(({ data }) => `${name} ${data}`))
    return batch.map((message) => ({ message, connection: 'Success' }))
  })

const totals = async () => {
  const { finished = 0, deadLettered = 0, queued = 0, difference = 0 } = (await world.ledger()) ?? {}
  return { finished, deadLettered, queued, difference }
}
const until = (expected: { finished: number; deadLettered: number }) =>
  waitFor(
    async () => {
      const now = await totals()
      return now.finished === expected.finished && now.deadLettered === expected.deadLettered && now.queued === 0
    },
    { deadlineMs: 10_000, what: JSON.stringify(expected) },
  )

test('a message goes on behind a checkpoint through the queue that the node names, and both count', async () => {
  await world.draw('leave --Success--> after', { leave: checkpoint('HighPriority') })
  watch('after')
  await world.send('Main', [world.message('a'), world.message('b')])
  await until({ finished: 4, deadLettered: 0 })
  expect(seen.sort()).toEqual(['after a', 'after b'])
  expect(Object.keys(await world.layouts()).sort()).toEqual(['HighPriority', 'Main'])
})

test('what fails behind a checkpoint is tried again by the strategy of its queue, without its sender', async () => {
  await world.saveQueue({
    name: 'Retrying',
    processingStrategy: {
      type: 'RETRY_FAILED',
      retries: 2,
      failurePercentage: 0,
      pauseBetweenRetries: 0,
      maxPauseBetweenRetries: 0,
    },
  })
  await world.draw('before --Success--> leave\nleave --Success--> after', { leave: checkpoint('Retrying') })
  watch('before')
  let tries = 0
  world.behaviours.set('after', (batch) =>
    batch.map((message) =>
      tries++ < 2 ? { message, connection: 'Failure', error: 'not yet' } : { message, connection: 'Success' },
    ),
  )
  await world.send('Main', [world.message('a')])
  await until({ finished: 2, deadLettered: 0 })
  expect(tries).toBe(3)
  expect(seen).toEqual(['before a'])
})

test('a checkpoint that names a queue nobody knows uses Main', async () => {
  await world.draw('leave --Success--> after', { leave: checkpoint('Nowhere') })
  watch('after')
  await world.send('Main', [world.message('a')])
  await until({ finished: 2, deadLettered: 0 })
  expect(seen).toEqual(['after a'])
  expect(Object.keys(await world.layouts())).toEqual(['Main'])
})

test('trap 7: a chain that was called returns to its caller also through a checkpoint, and one that just ends does not', async () => {
  const inner = await world.draw('leave --Success--> pick\npick --back--> Done\npick --ends--> end', {
    leave: checkpoint('HighPriority'),
    Done: output,
  })
  world.behaviours.set('pick', perMessage((message) => [{ message, connection: message.data }]).handle)
  watch('end')
  watch('home')
  await world.draw('call --Done--> home', { call: call(inner.id) })
  await world.send('Main', [world.message('back'), world.message('ends')])
  await until({ finished: 4, deadLettered: 0 })
  expect(seen.sort()).toEqual(['end ends', 'home back'])
})

test('each branch of a fan-out returns to the caller once', async () => {
  const inner = await world.draw('fork --Success--> leave, Done\nleave --Success--> Done', {
    leave: checkpoint('HighPriority'),
    Done: output,
  })
  watch('home')
  await world.draw('call --Done--> home', { call: call(inner.id) })
  await world.send('Main', [world.message('a')])
  await until({ finished: 2, deadLettered: 0 })
  expect(seen).toEqual(['home a', 'home a'])
})

test('a circle of chains through a queue ends as a processing loop', async () => {
  const { scope } = world.services.tenant
  const ping = await world.draw('leave', { leave: checkpoint('Main') })
  const pong = await world.draw('call', { call: call(ping.id) })
  const metadata = await world.services.db.ruleChains.metadata(scope, ping.id)
  if (!metadata) throw new Error('The chain has no metadata')
  const [leave] = metadata.nodes
  if (!leave) throw new Error('The chain has no node')
  const { id: _, ...template } = leave
  const again = { ...template, ...call(pong.id), name: 'again', queueName: null, configurationVersion: 1 }
  await world.services.db.ruleChains.saveMetadata(scope, {
    ...metadata,
    nodes: [leave, again],
    connections: [{ fromIndex: 0, toIndex: 1, type: 'Success' }],
  })
  await world.send('Main', [world.message('round', { ruleChainId: ping.id })])
  await waitFor(async () => (await totals()).deadLettered === 1, { deadlineMs: 10_000 })
  expect((await world.letters())[0]?.error).toContain('Detected rule chain processing loop')
})

test("a message that runs round without a call ends at the tenant's limit on nodes", async () => {
  const chain = await world.draw('leave --Success--> again', { leave: checkpoint('HighPriority') })
  await world.saveProfile({ limits: { maxRuleNodeExecutionsPerMessage: 10 } })
  // What the node passed so far travels with the copy; here it enters anew, as if it had come round nine times.
  const come = { ruleChainId: chain.id, ruleNodeId: chain.nodeId('leave'), connection: 'Success', executions: 10 }
  await world.send('Main', [world.message('round', come)])
  await until({ finished: 0, deadLettered: 1 })
  expect((await world.letters())[0]?.error).toBe('Message is processed by more than 10 rule nodes!')
})
