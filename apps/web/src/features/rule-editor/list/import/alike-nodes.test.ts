import { expect, it } from 'vitest'
import { alikeNodes } from './alike-nodes.ts'
import type { NodeRemark } from './chain-report.ts'

const unknown: NodeRemark = { kind: 'unknown', type: 'x.Y', isProfessional: false }
const node = (index: number, name: string, remarks: NodeRemark[] = [unknown], typeName = 'Y') => ({
  ...{ index, name, typeName, remarks },
})

it('puts nodes of one type with the same remarks together, in the order of the chain', () => {
  const needs: NodeRemark = { kind: 'needs', part: 'edges' }
  const nodes = [node(0, 'a'), node(1, 'b', [needs], 'Z'), node(2, 'c'), node(3, 'a'), node(4, 'd', [unknown], 'Z')]
  expect(alikeNodes(nodes)).toMatchObject([
    { typeName: 'Y', remarks: [unknown], names: ['a', 'c'], nodes: [{ index: 0 }, { index: 2 }, { index: 3 }] },
    { typeName: 'Z', remarks: [needs], names: ['b'], nodes: [{ index: 1 }] },
    { typeName: 'Z', remarks: [unknown], names: ['d'], nodes: [{ index: 4 }] },
  ])
  expect(alikeNodes([])).toEqual([])
})
