import { beginHistory, step, undo } from '@thingwire/editing'
import { describe, expect, it } from 'vitest'
import type { ChainMetadata } from '@/api/rule-chains.ts'
import { type DocNode, emptyDocument } from '../model/document.ts'
import { addNode, changeNode } from '../model/edits.ts'
import { debugOf, takeDebug, throughHistory, withDebugWish } from './debug-now.ts'

const off = { failuresEnabled: false, allEnabled: false, allEnabledUntil: 0 }
const ids = ['8e5f3a60-0000-4000-8000-000000000001', '8e5f3a60-0000-4000-8000-000000000002'] as const
const docNode = (id: string): DocNode => ({
  ...{ id, className: 'x', name: id, x: 0, y: 0, description: '', configuration: {}, configurationVersion: 0 },
  ...{ debug: off, isSingleton: false, queueName: null, bypass: null, group: null, rest: {} },
})
const metadata: ChainMetadata = {
  ruleChainId: { entityType: 'RULE_CHAIN', id: ids[0] },
  version: 3,
  firstNodeIndex: 0,
  nodes: ids.map((id) => ({
    id: { entityType: 'RULE_NODE', id },
    ...{ ruleChainId: null, externalId: null, type: 'x', name: id },
    ...{ singletonMode: false, configurationVersion: 0, configuration: {} },
    debugSettings: { ...off, failuresEnabled: true },
  })),
  connections: [],
}

describe('debugging at once', () => {
  it('changes how the chosen nodes are debugged, and nothing else', () => {
    const asked = withDebugWish(metadata, new Set([ids[1]]), 'all')
    expect(asked.nodes[0]).toBe(metadata.nodes[0])
    expect(asked.nodes[1]).toEqual({
      ...metadata.nodes[1],
      debugSettings: { failuresEnabled: true, allEnabled: true, allEnabledUntil: 0 },
    })
    expect(asked.version).toBe(3)
    expect(debugOf(withDebugWish(metadata, null, 'off'))).toEqual(new Map(ids.map((id) => [id, off])))
  })

  it('is in every document of the history, so undo does not take it back and unedited stays unedited', () => {
    const published = ids.map(docNode).reduce((document, node) => addNode(node)(document), emptyDocument)
    const edited = changeNode(ids[0], { name: 'other' })(published)
    const history = step(beginHistory(published), edited, 'settings')
    const after = throughHistory(history, published, takeDebug(new Map([[ids[1], { ...off, failuresEnabled: true }]])))
    expect(after.history.present.nodes[ids[0]]?.name).toBe('other')
    expect(after.history.present.nodes[ids[1]]?.debug.failuresEnabled).toBe(true)
    const back = undo(after.history).present
    expect(back).toBe(after.published)
    expect(back.nodes[ids[1]]?.debug.failuresEnabled).toBe(true)
  })

  it('leaves a document alone that is debugged so already', () => {
    const document = addNode(docNode(ids[0]))(emptyDocument)
    expect(takeDebug(new Map([[ids[0], off]]))(document)).toBe(document)
  })
})
