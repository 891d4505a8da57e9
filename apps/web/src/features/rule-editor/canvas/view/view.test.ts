import { expect, test, vi } from 'vitest'
import type { FlowNode } from '../flow.ts'
import { nearby, unlessSame, withFew } from './nearby.ts'
import { opening, View } from './view.ts'

const size = { width: 1000, height: 600 }

const listened = () => {
  const view = new View()
  view.size = size
  const [told, step] = [vi.fn(), vi.fn()]
  view.subscribe(told)
  view.watch(step)
  return { view, told, step }
}

test('a view that a hand moves is told of when the hand rests, each step to those who watch', () => {
  const { view, told, step } = listened()
  view.hold()
  view.moved({ x: 10, y: 0, zoom: 1 })
  view.moved({ x: 20, y: 5, zoom: 1 })
  expect(told).not.toHaveBeenCalled()
  expect(step).toHaveBeenCalledTimes(2)
  expect(view.now()).toEqual({ x: 20, y: 5, zoom: 1 })
  expect(view.settled()).toEqual({ x: 0, y: 0, zoom: 1 })
  view.release()
  expect(told).toHaveBeenCalledTimes(1)
  expect(view.settled()).toBe(view.now())
  view.release()
  expect(told).toHaveBeenCalledTimes(1)
})

test('a zoom, and a move by nobody, are told of at once; so is all that was held back when somebody asks', () => {
  const { view, told } = listened()
  view.moved({ x: 1, y: 1, zoom: 1 })
  expect(told).toHaveBeenCalledTimes(1)
  view.hold()
  view.moved({ x: 1, y: 1, zoom: 1.2 })
  expect(told).toHaveBeenCalledTimes(2)
  view.moved({ x: 9, y: 1, zoom: 1.2 })
  expect(told).toHaveBeenCalledTimes(2)
  view.settle()
  expect(view.settled()).toEqual({ x: 9, y: 1, zoom: 1.2 })
})

test('the area is what the screen shows of the canvas', () => {
  const { view } = listened()
  view.moved({ x: -100, y: 50, zoom: 0.5 })
  expect(view.area()).toEqual({ x: 200, y: -100, width: 2000, height: 1200 })
  expect(view.area(50)).toEqual({ x: 100, y: -200, width: 2200, height: 1400 })
})

test('a chain is opened as a whole, or at its beginning when it could not be read', () => {
  const start = { x: 0, y: 300, height: 60 }
  expect(opening(null, null, size)).toEqual({ x: 160, y: 300, zoom: 1 })
  expect(opening({ x: 0, y: 0, width: 500, height: 300 }, start, size).zoom).toBe(1)
  const large = opening({ x: 0, y: 0, width: 9_000, height: 2_000 }, start, size)
  expect(large.zoom).toBe(0.7)
  expect(start.x * 0.7 + large.x).toBeGreaterThan(0)
  expect((start.y + 30) * 0.7 + large.y).toBeCloseTo(size.height / 2)
})

const node = (id: string, x: number, more: Partial<FlowNode> = {}) =>
  ({ id, type: 'entry', position: { x, y: 0 }, data: {}, width: 100, height: 50, ...more }) as FlowNode
const edge = (source: string, target: string) => ({ id: `${source}>${target}`, source, target })
const row = ['a', 'b', 'c', 'd', 'e', 'f'].map((id, index) => node(id, index * 1_000))
const drawing = { nodes: row, edges: [edge('a', 'b'), edge('b', 'e'), edge('e', 'f')] }
const ids = ({ nodes, edges }: typeof drawing) => [...nodes, ...edges].map(({ id }) => id)

test('drawn is what lies in the area, and wires that lead through it with their ends', () => {
  const area = { x: 1_900, y: -100, width: 400, height: 300 }
  expect(ids(nearby(drawing, area, new Set()))).toEqual(['b', 'c', 'e', 'b>e'])
  expect(ids(nearby(drawing, area, new Set(['a', 'a>b'])))).toEqual(['a', 'b', 'c', 'e', 'a>b', 'b>e'])
})

test('what is kept is drawn wherever it is, what is hidden nowhere', () => {
  const area = { x: 4_900, y: -100, width: 400, height: 300 }
  const nodes = [node('a', 0), node('x', 5_000, { hidden: true }), node('f', 5_000)]
  expect(ids(nearby({ nodes, edges: [] }, area, new Set(['a'])))).toEqual(['a', 'f'])
})

test('the same part is the same drawing', () => {
  const area = { x: 0, y: 0, width: 500, height: 500 }
  const before = nearby(drawing, area, new Set())
  expect(unlessSame(before, nearby(drawing, area, new Set()))).toBe(before)
  expect(unlessSame(before, nearby(drawing, { ...area, x: 4_000 }, new Set()))).not.toBe(before)
})

test('what comes into view while it moves comes a few at a time, with wires that have both their ends', () => {
  const area = { x: 1_900, y: -100, width: 400, height: 300 }
  const wanted = nearby(drawing, area, new Set(['a']))
  const before = { nodes: drawing.nodes.filter(({ id }) => id === 'a'), edges: [] }
  expect(ids(wanted)).toEqual(['a', 'b', 'c', 'e', 'b>e'])
  const some = withFew(before, wanted, 2, null)
  expect(ids(some)).toEqual(['a', 'b', 'c'])
  expect(withFew(some, wanted, 2, null)).toBe(wanted)
})

test('what is seen comes at once, what surrounds it a few at a time', () => {
  const wanted = nearby(drawing, { x: -100, y: -100, width: 6_000, height: 300 }, new Set())
  const seen = { x: 3_900, y: -100, width: 1_200, height: 300 }
  expect(ids(withFew({ nodes: [], edges: [] }, wanted, 1, seen))).toEqual(['a', 'e', 'f', 'e>f'])
})
