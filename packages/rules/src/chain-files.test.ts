import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { compileChain } from './compile-chain.ts'
import { exportRuleChain } from './export-chain.ts'
import { ruleChainInputClass } from './chain-links.ts'
import { importRuleChain } from './import-chain.ts'
import { defineNode } from './node.ts'
import { createNodeRegistry } from './registry.ts'
import type { StoredRuleChain } from './stored-chain.ts'
import { professionalNodeName } from './unknown-types.ts'
import { upgradeNodeConfig } from './upgrade-node.ts'

const limiter = defineNode({
  type: 'limiter',
  className: 'test.Limiter',
  name: 'limiter',
  description: 'A node that was changed twice.',
  category: 'filter',
  icon: 'gauge',
  configVersion: 2,
  config: z.object({ max: z.number() }),
  defaults: { max: 10 },
  connections: ['Success'],
  upgrades: {
    0: ({ maximum, ...rest }) => ({ ...rest, max: maximum }),
    1: (config) => {
      if (typeof config.max === 'string') throw new Error('max is text')
      return config
    },
  },
  hasQueueName: true,
})
const registry = createNodeRegistry([limiter])

const node = (change: Record<string, unknown> = {}) => ({
  type: 'test.Limiter',
  name: 'Limit',
  configurationVersion: 2,
  configuration: { max: 1 },
  additionalInfo: { layoutX: 10, layoutY: 20 },
  ...change,
})
const fileOf = (nodes: unknown[], connections: unknown[] = [], rest: Record<string, unknown> = {}) => ({
  ruleChain: { name: 'Chain', root: true, id: { entityType: 'RULE_CHAIN', id: 'x' } },
  metadata: { version: 7, firstNodeIndex: 0, nodes, connections, ...rest },
})
const link = (fromIndex: number, toIndex: number, type = 'Success') => ({ fromIndex, toIndex, type })

describe('configuration upgrades', () => {
  const upgrade = (configuration: unknown, configurationVersion = 0) =>
    upgradeNodeConfig(limiter, { configuration, configurationVersion, queueName: null })

  it('climbs every step from the version of the file', () => {
    expect(upgrade({ maximum: 5 })).toEqual({ configuration: { max: 5 }, configurationVersion: 2, queueName: null })
  })

  it('moves the queue name out of the configuration', () => {
    expect(upgrade({ maximum: 5, queueName: 'High' })).toMatchObject({ configuration: { max: 5 }, queueName: 'High' })
  })

  it.each([null, undefined, 'text', [1]])('gives the default configuration in place of %j', (configuration) => {
    expect(upgrade(configuration)).toMatchObject({ configuration: { max: 10 }, configurationVersion: 2 })
  })

  it('keeps a configuration whose step throws while the schema takes it, else takes the default', () => {
    const stubborn = defineNode({ ...limiter, config: z.object({ max: z.string() }), defaults: { max: 'none' } })
    const old = { configuration: { max: 'ten' }, configurationVersion: 1, queueName: null }
    expect(upgradeNodeConfig(stubborn, old)).toMatchObject({
      configuration: { max: 'ten' },
      warning: expect.stringContaining('kept'),
    })
    expect(upgradeNodeConfig(limiter, old)).toMatchObject({
      configuration: { max: 10 },
      warning: expect.stringContaining('default'),
    })
  })

  it('leaves a configuration from the future alone and says so', () => {
    expect(upgrade({ max: 3 }, 9)).toMatchObject({
      configuration: { max: 3 },
      configurationVersion: 9,
      warning: expect.any(String),
    })
  })

  it('never changes the object it was given', () => {
    const given = Object.freeze({ maximum: 5 })
    upgrade(given)
    expect(given).toEqual({ maximum: 5 })
  })
})

describe('import', () => {
  const problemsOf = (file: unknown) => {
    const result = importRuleChain(file, registry)
    return result.ok ? [] : result.problems
  }

  it('upgrades nodes, drops ids, version and root, and turns the old debug flag into settings', () => {
    const old = node({
      configurationVersion: undefined,
      configuration: { maximum: 3 },
      debugMode: true,
      id: { id: '5f2c1c70-0000-11ee-8000-000000000000' },
    })
    const result = importRuleChain(fileOf([old]), registry)
    expect(result).toMatchObject({
      ok: true,
      warnings: [],
      file: {
        ruleChain: { name: 'Chain', type: 'CORE', root: false },
        metadata: {
          nodes: [
            {
              configuration: { max: 3 },
              configurationVersion: 2,
              debugSettings: { failuresEnabled: true, allEnabled: true },
            },
          ],
        },
      },
    })
    const metadata = result.ok ? result.file.metadata : undefined
    expect(metadata?.version).toBeUndefined()
    expect(metadata?.nodes[0]).not.toHaveProperty('id')
    expect(metadata?.nodes[0]).not.toHaveProperty('debugMode')
  })

  it('keeps a node of an unknown type exactly as it is, with a warning', () => {
    const configuration = { z: 1, a: { nested: [1, 2.5, null] } }
    const result = importRuleChain(
      fileOf([node({ type: 'com.acme.Node', configurationVersion: 4, configuration })]),
      registry,
    )
    expect(result).toMatchObject({ ok: true, warnings: [expect.stringContaining('Unknown node type com.acme.Node')] })
    const imported = result.ok ? result.file.metadata.nodes[0] : undefined
    expect(JSON.stringify(imported?.configuration)).toBe(JSON.stringify(configuration))
    expect(imported?.configurationVersion).toBe(4)
  })

  it('names nodes of the Professional Edition as such, here and when they would run', () => {
    const type = 'org.thingsboard.rule.engine.analytics.incoming.TbSimpleAggMsgNode'
    const result = importRuleChain(fileOf([node({ type })]), registry)
    expect(result).toMatchObject({ ok: true, warnings: [expect.stringContaining('"aggregate stream" is a node of')] })
    const [first] = result.ok ? result.file.metadata.nodes : []
    const compiled = compileChain(
      { ...emptyChain, firstNodeIndex: 0, nodes: first ? [{ ...first, id: 'n0' }] : [] },
      registry,
    )
    expect(compiled.ok && compiled.chain.nodes[0]?.problem).toContain('Professional Edition')
    expect(professionalNodeName('com.acme.action.TbAddToGroupNode')).toBeUndefined()
  })

  it('leads labels of earlier versions to those of today', () => {
    const named = defineNode({ ...limiter, formerLabels: { Done: 'Success' } })
    const result = importRuleChain(
      fileOf([node(), node(), node()], [link(0, 1, 'done'), link(0, 1, 'Success'), link(1, 2, 'Other')]),
      createNodeRegistry([named]),
    )
    expect(result.ok && result.file.metadata.connections).toEqual([link(0, 1, 'Success'), link(1, 2, 'Other')])
  })

  it('writes numbers as they are read, so that a form shows what runs', () => {
    const result = importRuleChain(fileOf([node({ configuration: { max: '12', other: '5', none: null } })]), registry)
    expect(result).toMatchObject({ ok: true, warnings: [] })
    expect(result.ok && result.file.metadata.nodes[0]?.configuration).toEqual({ max: 12, other: '5', none: null })
  })

  it('reads TBEL under the name it had before', () => {
    const configuration = { max: 1, scriptLang: 'MVEL', mvelScript: 'a', alarmDetailsBuildMvel: 'b', jsScript: 'MVEL' }
    const result = importRuleChain(fileOf([node({ configuration })]), registry)
    expect(result.ok && result.file.metadata.nodes[0]?.configuration).toEqual({
      max: 1,
      scriptLang: 'TBEL',
      tbelScript: 'a',
      alarmDetailsBuildTbel: 'b',
      jsScript: 'MVEL',
    })
  })

  it.each([
    ['ids that are none', { id: 'node_1' }],
    ['null for flags and the version', { singletonMode: null, debugMode: null, configurationVersion: null }],
    ['debug settings that are none', { debugSettings: 'all' }],
    ['a member of additional information that is none', { additionalInfo: 'none' }],
    ['places that are none', { additionalInfo: { layoutX: 'left', layoutY: null, description: null } }],
  ])('takes nodes with %s', (_, change) => {
    const result = importRuleChain(
      fileOf([node({ ...change, configuration: { maximum: 1 }, configurationVersion: undefined, ...change })], [], {
        ruleChainId: 'mine',
        version: 'new',
      }),
      registry,
    )
    expect(result).toMatchObject({
      ok: true,
      warnings: [],
      file: { metadata: { nodes: [{ configurationVersion: 2, configuration: { max: 1 }, singletonMode: false }] } },
    })
    const place = result.ok ? result.file.metadata.nodes[0]?.additionalInfo : undefined
    expect([place?.layoutX, place?.layoutY]).toEqual('additionalInfo' in change ? [undefined, undefined] : [10, 20])
  })

  it('leaves out notes that cannot be read', () => {
    const note = { id: 'a', x: 1, y: 2, width: 10, height: 10, content: 'read me' }
    const notesOf = (notes: unknown) => {
      const result = importRuleChain(fileOf([node()], [], { notes }), registry)
      return result.ok ? result.file.metadata.notes : result.problems
    }
    expect(notesOf([note, { id: 'b' }, null, 'text'])).toEqual([note])
    expect(notesOf('none')).toBeUndefined()
  })

  it('takes the entity of version control, and one chain of a list, but not two', () => {
    const { ruleChain, metadata } = fileOf([node()])
    const entity = { entityType: 'RULE_CHAIN', entity: ruleChain, metaData: metadata }
    expect(importRuleChain(entity, registry)).toMatchObject({ ok: true, file: { ruleChain: { name: 'Chain' } } })
    expect(importRuleChain([{ ruleChain, metadata }], registry)).toMatchObject({ ok: true })
    expect(problemsOf([entity, entity])).toEqual(['The file holds 2 rule chains, not one.'])
    expect(problemsOf({ hello: 'world' })).toEqual(['The file holds no rule chain.'])
    expect(problemsOf(metadata)).toEqual(['ruleChain.name: Rule chain name should be specified!'])
  })

  it('turns a legacy link to a chain into a node with a connection', () => {
    const target = '0e0f0a00-1111-11ee-8000-000000000000'
    const ruleChainConnections = [
      {
        fromIndex: 0,
        targetRuleChainId: { entityType: 'RULE_CHAIN', id: target },
        type: 'Failure',
        additionalInfo: { layoutX: 5, layoutY: 6, ruleChainNodeId: 'x', description: 'gone' },
      },
    ]
    const result = importRuleChain(fileOf([node()], [], { ruleChainConnections }), registry)
    expect(result).toMatchObject({ links: [1] })
    expect(result.ok && result.file.metadata).toMatchObject({
      connections: [{ fromIndex: 0, toIndex: 1, type: 'Failure' }],
      ruleChainConnections: null,
    })
    expect(result.ok && result.file.metadata.nodes[1]).toMatchObject({
      type: ruleChainInputClass,
      name: 'Rule Chain Input',
      configuration: { ruleChainId: target },
      additionalInfo: { layoutX: 5, layoutY: 6 },
    })
  })

  it('makes one node of all legacy links that were drawn to the same box', () => {
    const to = (id: string, layoutX: number, fromIndex: number, type: string) => ({
      fromIndex,
      targetRuleChainId: { entityType: 'RULE_CHAIN', id: `0e0f0a00-1111-11ee-8000-00000000000${id}` },
      type,
      additionalInfo: { layoutX, layoutY: 6, ruleChainNodeId: `rule-chain-node-${layoutX}` },
    })
    const ruleChainConnections = [
      to('a', 1, 0, 'Success'),
      to('a', 1, 1, 'Success'),
      to('a', 1, 0, 'Failure'),
      to('a', 2, 0, 'Success'),
      to('b', 1, 0, 'Success'),
    ]
    const result = importRuleChain(fileOf([node(), node()], [], { ruleChainConnections }), registry)
    expect(result.ok && result.file.metadata.nodes).toHaveLength(5)
    expect(result.ok && result.file.metadata.connections).toEqual([
      link(0, 2, 'Success'),
      link(1, 2, 'Success'),
      link(0, 2, 'Failure'),
      link(0, 3, 'Success'),
      link(0, 4, 'Success'),
    ])
  })

  it.each([
    ['no object', 'text'],
    ['no chain', { metadata: { nodes: [] } }],
    ['no name', { ruleChain: {}, metadata: { nodes: [] } }],
    ['no metadata', { ruleChain: { name: 'x' } }],
    ['a node without a type', fileOf([{ name: 'x', configuration: {} }])],
  ])('refuses a file with %s, naming the place', (_, file) => {
    expect(problemsOf(file).length).toBeGreaterThan(0)
  })

  it.each([
    ['to itself', [link(0, 0)], 'relation to yourself'],
    ['in a circle', [link(0, 1), link(1, 2), link(2, 0)], 'circling relations'],
    ['to a missing node', [link(0, 9)], 'from node 0 to 9'],
  ])('refuses a connection %s', (_, connections, reason) => {
    expect(problemsOf(fileOf([node(), node(), node()], connections)).join()).toContain(reason)
  })

  it('refuses a first node and a legacy link out of range', () => {
    expect(problemsOf(fileOf([], [], { firstNodeIndex: 0 })).join()).toContain('first node')
    const targetRuleChainId = { entityType: 'RULE_CHAIN', id: '0e0f0a00-1111-11ee-8000-000000000000' }
    expect(
      problemsOf(
        fileOf([node()], [], { ruleChainConnections: [{ fromIndex: 3, targetRuleChainId, type: 'x' }] }),
      ).join(),
    ).toContain('starts at node 3')
  })
})

const emptyChain: StoredRuleChain = {
  ...{ id: 'c', name: 'Chain', type: 'CORE', version: 1 },
  ...{ additionalInfo: null, firstNodeIndex: null, nodes: [], connections: [] },
}

describe('export and compilation', () => {
  const stored: StoredRuleChain = {
    id: 'c',
    name: 'Chain',
    type: 'CORE',
    version: 12,
    additionalInfo: { description: 'what it does' },
    firstNodeIndex: 0,
    nodes: [
      {
        id: 'n0',
        type: 'test.Limiter',
        name: 'Limit',
        singletonMode: false,
        configurationVersion: 2,
        configuration: { max: 1 },
        additionalInfo: { layoutX: 1, layoutY: 2 },
      },
      {
        id: 'n1',
        type: 'com.acme.Node',
        name: 'Acme',
        singletonMode: false,
        configurationVersion: 4,
        configuration: { z: 1, a: 2 },
      },
      {
        id: 'n2',
        type: 'test.Limiter',
        name: 'Broken',
        singletonMode: false,
        configurationVersion: 2,
        configuration: { max: 'ten' },
      },
    ],
    connections: [link(0, 2, 'Success'), link(0, 1, 'Success'), link(0, 1, 'success')],
  }

  it('writes the file member by member as ThingsBoard does', () => {
    expect(JSON.parse(JSON.stringify(exportRuleChain(stored)))).toEqual({
      ruleChain: {
        additionalInfo: { description: 'what it does' },
        name: 'Chain',
        type: 'CORE',
        firstRuleNodeId: null,
        root: false,
        debugMode: false,
        configuration: null,
      },
      metadata: {
        version: 12,
        firstNodeIndex: 0,
        nodes: [
          {
            additionalInfo: { layoutX: 1, layoutY: 2 },
            type: 'test.Limiter',
            name: 'Limit',
            debugSettings: null,
            singletonMode: false,
            queueName: null,
            configurationVersion: 2,
            configuration: { max: 1 },
          },
          {
            additionalInfo: {},
            type: 'com.acme.Node',
            name: 'Acme',
            debugSettings: null,
            singletonMode: false,
            queueName: null,
            configurationVersion: 4,
            configuration: { z: 1, a: 2 },
          },
          {
            additionalInfo: {},
            type: 'test.Limiter',
            name: 'Broken',
            debugSettings: null,
            singletonMode: false,
            queueName: null,
            configurationVersion: 2,
            configuration: { max: 'ten' },
          },
        ],
        connections: [link(0, 1, 'Success'), link(0, 1, 'success'), link(0, 2, 'Success')],
        ruleChainConnections: null,
      },
    })
  })

  it('reads its own export back', () => {
    const result = importRuleChain(exportRuleChain(stored), registry)
    expect(result.ok && result.file.metadata.nodes.map(({ configuration }) => configuration)).toEqual(
      stored.nodes.map(({ configuration }) => configuration),
    )
  })

  it('compiles with a problem on each node that cannot run', () => {
    const compiled = compileChain(stored, registry)
    expect(compiled.ok && compiled.chain.nodes.map(({ problem }) => problem)).toEqual([
      null,
      'Unknown node type com.acme.Node',
      expect.stringContaining('Invalid configuration of "Broken": max'),
    ])
    expect(compiled.ok && compiled.chain.nodes[0]?.connections.get('success')?.targets).toEqual([2, 1])
  })
})
