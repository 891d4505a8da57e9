import { chainOfFile, createDryRunner, createHandlerRegistry, createNodeRegistry } from '@thingwire/rules'
import { testIds, testMessage } from '@thingwire/rules/testing'
import { expect, test } from 'vitest'
import { nodeHandlers } from '../handlers.ts'
import { nodeManifests } from '../manifests.ts'
import { recordingPorts, runNode } from '../node-harness.ts'
import { rpcCallRequestHandler } from './handler.ts'
import { rpcCallRequest } from './manifest.ts'

const sendWith = async (labels: readonly string[]) => {
  const { ports, calls } = recordingPorts()
  const messages = [testMessage({ data: '{"method":"open","params":1}', metadata: { kept: 'yes' } })]
  await runNode({ manifest: rpcCallRequest, factory: rpcCallRequestHandler, messages, ports, labels })
  return calls.rpcs[0]?.continuation
}

test.each([['Success'], ['Failure'], ['success']])('an answer goes on when a node is wired to %s', async (label) => {
  expect(await sendWith([label])).toMatchObject({ ruleNodeId: 'node-1', metadata: { kept: 'yes' } })
})

test('no message is made for an answer that no node is wired to', async () => {
  expect(await sendWith([])).toBeNull()
  expect(await sendWith(['Other'])).toBeNull()
})

test('an answer to a command of a called chain returns to the chain that called', async () => {
  const registry = createNodeRegistry(nodeManifests)
  const called = '66666666-6666-4666-8666-666666666666'
  const node = (type: string, name: string, configuration = {}) => ({
    ...{ type: `org.thingsboard.rule.engine.${type}`, name, configuration },
  })
  const drawn = (id: string, nodes: unknown[], types: string[]) => {
    const connections = types.map((type, at) => ({ fromIndex: at, toIndex: at + 1, type }))
    const file = { ruleChain: { name: id }, metadata: { firstNodeIndex: 0, nodes, connections } }
    const found = chainOfFile(file, id, registry)
    if (!found.ok) throw new Error(found.problems.join())
    return found.chain
  }
  const inner = drawn(
    called,
    [node('rpc.TbSendRPCRequestNode', 'command', { timeoutInSeconds: 60 }), node('flow.TbRuleChainOutputNode', 'Done')],
    ['Success'],
  )
  const outer = drawn(
    testIds.chain,
    [node('flow.TbRuleChainInputNode', 'call', { ruleChainId: called }), node('flow.TbAckNode', 'after')],
    ['Done'],
  )
  const runner = createDryRunner({
    chain: outer,
    callee: async (id) => (id === called ? inner : undefined),
    handlers: createHandlerRegistry(nodeHandlers),
    reads: { ...recordingPorts().ports, attributes: async (queries) => queries.map(() => []) },
    tenantId: testIds.tenant,
    given: {
      attributes: [],
      commandAnswers: { open: { data: '{"done":true}' } },
      originator: { entityType: 'DEVICE', id: testIds.device },
    },
    signal: new AbortController().signal,
    timeoutMs: 5_000,
  })
  const { steps, failures } = await runner.run(testMessage({ data: '{"method":"open","params":1}' }))
  expect(failures).toEqual([])
  expect(steps.map(({ chain, node: at, connection }) => [chain, at, connection])).toEqual([
    [testIds.chain, 'call', null],
    [called, 'command', null],
    [called, 'command', 'Success'],
    [testIds.chain, 'call', 'Done'],
    [testIds.chain, 'after', 'Success'],
  ])
  expect(steps.at(-1)?.data).toBe('{"done":true}')
})
