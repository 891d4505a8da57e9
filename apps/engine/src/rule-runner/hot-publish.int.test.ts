import type { RuleChainMetadata } from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type QueueWorld, queueWorld } from '../testing/queue-world.ts'

let world: QueueWorld
let lived: string[] = []
beforeEach(async () => {
  world = await queueWorld()
  lived = []
  await world.startRunner()
})
afterEach(() => world[Symbol.asyncDispose]())

const watchLife = (...names: string[]) => {
  for (const name of names)
    world.lives.set(name, {
      start: () => void lived.push(`${name} starts`),
      stop: () => void lived.push(`${name} stops`),
    })
}
const changeNode =
  (name: string, change: Partial<RuleChainMetadata['nodes'][number]>) => (metadata: RuleChainMetadata) => ({
    ...metadata,
    nodes: metadata.nodes.map((node) => (node.name === name ? { ...node, ...change } : node)),
  })
/** Names the nodes that a message passes. */
const mark = (...names: string[]) => {
  for (const name of names)
    world.behaviours.set(name, (batch) => {
      for (const { data } of batch) lived.push(`${name} ${data}`)
      return batch.map((message) => ({ message, connection: 'Success' }))
    })
}
const finished = async () => (await world.ledger())?.finished ?? 0
const run = async (data: string) => {
  const before = await finished()
  await world.send('Main', [world.message(data)])
  await waitFor(async () => (await finished()) === before + 1, { deadlineMs: 10_000 })
}

test('a publish restarts the node whose configuration changed, and no other', async () => {
  watchLife('a', 'b')
  const chain = await world.draw('a --Success--> b')
  await run('1')
  expect(lived).toEqual(['a starts', 'b starts'])
  await world.edit(chain.id, changeNode('b', { configuration: { changed: true } }))
  await waitFor(() => lived.length === 4)
  expect(lived.slice(2).sort()).toEqual(['b starts', 'b stops'])
})

test('layout and debug settings restart nothing; a new connection restarts the node that it leaves', async () => {
  watchLife('a', 'b', 'c')
  mark('c')
  const chain = await world.draw('a --Success--> b\nc')
  await run('1')
  lived = []
  const laidOut = {
    additionalInfo: { layoutX: 5 },
    debugSettings: { failuresEnabled: true, allEnabled: false, allEnabledUntil: 0 },
  }
  await world.edit(chain.id, changeNode('a', laidOut))
  await world.edit(chain.id, (metadata) => ({
    ...metadata,
    connections: [...metadata.connections, { fromIndex: 1, toIndex: 2, type: 'Success' }],
  }))
  await waitFor(async () => {
    await run('2')
    return lived.includes('c 2')
  })
  expect(lived.filter((text) => !text.startsWith('c ')).sort()).toEqual(['b starts', 'b stops'])
})

test('a changed chain starts without waiting for a message, and a deleted one stops', async () => {
  watchLife('a', 'late')
  const chain = await world.draw('a')
  const { tenantId, scope } = world.services.tenant
  await world.invalidate({ kind: 'rule-chain', tenantId, id: chain.id })
  await waitFor(() => lived.includes('a starts'))
  await world.services.db.ruleChains.delete(scope, chain.id)
  await world.invalidate({ kind: 'rule-chain', tenantId, id: chain.id })
  await waitFor(() => lived.includes('a stops'))
  expect(lived).toEqual(['a starts', 'a stops'])
})

test('a chain for edges is kept and does not run', async () => {
  watchLife('a', 'there')
  const edge = await world.draw('there', {}, 'EDGE')
  await world.invalidate({ kind: 'rule-chain', tenantId: world.services.tenant.tenantId, id: edge.id })
  await run('1')
  await world.draw('a')
  await run('2')
  expect(lived).toEqual(['a starts'])
})

test('a change of one chain leaves the nodes of another alone', async () => {
  watchLife('a', 'b')
  const first = await world.draw('a')
  await run('1')
  const second = await world.draw('b')
  await run('2')
  await world.edit(second.id, changeNode('b', { configuration: { changed: true } }))
  await waitFor(() => lived.filter((text) => text === 'b starts').length === 2)
  expect(lived.filter((text) => text.startsWith('a'))).toEqual(['a starts'])
  expect(first.id).not.toBe(second.id)
})

test('fifty publishes while 5,000 messages run lose none and repeat none', async () => {
  const seen = new Map<string, number>()
  let runs = 0
  world.behaviours.set('work', async (batch) => {
    runs++
    await new Promise(setImmediate)
    for (const { data } of batch) seen.set(data, (seen.get(data) ?? 0) + 1)
    return batch.map((message) => ({ message, connection: 'Success' }))
  })
  watchLife('changing')
  const chain = await world.draw('keep --Success--> changing\nchanging --Success--> work')
  const sending = (async () => {
    for (let from = 0; from < 5_000; from += 50)
      await world.send(
        'Main',
        Array.from({ length: 50 }, (_, at) => world.message(String(from + at))),
      )
  })()
  for (let n = 0; n < 50; n++) await world.edit(chain.id, changeNode('changing', { configuration: { n } }))
  await sending
  await waitFor(async () => (await finished()) === 5_000, { deadlineMs: 30_000 })
  expect(seen.size).toBe(5_000)
  expect([...seen.values()].filter((times) => times !== 1)).toEqual([])
  expect(runs).toBeGreaterThan(1)
  expect(await world.letters()).toEqual([])
  // Every instance but the last one has been stopped.
  await waitFor(
    () =>
      lived.filter((text) => text.endsWith('starts')).length ===
      lived.filter((text) => text.endsWith('stops')).length + 1,
  )
  expect(lived.length).toBeGreaterThan(2)
})

test('a node that is switched off is stopped, and messages pass it by; switched on again it is started anew', async () => {
  watchLife('a', 'off', 'b')
  mark('a', 'off', 'b')
  const chain = await world.draw('a --Success--> off\noff --Success--> b')
  await run('1')
  await world.edit(chain.id, changeNode('off', { additionalInfo: { bypass: { label: 'Success' } } }))
  await waitFor(() => lived.includes('off stops'))
  await run('2')
  await world.edit(chain.id, changeNode('off', { additionalInfo: {} }))
  await waitFor(() => lived.filter((text) => text === 'off starts').length === 2)
  await run('3')
  expect(lived.filter((text) => /\d$/.test(text))).toEqual(['a 1', 'off 1', 'b 1', 'a 2', 'b 2', 'a 3', 'off 3', 'b 3'])
  expect(lived.filter((text) => text.startsWith('a s') || text.startsWith('b s'))).toEqual(['a starts', 'b starts'])
})

test('thirty drafts that are published while messages run lose none and repeat none', async () => {
  const seen = new Map<string, number>()
  world.behaviours.set('work', async (batch) => {
    await new Promise(setImmediate)
    for (const { data } of batch) seen.set(data, (seen.get(data) ?? 0) + 1)
    return batch.map((message) => ({ message, connection: 'Success' }))
  })
  const chain = await world.draw('keep --Success--> changing\nchanging --Success--> work')
  const { tenantId, scope, db, tenant } = { ...world.services.tenant, ...world.services }
  const publish = async (n: number) => {
    const metadata = await db.ruleChains.metadata(scope, chain.id)
    if (!metadata) throw new Error('the chain is gone')
    const bypass = n % 2 === 0 ? { label: 'Success' } : null
    const { nodes } = changeNode('changing', { configuration: { n }, additionalInfo: { bypass } })(metadata)
    const version = metadata.version ?? 0
    const { connections, firstNodeIndex = null } = metadata
    const document = { metadata: { nodes, connections, firstNodeIndex }, tests: [] }
    const draft = { ownerId: chain.id, userId: tenant.admin.userId, revision: null, baseVersion: version, document }
    const { revision } = await db.ruleChainDrafts.save(scope, draft)
    await db.ruleChains.saveMetadata(scope, { ...metadata, nodes }, { draft: { revision, tests: [] } })
    await world.invalidate({ kind: 'rule-chain', tenantId, id: chain.id })
  }
  const sending = (async () => {
    for (let from = 0; from < 3_000; from += 50)
      await world.send(
        'Main',
        Array.from({ length: 50 }, (_, at) => world.message(String(from + at))),
      )
  })()
  for (let n = 0; n < 30; n++) await publish(n)
  await sending
  await waitFor(async () => (await finished()) === 3_000, { deadlineMs: 30_000 })
  expect(seen.size).toBe(3_000)
  expect([...seen.values()].filter((times) => times !== 1)).toEqual([])
  expect(await world.letters()).toEqual([])
  expect((await db.ruleChainDrafts.versions(scope, chain.id, { pageSize: 1, page: 0 })).totalElements).toBe(31)
})
