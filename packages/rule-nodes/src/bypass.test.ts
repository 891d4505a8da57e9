import {
  compileChain,
  createHandlerRegistry,
  createNodeRegistry,
  defineHandler,
  defineNode,
  type InspectedCall,
  runBatch,
  type StoredRuleNode,
  startNodes,
} from '@thingwire/rules'
import { testIds, testMessage } from '@thingwire/rules/testing'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { nodeHandlers } from './handlers.ts'
import { nodeManifests } from './manifests.ts'
import { recordingPorts } from './node-harness.ts'

const manifest = defineNode({
  type: 'counting',
  className: 'org.example.Counting',
  name: 'counting',
  description: 'Counts how often it is made and called.',
  category: 'action',
  icon: 'hash',
  configVersion: 0,
  config: z.object({ text: z.string() }),
  defaults: { text: '' },
  connections: ['Success'],
  upgrades: {},
})

const node = (
  name: string,
  additionalInfo: StoredRuleNode['additionalInfo'] = null,
  more: Partial<StoredRuleNode> = {},
): StoredRuleNode => ({
  type: manifest.className,
  name,
  singletonMode: false,
  configurationVersion: 0,
  configuration: { text: name },
  additionalInfo,
  ...more,
  id: name,
})

/** first ─Success─▶ (second) ─Success─▶ third, ─Other─▶ other */
const run = async (second: StoredRuleNode, message = testMessage()) => {
  const made: string[] = []
  const called: string[] = []
  const inspected: InspectedCall[] = []
  const counting = defineHandler(manifest, ({ text }) => {
    made.push(text)
    return {
      handle: (batch) => {
        called.push(text)
        return batch.map((one) => ({ message: one, connection: 'Success' as const }))
      },
    }
  })
  const compiled = compileChain(
    {
      id: testIds.chain,
      name: 'chain',
      type: 'CORE',
      version: 1,
      additionalInfo: null,
      firstNodeIndex: 0,
      nodes: [node('first'), second, node('third'), node('other')],
      connections: [
        { fromIndex: 0, toIndex: 1, type: 'Success' },
        { fromIndex: 1, toIndex: 2, type: 'Success' },
        { fromIndex: 1, toIndex: 3, type: 'Other' },
      ],
    },
    createNodeRegistry([...nodeManifests, manifest]),
  )
  if (!compiled.ok) throw new Error(compiled.problems.join())
  const { chain } = compiled
  const { ports } = recordingPorts()
  const handlers = createHandlerRegistry([...nodeHandlers, counting])
  const instances = await startNodes(chain, handlers, ({ id, name }) => ({
    ...{ tenantId: testIds.tenant, ruleChainId: chain.id, nodeId: id, nodeName: name, ports },
  }))
  const result = await runBatch({
    chain,
    instances,
    messages: [message],
    signal: new AbortController().signal,
    observe: { inspects: () => true, inspected: (call) => void inspected.push(call) },
  })
  return { made, called, inspected, result }
}

describe('a node that is switched off', () => {
  test('is never made, and hands messages on as they are', async () => {
    const { made, called, inspected, result } = await run(node('second', { bypass: { label: 'Success' } }))
    expect(made).toEqual(['first', 'third', 'other'])
    expect(called).toEqual(['first', 'third'])
    expect(result.outcomes).toEqual(['finished'])
    const passed = inspected.find((call) => call.node.id === 'second')
    expect(passed?.node.bypass).toEqual({ label: 'Success' })
    expect(passed?.departures).toMatchObject([{ connection: 'Success', error: null }])
    expect(passed?.departures[0]?.message).toEqual(passed?.arrivals[0]?.message)
  })

  test('hands them on along the label that was chosen, in any letters', async () => {
    expect((await run(node('second', { bypass: { label: 'other' } }))).called).toEqual(['first', 'other'])
  })

  test('without a label they end there, done', async () => {
    const { called, result } = await run(node('second', { bypass: { label: null } }))
    expect(called).toEqual(['first'])
    expect(result).toEqual({ outcomes: ['finished'], deadLetters: [] })
  })

  test.each([
    ['of an unknown type', { type: 'org.example.Nowhere' }],
    ['with a configuration that is not valid', { configuration: { text: 7 } }],
  ])('%s fails no message', async (_, more) => {
    const { called, result } = await run(node('second', { bypass: { label: 'Success' } }, more))
    expect(called).toEqual(['first', 'third'])
    expect(result.deadLetters).toEqual([])
  })

  test('ends what the node had sent to itself', async () => {
    const own = testMessage({ type: 'GENERATOR_NODE_SELF_MSG', ruleChainId: testIds.chain, ruleNodeId: 'second' })
    const { called, result } = await run(node('second', { bypass: { label: 'Success' } }), own)
    expect(called).toEqual([])
    expect(result.outcomes).toEqual(['finished'])
    // A message that failed there once and is sent again is no such message.
    const again = testMessage({ ruleChainId: testIds.chain, ruleNodeId: 'second' })
    expect((await run(node('second', { bypass: { label: 'Success' } }), again)).called).toEqual(['third'])
  })

  test.each([null, {}, { bypass: null }, { bypass: true }, { bypass: { label: 7 } }, { bypass: {} }, { bypass: [] }])(
    'is not meant by %j',
    async (info) => {
      expect((await run(node('second', info))).called).toEqual(['first', 'second', 'third'])
    },
  )

  test.each(nodeManifests.map(({ type, className, defaults }) => [type, className, defaults] as const))(
    'may be any: %s',
    async (_, type, configuration) => {
      const { called, result } = await run(node('second', { bypass: { label: 'Success' } }, { type, configuration }))
      expect(called).toEqual(['first', 'third'])
      expect(result).toEqual({ outcomes: ['finished'], deadLetters: [] })
    },
  )
})
