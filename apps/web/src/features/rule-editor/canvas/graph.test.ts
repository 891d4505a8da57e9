import { ruleChainMetadataSchema } from '@thingwire/contracts'
import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import { describe, expect, it } from 'vitest'
import { toGraph } from './graph.ts'

const find = (className: string) => nodeManifests.find((manifest) => manifest.className === className)
const known = nodeManifests.find((manifest) => !manifest.needs)
const node = (name: string, more: Record<string, unknown> = {}) => ({
  type: known?.className ?? '',
  name,
  configuration: {},
  ...more,
})
const at = (layoutX: number, layoutY: number) => ({ additionalInfo: { layoutX, layoutY } })
const graphOf = (metadata: Record<string, unknown>) => toGraph(ruleChainMetadataSchema.parse(metadata), find)

describe('the canvas of a rule chain', () => {
  it('marks the entry and joins labels between the same two nodes', () => {
    const graph = graphOf({
      firstNodeIndex: 1,
      nodes: [node('b', at(10, 20)), node('a', at(0, 0))],
      connections: [
        { fromIndex: 1, toIndex: 0, type: 'Success' },
        { fromIndex: 1, toIndex: 0, type: 'Failure' },
        { fromIndex: 1, toIndex: 9, type: 'Success' },
      ],
    })
    expect(graph.nodes.map((one) => one.isEntry)).toEqual([false, true])
    expect(graph.edges).toEqual([
      { id: 'new-1>new-0', source: 'new-1', target: 'new-0', labels: ['Success', 'Failure'] },
    ])
  })

  it('tells nodes that nobody knows from those that wait for a part', () => {
    const waiting = nodeManifests.find((manifest) => manifest.needs)
    const graph = graphOf({
      nodes: [
        node('x', { type: 'com.example.Mine' }),
        node('ok'),
        ...(waiting ? [node('w', { type: waiting.className })] : []),
      ],
    })
    expect(graph.nodes[0]).toMatchObject({ typeName: 'Mine', category: 'unknown', trouble: { kind: 'unknown' } })
    expect(graph.nodes[1]?.trouble).toBeNull()
    if (waiting) expect(graph.nodes[2]?.trouble).toEqual({ kind: 'needs', part: waiting.needs })
  })

  it('keeps the places of the file', () => {
    const { nodes } = graphOf({ nodes: [node('a', at(100, 100)), node('b', at(200, 100))] })
    expect(nodes[1]?.position.x).toBeGreaterThan((nodes[0]?.position.x ?? 0) + 100)
    expect(nodes[1]?.position.y).toBe(nodes[0]?.position.y)
  })

  it('lays out a file without places, cycles and unreached nodes included', () => {
    const { nodes } = graphOf({
      firstNodeIndex: 0,
      nodes: [node('a'), node('b'), node('c'), node('alone')],
      connections: [
        { fromIndex: 0, toIndex: 1, type: 'True' },
        { fromIndex: 0, toIndex: 2, type: 'False' },
        { fromIndex: 2, toIndex: 0, type: 'Success' },
      ],
    })
    expect(new Set(nodes.map((one) => `${one.position.x} ${one.position.y}`)).size).toBe(4)
    expect(nodes[1]?.position.x).toBe(nodes[2]?.position.x)
  })
})
