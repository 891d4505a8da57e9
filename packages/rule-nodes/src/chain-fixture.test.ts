import { readFile } from 'node:fs/promises'
import type { Message } from '@thingwire/contracts'
import {
  compileChain,
  createHandlerRegistry,
  createNodeRegistry,
  exportRuleChain,
  importRuleChain,
  runBatch,
  type StoredRuleChain,
  startNodes,
} from '@thingwire/rules'
import { testIds, testMessage } from '@thingwire/rules/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { nodeHandlers } from './handlers.ts'
import { nodeManifests } from './manifests.ts'
import { recordingPorts } from './node-harness.ts'

/**
 * An entry chain as an older ThingsBoard exports it, with a node of a vendor:
 *
 *   Alarm rules ─▶ By type ─┬─ Post telemetry ──────────▶ Keep telemetry
 *                           ├─ Post attributes ─────────▶ Keep client attributes ─ Failure ─▶ Archive (unknown type)
 *                           ├─ RPC Request from Device ─▶ Log requests
 *                           ├─ Other ───────────────────▶ Log the rest
 *                           └─ RPC Request to Device ───▶ Command
 */
const registry = createNodeRegistry(nodeManifests)
let file: unknown
beforeAll(async () => {
  file = JSON.parse(await readFile(new URL('./fixtures/plant-entry.json', import.meta.url), 'utf8'))
})

const imported = () => {
  const result = importRuleChain(file, registry)
  if (!result.ok) throw new Error(result.problems.join('\n'))
  return result
}

const stored = (): StoredRuleChain => {
  const { ruleChain, metadata } = imported().file
  return {
    id: testIds.chain,
    name: ruleChain.name,
    type: ruleChain.type,
    version: 1,
    additionalInfo: ruleChain.additionalInfo ?? null,
    firstNodeIndex: metadata.firstNodeIndex ?? null,
    nodes: metadata.nodes.map(({ id: _, ...node }, index) => ({ ...node, id: `node-${index}` })),
    connections: metadata.connections,
  }
}

const run = async (messages: Message[]) => {
  const { ports, calls } = recordingPorts({ alarmRules: [] })
  const compiled = compileChain(stored(), registry)
  if (!compiled.ok) throw new Error(compiled.problems.join('\n'))
  const { chain } = compiled
  const instances = await startNodes(chain, createHandlerRegistry(nodeHandlers), ({ id, name }) => ({
    tenantId: testIds.tenant,
    ruleChainId: chain.id,
    nodeId: id,
    nodeName: name,
    ports,
  }))
  return { calls, result: await runBatch({ chain, instances, messages, signal: new AbortController().signal }) }
}

describe('an entry chain from an older system', () => {
  it('imports with a warning for each node that will not run', () => {
    expect(imported().warnings).toEqual([
      expect.stringContaining('"Archive": Unknown node type com.acme.rules.AcmeArchiveNode'),
    ])
  })

  it('keeps telemetry and attributes, logs the rest and loses nothing silently', async () => {
    const { calls, result } = await run([
      testMessage(),
      testMessage({ type: 'POST_ATTRIBUTES_REQUEST', data: '{"firmware":"1.2.x"}' }),
      testMessage({ type: 'TO_SERVER_RPC_REQUEST', data: '{"method":"time","params":{}}' }),
      testMessage({ type: 'MY_OWN_TYPE', data: '{}' }),
      testMessage({ type: 'CONNECT_EVENT' }),
      testMessage({ type: 'RPC_CALL_FROM_SERVER_TO_DEVICE', data: '{"method":"open","params":"{}"}' }),
      testMessage({ type: 'POST_ATTRIBUTES_REQUEST', data: 'no object' }),
    ])
    expect(result.outcomes).toEqual([
      'stored',
      'stored',
      'finished',
      'finished',
      'finished',
      'finished',
      'dead-lettered',
    ])
    expect(result.deadLetters.map(({ nodeName, error }) => [nodeName, error])).toEqual([
      ['Archive', 'Unknown node type com.acme.rules.AcmeArchiveNode'],
    ])
    expect(calls.telemetry).toMatchObject([
      [{ entries: [{ key: 'temperature', type: 'DOUBLE', value: 21.5, ts: 1_000 }] }],
    ])
    expect(calls.attributes).toMatchObject([
      [{ scope: 'CLIENT_SCOPE', entries: [{ key: 'firmware', value: '1.2.x' }] }],
    ])
    expect(calls.logged).toHaveLength(2)
    expect(calls.rpcs).toMatchObject([{ method: 'open', params: '{}' }])
  })

  it('goes out again with upgraded nodes, and the unknown one byte for byte', () => {
    const exported = exportRuleChain(stored())
    const again = importRuleChain(JSON.parse(JSON.stringify(exported)), registry)
    expect(again).toMatchObject({
      ok: true,
      file: { metadata: { nodes: imported().file.metadata.nodes.map(({ configuration }) => ({ configuration })) } },
    })
    expect(JSON.stringify(exported.metadata.nodes[7]?.configuration)).toBe('{"z":1,"bucket":"plant","a":[1,2.5,null]}')
    expect(exported.metadata.nodes[7]).toMatchObject({
      type: 'com.acme.rules.AcmeArchiveNode',
      configurationVersion: 4,
    })
  })
})
