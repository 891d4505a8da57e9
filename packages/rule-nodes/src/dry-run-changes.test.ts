import {
  chainOfFile,
  createDryRunner,
  createHandlerRegistry,
  createNodeRegistry,
  type DryReads,
} from '@thingwire/rules'
import { testIds, testMessage } from '@thingwire/rules/testing'
import { describe, expect, test } from 'vitest'
import { nodeHandlers } from './handlers.ts'
import { nodeManifests } from './manifests.ts'
import { recordingPorts } from './node-harness.ts'
import type { NodeCase } from './node-case.ts'

const device = { entityType: 'DEVICE', id: testIds.device } as const
const registry = createNodeRegistry(nodeManifests)

/** One node after the other, along Success. Reads answer from what is given; a port that changes something is not there. */
const runnerOf = (
  nodes: [type: string, configuration: object][],
  given: Partial<NodeCase> = {},
  stored: object = {},
) => {
  const found = chainOfFile(
    {
      ruleChain: { name: 'Dry' },
      metadata: {
        firstNodeIndex: 0,
        nodes: nodes.map(([type, configuration], at) => ({
          ...{ type: `org.thingsboard.rule.engine.${type}`, name: `${at}`, configuration, configurationVersion: 1 },
        })),
        connections: nodes.slice(1).map((_, at) => ({ fromIndex: at, toIndex: at + 1, type: 'Success' })),
      },
    },
    testIds.chain,
    registry,
  )
  if (!found.ok) throw new Error(found.problems.join())
  const { ports } = recordingPorts(given)
  const reads: DryReads = { scripts: ports.scripts, entities: ports.entities, views: ports.views }
  return createDryRunner({
    chain: found.chain,
    handlers: createHandlerRegistry(nodeHandlers),
    reads,
    tenantId: testIds.tenant,
    given: {
      attributes: [{ scope: 'SERVER_SCOPE', values: stored as Record<string, unknown> }],
      commandAnswers: {},
      originator: device,
      now: 1_000,
    },
    signal: new AbortController().signal,
    timeoutMs: 5_000,
  })
}

describe('a dry run changes nothing, and says what would have changed:', () => {
  test('entities and relations; what one message makes is there for the next', async () => {
    const runner = runnerOf([
      [
        'action.TbCreateRelationNode',
        {
          direction: 'FROM',
          relationType: 'At',
          entityType: 'ASSET',
          entityNamePattern: '$[gate]',
          createEntityIfNotExists: true,
          removeCurrentRelations: true,
        },
      ],
      ['action.TbAssignToCustomerNode', { customerNamePattern: 'Acme', createCustomerIfNotExists: true }],
    ])
    const first = await runner.run(testMessage({ data: '{"gate":"G1"}' }))
    expect(first.failures).toEqual([])
    expect(first.effects).toMatchObject([
      { kind: 'entity', entityType: 'ASSET', name: 'G1', profileName: null },
      { kind: 'relation-removed', entityId: device, direction: 'FROM', type: 'At' },
      { kind: 'relation', from: device, to: { entityType: 'ASSET' }, type: 'At' },
      { kind: 'entity', entityType: 'CUSTOMER', name: 'Acme' },
      { kind: 'assignment', entityId: device },
    ])
    const again = await runner.run(testMessage({ data: '{"gate":"G1"}' }))
    expect(again.effects.map(({ kind }) => kind)).toEqual(['relation-removed', 'relation', 'assignment'])
    await runner.stop()
  })

  test('attributes that are deleted are gone for the nodes behind', async () => {
    const runner = runnerOf(
      [
        ['telemetry.TbMsgDeleteAttributesNode', { scope: 'SERVER_SCOPE', keys: ['sum'] }],
        [
          'math.TbMathNode',
          {
            operation: 'CUSTOM',
            customFunction: 'sum + 1',
            arguments: [{ name: 'sum', type: 'ATTRIBUTE', key: 'sum', defaultValue: 100 }],
            result: { type: 'ATTRIBUTE', key: 'sum', resultValuePrecision: 0, addToMetadata: true },
          },
        ],
      ],
      {},
      { sum: 5 },
    )
    const { effects, steps, failures } = await runner.run(testMessage())
    expect(failures).toEqual([])
    expect(effects).toEqual([
      { kind: 'attributes-removed', entityId: device, scope: 'SERVER_SCOPE', keys: ['sum'], notifyDevice: false },
      expect.objectContaining({ kind: 'attributes', values: { sum: 101 } }),
    ])
    expect(steps.at(-1)?.metadata.sum).toBe('101')
    await runner.stop()
  })

  test('states of devices, and copies to views', async () => {
    const viewId = { entityType: 'ENTITY_VIEW', id: '99999999-9999-4999-8999-000000000001' } as const
    const keys = { CLIENT_SCOPE: [], SHARED_SCOPE: [], SERVER_SCOPE: ['limit'] }
    const runner = runnerOf(
      [
        ['action.TbDeviceStateNode', { event: 'CONNECT_EVENT' }],
        ['action.TbCopyAttributesToEntityViewNode', {}],
      ],
      { views: [{ of: device, view: { id: viewId, startTimeMs: 0, endTimeMs: 0, keys } }] },
    )
    const message = testMessage({
      type: 'ATTRIBUTES_UPDATED',
      data: '{"limit":5,"mode":1}',
      metadata: { scope: 'SERVER_SCOPE', ts: '700' },
    })
    const { effects, steps, failures } = await runner.run(message)
    expect(failures).toEqual([])
    expect(effects).toMatchObject([
      { kind: 'connectivity', deviceId: testIds.device, event: 'CONNECT_EVENT', atMs: 700 },
      { kind: 'attributes', entityId: viewId, scope: 'SERVER_SCOPE', values: { limit: 5 } },
    ])
    expect(steps.at(-1)).toMatchObject({ connection: 'Success', originator: viewId })
    await runner.stop()
  })
})
