import { importRuleChainDataSchema } from '@thingwire/contracts'
import { describe, expect, it } from 'vitest'
import { reportOn } from './chain-report.ts'
import { dataOf, type Entry, fileOf, obstacleOf, stateOf } from './plan.ts'

const a = '0e0f0a00-1111-11ee-8000-00000000000a'
const b = '0e0f0a00-1111-11ee-8000-00000000000b'
const here = '0e0f0a00-1111-11ee-8000-0000000000ff'

const entry = async (id: string | null, calls: string | null, isIncluded = true): Promise<Entry> => {
  const node = {
    type: 'org.thingsboard.rule.engine.flow.TbRuleChainInputNode',
    name: 'Call',
    configuration: { ruleChainId: calls, forwardMsgToDefaultRuleChain: false },
    configurationVersion: 1,
  }
  const source = {
    id,
    ruleChain: { name: `Chain ${id}`, additionalInfo: { description: 'kept' } },
    metadata: { firstNodeIndex: 0, nodes: [node], connections: [] },
  }
  const report = await reportOn(source, { onProgress: () => {}, pause: async () => {} })
  return { source, report, choice: { isIncluded, name: ` ${report.name} ` } }
}
const isMappable = (type: string) => type === 'RULE_CHAIN'
const none = new Map<string, { id: string; name: string }>()

describe('how it stands with a thing that a chain names', () => {
  it('is found here, beside it in the file, chosen by a person, missing, or of a kind nobody looks up', async () => {
    const entries = [await entry(a, b), await entry(b, null)]
    const reference = { entityType: 'RULE_CHAIN', id: b } as const
    const tie = { id: here, name: 'Ours' }
    const ask = (p: Partial<Parameters<typeof stateOf>[1]>) =>
      stateOf(reference, { here: none, ties: none, entries: [], isMappable, ...p })
    expect(ask({ here: new Map([[b, tie]]) })).toEqual({ is: 'here', name: 'Ours' })
    expect(ask({ entries })).toMatchObject({ is: 'inFile' })
    expect(ask({ entries, ties: new Map([[b, tie]]) })).toEqual({ is: 'tied', to: tie })
    expect(ask({})).toEqual({ is: 'missing' })
    expect(stateOf({ entityType: 'EDGE', id: b }, { here: none, ties: none, entries, isMappable })).toEqual({
      is: 'inFile',
      name: expect.any(String),
    })
    expect(stateOf({ entityType: 'EDGE', id: here }, { here: none, ties: none, entries, isMappable })).toEqual({
      is: 'unchecked',
    })
  })

  it('is missing when the chain of the file is not taken along', async () => {
    const entries = [await entry(a, b), await entry(b, null, false)]
    expect(stateOf({ entityType: 'RULE_CHAIN', id: b }, { here: none, ties: none, entries, isMappable })).toEqual({
      is: 'missing',
    })
  })
})

describe('what is sent', () => {
  const ties = new Map([[b, { id: here, name: 'Ours' }]])

  it('is one chain as it came, with its new name and the chosen ties', async () => {
    expect(fileOf(await entry(a, b), ties)).toMatchObject({
      ruleChain: { name: `Chain ${a}`, additionalInfo: { description: 'kept' } },
      metadata: { nodes: [{ configuration: { ruleChainId: here } }] },
    })
  })

  it('is several chains that hold together by the ids of the file, in the form that the server takes', async () => {
    const data = dataOf([await entry(a, b), await entry(b, null), await entry(null, null)], none, () => here)
    expect(importRuleChainDataSchema.safeParse(data).error).toBeUndefined()
    expect(data.ruleChains.map(({ id }) => id?.id)).toEqual([a, b, here])
    expect(data.metadata.map(({ ruleChainId }) => ruleChainId?.id)).toEqual([a, b, here])
    expect(data.metadata[0]?.nodes[0]?.configuration).toMatchObject({ ruleChainId: b })
  })

  it('waits for a name, a chain that is sound, and anything at all', async () => {
    const good = await entry(a, null)
    expect(obstacleOf([good])).toBeNull()
    expect(obstacleOf([{ ...good, choice: { isIncluded: false, name: 'x' } }])).toBe('none')
    expect(obstacleOf([{ ...good, choice: { isIncluded: true, name: '  ' } }])).toBe('unnamed')
    expect(obstacleOf([{ ...good, report: { ...good.report, problems: ['a circle'] } }])).toBe('unsound')
  })
})
