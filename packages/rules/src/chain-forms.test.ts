import { describe, expect, it } from 'vitest'
import { chainsInFile } from './chain-forms.ts'

const drawing = { firstNodeIndex: null, nodes: [], connections: [] }
const id = (text: string) => ({ entityType: 'RULE_CHAIN', id: text })
const one = { id: null, ruleChain: { name: 'One' }, metadata: drawing }

describe('the chains of a file', () => {
  it.each([
    ['an export', { ruleChain: { name: 'One' }, metadata: drawing, version: 2 }],
    [
      'an entity of version control',
      { entityType: 'RULE_CHAIN', entity: { name: 'One' }, metaData: drawing, relations: [] },
    ],
    ['an export in a list', [{ ruleChain: { name: 'One' }, metadata: drawing }]],
    [
      'an entity among others',
      {
        entities: [
          { entityType: 'DEVICE', entity: { name: 'D' } },
          { entityType: 'RULE_CHAIN', entity: { name: 'One' }, metaData: drawing },
        ],
      },
    ],
  ])('%s', (_, content) => expect(chainsInFile(content)).toEqual([one]))

  it('a drawing alone has no chain beside it', () =>
    expect(chainsInFile(drawing)).toEqual([{ id: null, ruleChain: {}, metadata: drawing }]))

  it('a drawing inside of the entity', () => {
    const entity = { name: 'One', configuration: drawing }
    expect(chainsInFile({ entityType: 'RULE_CHAIN', entity })).toEqual([
      { id: null, ruleChain: entity, metadata: drawing },
    ])
  })

  it('several, each with the drawing that names it, else with that at its place', () => {
    const of = (text: string) => ({ ...drawing, ruleChainId: id(text) })
    const found = chainsInFile({
      ruleChains: [{ id: id('A'), name: 'A' }, { id: id('b'), name: 'B' }, { name: 'C' }],
      metadata: [of('b'), of('a'), { ...drawing, nodes: [1] }],
    })
    expect(found).toMatchObject([
      { id: 'a', ruleChain: { name: 'A' }, metadata: { ruleChainId: id('a') } },
      { id: 'b', ruleChain: { name: 'B' }, metadata: { ruleChainId: id('b') } },
      { id: null, ruleChain: { name: 'C' }, metadata: { nodes: [1] } },
    ])
  })

  it.each([
    null,
    'text',
    7,
    [],
    [1],
    [[drawing]],
    {},
    { entities: 'none' },
    { ruleChains: [], metadata: [] },
    { nodes: [] },
  ])('none in %j', (content) => expect(chainsInFile(content)).toEqual([]))
})
