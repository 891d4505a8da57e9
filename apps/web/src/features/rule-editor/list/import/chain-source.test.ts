import { describe, expect, it } from 'vitest'
import { readChains } from './chain-source.ts'

const read = (content: unknown) => readChains(JSON.stringify(content), 'a file')
const metadata = { firstNodeIndex: null, nodes: [], connections: [] }
const id = (text: string) => ({ entityType: 'RULE_CHAIN', id: text })

describe('what a file holds', () => {
  it('one chain', () => {
    expect(read({ ruleChain: { name: 'One' }, metadata })).toEqual({
      chains: [{ id: null, ruleChain: { name: 'One' }, metadata }],
    })
  })

  it('several, their drawings found by id whatever their order', () => {
    const of = (text: string) => ({ ...metadata, ruleChainId: id(text) })
    const source = read({
      ruleChains: [
        { id: id('A'), name: 'A' },
        { id: id('b'), name: 'B' },
      ],
      metadata: [of('b'), of('a')],
    })
    expect(source).toMatchObject({
      chains: [
        { id: 'a', ruleChain: { name: 'A' }, metadata: { ruleChainId: id('a') } },
        { id: 'b', ruleChain: { name: 'B' }, metadata: { ruleChainId: id('b') } },
      ],
    })
  })

  it('several without ids, their drawings found by place', () => {
    const source = read({
      ruleChains: [{ name: 'A' }, { name: 'B' }],
      metadata: [metadata, { ...metadata, nodes: [1] }],
    })
    expect(source).toMatchObject({ chains: [{ metadata: { nodes: [] } }, { metadata: { nodes: [1] } }] })
  })

  it('a drawing alone, which is named after the file', () => {
    expect(read(metadata)).toMatchObject({ chains: [{ ruleChain: { name: 'a file' }, metadata }] })
  })

  it('a text that begins with a byte order mark', () => {
    expect(readChains(`\uFEFF${JSON.stringify({ ruleChain: { name: 'One' }, metadata })}`, 'x')).toHaveProperty(
      'chains',
    )
  })
})

describe('what a file is instead', () => {
  it.each([
    [
      'nodeRed',
      [
        { id: '1', type: 'tab' },
        { id: '2', type: 'inject', z: '1', wires: [['3']] },
      ],
    ],
    [
      'n8n',
      { name: 'Flow', nodes: [{ parameters: {}, type: 'n8n-nodes-base.start', typeVersion: 1 }], connections: {} },
    ],
    ['dashboard', { title: 'Floor', configuration: { widgets: {}, states: {} } }],
    ['deviceProfile', { name: 'Meter', type: 'DEFAULT', transportType: 'DEFAULT', profileData: { alarms: [] } }],
    ['tenantProfile', { name: 'Small', profileData: { configuration: { type: 'DEFAULT' } } }],
    ['assetProfile', { name: 'Hall', defaultRuleChainId: null }],
    ['widgetsBundle', { widgetsBundle: { title: 'x' }, widgetTypes: [] }],
    ['widget', { fqn: 'a.b', descriptor: { type: 'latest' } }],
    ['calculatedField', { name: 'Sum', type: 'SIMPLE', configuration: { arguments: {} } }],
  ])('%s', (kind, content) => expect(read(content)).toEqual({ refused: { why: 'foreign', kind } }))

  it.each([
    ['zip', 'PK\u0003\u0004rest'],
    ['markup', '<!doctype html><p>Sign in</p>'],
    ['markup', '\n<?xml version="1.0"?><svg/>'],
  ])('%s, which is no JSON at all', (kind, text) =>
    expect(readChains(text, 'x')).toEqual({ refused: { why: 'foreign', kind } }),
  )

  it('nothing', () => expect(readChains(' \n', 'x')).toEqual({ refused: { why: 'empty' } }))

  it('broken JSON, with the place', () =>
    expect(readChains('{"ruleChain": {\n"name": }', 'x')).toMatchObject({
      refused: { why: 'json', fault: { line: 2, column: 9, expected: 'value' } },
    }))

  it.each([
    [{ hello: 1, world: 2 }, ['hello', 'world']],
    [[1], []],
    ['text', []],
    [null, []],
    [{ ruleChains: [], metadata: [] }, ['ruleChains', 'metadata']],
  ])('something else: %j', (content, members) =>
    expect(read(content)).toEqual({ refused: { why: 'unknown', members } }),
  )
})
