import { describe, expect, it } from 'vitest'
import { referencesOf, withIds } from './references.ts'

const a = '0e0f0a00-1111-11ee-8000-00000000000a'
const b = '0e0f0a00-1111-11ee-8000-00000000000b'
const c = '0e0f0a00-1111-11ee-8000-00000000000c'

describe('what nodes name by an id', () => {
  it('is found as an entity id, as a bare id with its type beside it, and as the id of a chain', () => {
    const nodes = [
      { configuration: { ruleChainId: a, forwardMsgToDefaultRuleChain: false } },
      { configuration: { originatorType: 'DEVICE', originatorId: b.toUpperCase() } },
      { configuration: { deep: [{ target: { entityType: 'CUSTOMER', id: c } }] } },
      { configuration: { ruleChainId: a } },
    ]
    expect(referencesOf(nodes)).toEqual([
      { entityType: 'RULE_CHAIN', id: a, nodes: [0, 3] },
      { entityType: 'DEVICE', id: b, nodes: [1] },
      { entityType: 'CUSTOMER', id: c, nodes: [2] },
    ])
  })

  it('is nothing that names nobody: no id, an id without a type, the empty id', () => {
    const nodes = [
      { configuration: { ruleChainId: null } },
      { configuration: { entityId: a, entityType: null } },
      { configuration: { entityId: a, entityType: 'SPACESHIP' } },
      { configuration: { ruleChainId: '13814000-1dd2-11b2-8080-808080808080' } },
      { configuration: { text: a } },
      { configuration: 'text' },
      {},
    ]
    expect(referencesOf(nodes)).toEqual([])
  })
})

describe('other ids', () => {
  it('come where the old ones stood, in whichever letters', () => {
    expect(withIds({ ruleChainId: a.toUpperCase(), list: [{ id: b }], text: `about ${a}` }, new Map([[a, c]]))).toEqual(
      {
        ruleChainId: c,
        list: [{ id: b }],
        text: `about ${a}`,
      },
    )
  })

  it('leave alone what holds none of them', () => {
    const value = { list: [{ id: b }] }
    expect(withIds(value, new Map([[a, c]]))).toBe(value)
  })
})
