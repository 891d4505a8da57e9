import { entityId, type EventFilter } from '@thingwire/contracts'
import { perMessage } from '@thingwire/rules'
import { waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { readChainFigures } from '../rule-runner/chain-counters.ts'
import { type QueueWorld, queueWorld } from '../testing/queue-world.ts'
import { readSamples } from './connection-samples.ts'
import { createTraceDesk } from './traces.ts'

let world: QueueWorld
beforeAll(async () => {
  world = await queueWorld({ debugLimit: '200:3600' })
  await world.startRunner()
})
afterAll(() => world[Symbol.asyncDispose]())
beforeEach(() => world.behaviours.clear())

const all = { failuresEnabled: true, allEnabled: true, allEnabledUntil: 0 }
const failures = { failuresEnabled: true, allEnabled: false, allEnabledUntil: 0 }

const eventsOf = async (id: string, eventType: 'DEBUG_RULE_NODE' | 'DEBUG_RULE_CHAIN' = 'DEBUG_RULE_NODE') => {
  const { tenantId } = world.services.tenant
  const entity = entityId(eventType === 'DEBUG_RULE_NODE' ? 'RULE_NODE' : 'RULE_CHAIN', id)
  const filter = { eventType } as EventFilter
  const link = { page: 0, pageSize: 1_000, sortProperty: 'ts', sortOrder: 'ASC' } as const
  return (await world.services.db.events.list({ tenantId, entityId: entity, filter }, link)).data.map(
    ({ body }) => body,
  )
}
const untilEvents = (id: string, count: number) =>
  waitFor(async () => ((await eventsOf(id)).length >= count ? eventsOf(id) : null), { what: `${count} debug events` })

const check = perMessage((message) => {
  if (message.data === '"bad"') throw new Error('cannot read this')
  if (message.data === '"done"') return []
  return [{ message: { ...message, data: '{"checked":true}' }, connection: 'Success' }]
})

test('a node with full debugging writes what came and what left, with the connection and the reason of failures', async () => {
  const chain = await world.draw('first --Success--> check\ncheck --Success--> end', { check: { debugSettings: all } })
  world.behaviours.set('check', check.handle)
  const messages = ['"good"', '"bad"', '"done"'].map((data) => world.message(data))
  await world.send('Main', messages)
  const events = await untilEvents(chain.nodeId('check'), 6)
  const [good, bad, done] = messages
  const about = (message: typeof good) => ({
    ...{ entityId: message?.originator.id, entityType: 'DEVICE', msgId: message?.id, dataType: 'JSON' },
    ...{ msgType: 'POST_TELEMETRY_REQUEST', metadata: JSON.stringify(message?.metadata) },
  })
  const inOrder = (type: string) => events.filter((event) => event.type === type)
  expect(inOrder('IN')).toEqual(
    [good, bad, done].map((message) => ({
      ...about(message),
      ...{ server: 'test', type: 'IN', relationType: 'Success', data: message?.data, error: '' },
    })),
  )
  expect(inOrder('OUT')).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ ...about(good), relationType: 'Success', data: '{"checked":true}', error: '' }),
      expect.objectContaining({ ...about(bad), relationType: 'Failure', data: '"bad"', error: 'cannot read this' }),
      expect.objectContaining({ ...about(done), relationType: 'ACK' }),
    ]),
  )
  expect(await eventsOf(chain.nodeId('first'))).toEqual([])
  expect(await eventsOf(chain.nodeId('end'))).toEqual([])
})

test('a node that is switched off is seen as one: in its events, in a trace, in samples and counters', async () => {
  const { tenant } = world.services
  const off = { debugSettings: all, additionalInfo: { bypass: { label: 'Success' } } }
  const chain = await world.draw('before --Success--> off\noff --Success--> after', { off })
  world.behaviours.set('off', () => {
    throw new Error('nobody was to call it')
  })
  const trace = await desk().begin(tenant.tenantId, entityId('DEVICE', tenant.device.id.id), 60_000)
  const path = await waitFor(async () => {
    await world.send('Main', [world.message('{"t":1}')])
    const found = await desk().find(tenant.tenantId, trace.id)
    return found.hops.length > 0 ? untilHops(trace.id, 3) : null
  })
  expect(path.hops.map(({ node, isBypassed }) => [node.name, isBypassed])).toEqual([
    ['before', false],
    ['off', true],
    ['after', false],
  ])
  expect(path.hops[1]?.departures).toMatchObject([{ connection: 'Success', error: null, changes: [] }])
  const [first, second] = await untilEvents(chain.nodeId('off'), 2)
  expect(first).toMatchObject({ type: 'IN', bypassed: true, data: '{"t":1}' })
  expect(second).toMatchObject({ type: 'OUT', bypassed: true, relationType: 'Success', data: '{"t":1}', error: '' })
  await waitFor(async () => {
    const { nodes, connections } = await readChainFigures(world.services.redis, chain.id)
    const passed = nodes.find(({ nodeId }) => nodeId === chain.nodeId('off'))
    return passed !== undefined && passed.processed > 0 && passed.failed === 0 && connections.length >= 2
  })
  const place = { ruleChainId: chain.id, ruleNodeId: chain.nodeId('off'), connection: 'Success' }
  const [sample] = await waitFor(async () => {
    const samples = await readSamples(world.services.redis, place)
    return samples.length > 0 ? samples : null
  })
  expect(sample).toMatchObject({ message: { data: '{"t":1}' }, error: null })
})

test('a node that asks for failures writes these alone, and long data is cut with a note', async () => {
  const chain = await world.draw('check --Success--> end', { check: { debugSettings: failures } })
  const long = JSON.stringify('x'.repeat(5_000))
  world.behaviours.set(
    'check',
    perMessage((message) => {
      if (message.data === long) throw new Error('too long')
      return [{ message, connection: 'Success' }]
    }).handle,
  )
  await world.send('Main', [world.message('"fine"'), world.message(long)])
  const [event, ...others] = await untilEvents(chain.nodeId('check'), 1)
  expect(others).toEqual([])
  expect(event).toMatchObject({ type: 'OUT', relationType: 'Failure', error: 'too long' })
  expect(String(event?.data)).toHaveLength(4_096)
  expect(String(event?.data)).toMatch(/\[\d+ more characters\]$/)
})

test('a node that calls a chain writes the label under which it came back', async () => {
  const inner = await world.draw('work --Success--> Done', {
    Done: { type: 'org.thingsboard.rule.engine.flow.TbRuleChainOutputNode' },
  })
  const outer = await world.draw('call --Done--> after', {
    call: {
      type: 'org.thingsboard.rule.engine.flow.TbRuleChainInputNode',
      configuration: { ruleChainId: inner.id },
      debugSettings: all,
    },
  })
  await world.send('Main', [world.message('"1"')])
  const events = await untilEvents(outer.nodeId('call'), 2)
  expect(events.map(({ type, relationType }) => [type, relationType])).toEqual([
    ['IN', ''],
    ['OUT', 'Done'],
  ])
})

test('beyond the limit the chain says so once, and the nodes are silent', async () => {
  const chain = await world.draw('work', { work: { debugSettings: all } })
  for (let pack = 0; pack < 3; pack++)
    await world.send(
      'Main',
      Array.from({ length: 100 }, (_, n) => world.message(String(n))),
    )
  const [told] = await waitFor(async () => {
    const events = await eventsOf(chain.id, 'DEBUG_RULE_CHAIN')
    return events.length > 0 ? events : null
  })
  expect(told).toMatchObject({ server: 'test', message: 'Reached debug mode rate limit!' })
  await waitFor(async () => (await world.ledger())?.queued === 0)
  expect(await eventsOf(chain.id, 'DEBUG_RULE_CHAIN')).toHaveLength(1)
  expect((await eventsOf(chain.nodeId('work'))).length).toBeLessThanOrEqual(200)
})

test('the last messages of a connection can be read, of each failure too, and what came to a node', async () => {
  const chain = await world.draw('check --Success--> end\ncheck --Failure--> mend')
  world.behaviours.set('check', check.handle)
  await world.send('Main', [world.message('"a"'), world.message('"b"'), world.message('"bad"'), world.message('"bad"')])
  const samples = (name: string, connection: string | null) =>
    readSamples(world.services.redis, { ruleChainId: chain.id, ruleNodeId: chain.nodeId(name), connection })
  const failed = await waitFor(async () => {
    const found = await samples('check', 'Failure')
    return found.length === 2 ? found : null
  })
  expect(failed[0]).toMatchObject({ error: 'cannot read this', message: { data: '"bad"' } })
  expect(await samples('check', 'success')).toMatchObject([{ error: null, message: { data: '{"checked":true}' } }])
  expect(await samples('check', null)).toMatchObject([{ message: { data: '"a"', type: 'POST_TELEMETRY_REQUEST' } }])
  expect(await samples('end', 'Success')).toMatchObject([{ message: { data: '{"checked":true}' } }])
  expect(await samples('end', 'Failure')).toEqual([])
})

test('counters tell what came, what failed, and how long messages spend in a node', async () => {
  const chain = await world.draw('slow --Success--> check')
  world.behaviours.set('slow', async (batch) => {
    await new Promise((resolve) => setTimeout(resolve, 30))
    return batch.map((message) => ({ message, connection: 'Success' }))
  })
  world.behaviours.set('check', check.handle)
  await world.send('Main', [world.message('"a"'), world.message('"bad"')])
  const nodes = await waitFor(async () => {
    const found = await readChainFigures(world.services.redis, chain.id)
    return found.nodes.length === 2 ? found.nodes : null
  })
  const of = (name: string) => nodes.find(({ nodeId }) => nodeId === chain.nodeId(name))
  expect(of('slow')).toMatchObject({ processed: 2, failed: 0 })
  expect(of('check')).toMatchObject({ processed: 2, failed: 1 })
  expect(of('slow')?.averageMs).toBeGreaterThanOrEqual(29)
  expect(of('check')?.averageMs).toBeLessThan(29)
})

const desk = () => createTraceDesk(() => world.services.redis)
const untilHops = (id: string, count: number) =>
  waitFor(async () => {
    const path = await desk().find(world.services.tenant.tenantId, id)
    return path.hops.length >= count ? path : null
  })

test('the next message of a device is followed through chains and branches, with what each node changed', async () => {
  const { tenant } = world.services
  const inner = await world.draw('work --Success--> Done', {
    Done: { type: 'org.thingsboard.rule.engine.flow.TbRuleChainOutputNode' },
  })
  const outer = await world.draw('call --Done--> left, right\nleft --Failure--> mend', {
    call: {
      type: 'org.thingsboard.rule.engine.flow.TbRuleChainInputNode',
      configuration: { ruleChainId: inner.id },
    },
  })
  world.behaviours.set(
    'work',
    perMessage((message) => [
      {
        message: { ...message, data: '{"t":2,"unit":"C"}', metadata: { ...message.metadata, seen: 'yes' } },
        connection: 'Success',
      },
    ]).handle,
  )
  world.behaviours.set(
    'left',
    perMessage(() => {
      throw new Error('broken')
    }).handle,
  )
  const device = entityId('DEVICE', tenant.device.id.id)
  const trace = await desk().begin(tenant.tenantId, device, 60_000)
  expect(trace).toMatchObject({ state: 'WAITING', entityId: device })
  const others = world.message('{"t":9}', { originator: entityId('DEVICE', '99999999-9999-4999-8999-999999999999') })
  // The word that a trace waits reaches the rule engine by itself; until then messages pass unseen.
  const path = await waitFor(async () => {
    await world.send('Main', [others, world.message('{"t":1}'), world.message('{"t":1}')])
    const found = await desk().find(tenant.tenantId, trace.id)
    return found.hops.length > 0 ? untilHops(trace.id, 6) : null
  })
  expect(path).toMatchObject({ state: 'STARTED', leftOut: 0 })
  expect(path.hops.map(({ node, via, message }) => [node.name, via, message.data])).toEqual([
    ['call', '', '{"t":1}'],
    ['work', '', '{"t":1}'],
    ['Done', 'Success', '{"t":2,"unit":"C"}'],
    ['left', 'Done', '{"t":2,"unit":"C"}'],
    ['right', 'Done', '{"t":2,"unit":"C"}'],
    ['mend', 'Failure', '{"t":2,"unit":"C"}'],
  ])
  const [call, work, done, left] = path.hops
  expect(work?.departures[0]?.changes).toEqual([
    { path: ['data', 't'], before: 1, after: 2 },
    { path: ['data', 'unit'], after: 'C' },
    { path: ['metadata', 'seen'], after: 'yes' },
  ])
  expect(call?.departures).toMatchObject([{ connection: null, onward: [{ ruleChainId: inner.id }] }])
  expect(done?.departures).toMatchObject([{ connection: 'Done', by: { node: { name: 'call' } }, onward: [{}, {}] }])
  expect(left?.departures).toMatchObject([
    { connection: 'Failure', error: 'broken', onward: [{ nodeId: outer.nodeId('mend') }] },
  ])
  // The steps hang together by the ids of their messages.
  const ids = path.hops.flatMap(({ departures }) =>
    departures.flatMap(({ onward }) => onward.map((to) => to.messageId)),
  )
  for (const hop of path.hops.slice(1)) expect(ids).toContain(hop.message.id)
})

test('a trace goes on behind another queue, and one whose message never comes expires', async () => {
  const { tenant } = world.services
  const device = entityId('DEVICE', tenant.device.id.id)
  await world.draw('before --Success--> leave\nleave --Success--> after')
  world.behaviours.set('leave', perMessage((message) => [{ message, queueName: 'HighPriority' }]).handle)
  const trace = await desk().begin(tenant.tenantId, device, 60_000)
  const path = await waitFor(async () => {
    await world.send('Main', [world.message('{"t":1}')])
    const found = await desk().find(tenant.tenantId, trace.id)
    return found.hops.length > 0 ? untilHops(trace.id, 4) : null
  })
  expect(path.hops.map(({ node, isResumed }) => [node.name, isResumed])).toEqual([
    ['before', false],
    ['leave', false],
    ['leave', true],
    ['after', false],
  ])
  expect(path.hops[1]?.departures).toMatchObject([{ queueName: 'HighPriority' }])

  const never = await desk().begin(tenant.tenantId, entityId('DEVICE', '99999999-9999-4999-8999-999999999998'), 1)
  await waitFor(async () => (await desk().find(tenant.tenantId, never.id)).state === 'EXPIRED')
})

test("traces are listed newest first, are deleted, and are the tenant's own", async () => {
  const { tenantId } = world.services.tenant
  const someone = entityId('DEVICE', '99999999-9999-4999-8999-999999999997')
  const trace = await desk().begin(tenantId, someone, 60_000)
  expect((await desk().list(tenantId))[0]).toEqual(trace)
  const stranger = '88888888-8888-4888-8888-888888888888'
  expect(await desk().list(stranger)).toEqual([])
  await expect(desk().find(stranger, trace.id)).rejects.toThrow('There is no trace')
  await expect(desk().delete(stranger, trace.id)).rejects.toThrow('There is no trace')
  await desk().delete(tenantId, trace.id)
  await expect(desk().find(tenantId, trace.id)).rejects.toThrow('There is no trace')
  for (let n = 0; n < 105; n++) await desk().begin(tenantId, someone, 1_000)
  expect(await desk().list(tenantId)).toHaveLength(100)
})
