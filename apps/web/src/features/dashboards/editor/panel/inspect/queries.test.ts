import type { WidgetSeries } from '@thingwire/widgets/manifests'
import { expect, it } from 'vitest'
import type { SourcePlan, WidgetPlan } from '../../../data/widget-plan.ts'
import { queriesOf, sharedWith, sizeOf } from './queries.ts'

type EntityPlan = Extract<SourcePlan, { kind: 'entities' }>
type Key = EntityPlan['keys'][number]

const series = { thinTo: null } as unknown as Extract<WidgetPlan, { status: 'ready' }>['series']
const key = (name: string, from: Key['from']) => ({ from, dataKey: { name } }) as unknown as Key
const source = (device: string, ...keys: Key[]): EntityPlan => ({
  kind: 'entities',
  place: { index: 0, name: device },
  question: { entityFilter: { type: 'singleEntity', singleEntity: { entityType: 'DEVICE', id: device } }, pageSize: 1 },
  keys,
})
const plan = (...sources: SourcePlan[]): WidgetPlan => ({
  ...{ status: 'ready', sources, asides: [], series, comparison: null, draws: true },
})

it('tells the questions of a plan apart', () => {
  const queries = queriesOf(plan(source('a', key('level', 'series'), key('state', 'latest'))))
  expect(queries).toMatchObject([
    { source: 'a', kind: 'entities', keys: ['state'] },
    { source: 'a', kind: 'series', keys: ['level'] },
  ])
  expect(queriesOf({ status: 'empty', why: { reason: 'noDatasource' } })).toEqual([])
})

it('finds who asks the same: entities whatever their keys, points of the same keys', () => {
  const [entities, points] = queriesOf(plan(source('a', key('level', 'series'))))
  const others = [
    { title: 'same', queries: queriesOf(plan(source('a', key('level', 'series')))) },
    { title: 'other key', queries: queriesOf(plan(source('a', key('state', 'series')))) },
    { title: 'other device', queries: queriesOf(plan(source('b', key('level', 'series')))) },
  ]
  expect(entities && sharedWith(entities, others)).toEqual(['same', 'other key'])
  expect(points && sharedWith(points, others)).toEqual(['same'])
})

it('estimates the size of what came', () => {
  const one = { points: Array.from({ length: 5_000 }, (_, at) => [at, 1]) } as unknown as WidgetSeries
  const { points, characters } = sizeOf([one, { points: [] } as unknown as WidgetSeries])
  expect(points).toBe(5_000)
  expect(characters).toBeGreaterThan(30_000)
})
