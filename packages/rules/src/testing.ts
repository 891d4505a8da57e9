import type { Message } from '@thingwire/contracts'
import { z } from 'zod'
import { compileChain } from './compile-chain.ts'
import { type Departure, defineNode, type NodeHandler } from './node.ts'
import { createNodeRegistry } from './registry.ts'
import type { RunnableChain } from './run-batch.ts'
import type { StoredRuleChain } from './stored-chain.ts'

/** Builders for tests of rules and nodes; nothing in the product imports this file. */

export const testIds = {
  tenant: '11111111-1111-4111-8111-111111111111',
  device: '22222222-2222-4222-8222-222222222222',
  chain: '33333333-3333-4333-8333-333333333333',
}

let made = 0

/** A telemetry message of one device; ids count up. */
export const testMessage = (change: Partial<Message> = {}): Message => ({
  id: `44444444-4444-4444-8444-${String(++made).padStart(12, '0')}`,
  ts: 1_000,
  type: 'POST_TELEMETRY_REQUEST',
  tenantId: testIds.tenant,
  originator: { entityType: 'DEVICE', id: testIds.device },
  customerId: null,
  metadata: { deviceName: 'Thermometer', deviceType: 'default', ts: '1000' },
  dataType: 'JSON',
  data: '{"temperature":21.5}',
  ruleChainId: null,
  ruleNodeId: null,
  ...change,
})

/** A node that lets everything pass along one label. */
export const passAlong = (connection: string): NodeHandler => ({
  handle: (batch) => batch.map((message): Departure => ({ message, connection })),
})

const testNode = defineNode({
  type: 'test-node',
  className: 'test.Node',
  name: 'test node',
  description: 'Stands for any node.',
  category: 'flow',
  icon: 'circle',
  configVersion: 0,
  config: z.object({}),
  defaults: {},
  connections: 'custom',
  upgrades: {},
})

const edge = /^(\S+) --(.+?)--> (.+)$/

/**
 * A chain from lines such as `filter --True--> save, log`. The first node named is where messages enter; a node without
 * a handler passes everything to Success. A handler given as text is the reason why that node could not start.
 */
export const drawnChain = (
  drawing: string,
  handlers: Record<string, NodeHandler | string> = {},
  chainId: string = testIds.chain,
): RunnableChain => {
  const names: string[] = []
  const indexOf = (name: string) => (names.includes(name) ? names.indexOf(name) : names.push(name) - 1)
  const connections = drawing
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap((line) => {
      const [, from, type, to] = edge.exec(line) ?? []
      if (!from || !type || !to) {
        indexOf(line)
        return []
      }
      const fromIndex = indexOf(from)
      return to.split(', ').map((name) => ({ fromIndex, toIndex: indexOf(name), type }))
    })
  const stored: StoredRuleChain = {
    id: chainId,
    name: `Chain ${chainId.slice(0, 4)}`,
    type: 'CORE',
    version: 1,
    additionalInfo: null,
    firstNodeIndex: names.length > 0 ? 0 : null,
    nodes: names.map((name) => ({
      id: `${chainId}/${name}`,
      type: 'test.Node',
      name,
      singletonMode: false,
      configurationVersion: 0,
      configuration: {},
    })),
    connections,
  }
  const compiled = compileChain(stored, createNodeRegistry([testNode]))
  if (!compiled.ok) throw new Error(compiled.problems.join('\n'))
  const instances = names.map((name) => {
    const handler = handlers[name] ?? passAlong('Success')
    return typeof handler === 'string'
      ? { state: 'failed' as const, reason: handler }
      : { state: 'ready' as const, handler }
  })
  return { chain: compiled.chain, instances }
}
export { scriptsInRealm, type TbelTranslation } from './scripts/scripts-in-realm.ts'
