import { expect, it } from 'vitest'
import { canonical } from './canonical.ts'
import { barePlan, createDresser } from './dress.ts'
import { deviceId, fakeServer, settled } from './fake-server.ts'
import { manifestOf, ofAll, readyPlan } from './fake-widget.ts'
import { createWidgetFeed } from './widget-feed.ts'

const planOf = (keys: readonly Record<string, unknown>[], config: Record<string, unknown> = {}) =>
  readyPlan({ datasources: [ofAll(keys)], ...config }, { manifest: manifestOf({}), system: 'IMPERIAL' })
const asks = (plan: ReturnType<typeof planOf>) => canonical(barePlan(plan))

it('how a key is said and drawn is no question; what is read and what a function makes of it is', () => {
  const before = asks(planOf([{ name: 'a' }]))
  const looks = {
    label: 'A',
    color: '#f00',
    settings: { showLines: false },
    units: 'V',
    decimals: 3,
    thingwire: { x: 1 },
  }
  expect(asks(planOf([{ name: 'a', ...looks }]))).toBe(before)
  expect(asks(planOf([{ name: 'a' }], { units: { from: '°C', IMPERIAL: '°F' }, decimals: 1 }))).toBe(before)
  for (const other of [
    { name: 'b' },
    { name: 'a', type: 'attribute' },
    { name: 'a', aggregationType: 'MAX' },
    { name: 'a', postFuncBody: 'return 1;' },
  ])
    expect(asks(planOf([other]))).not.toBe(before)
})

const seriesOf = async (plan: ReturnType<typeof planOf>) => {
  const server = fakeServer()
  const feed = createWidgetFeed(barePlan(plan), server.runtime, null)
  const leave = feed.listen(() => {})
  await settled()
  server.answerEntities({ 1: { a: [5, '20'], b: [6, '30'] } })
  await expect.poll(() => feed.read().state.status).toBe('ready')
  const { state } = feed.read()
  leave()
  return state.status === 'ready' ? state.series : []
}

it('series are said as their keys are now, also when these stand elsewhere or are fewer', async () => {
  const plan = planOf([{ name: 'a', label: 'A', units: { from: '°C', IMPERIAL: '°F' } }, { name: 'b' }])
  const bare = await seriesOf(plan)
  expect(bare.map(({ points }) => points)).toEqual([[[5, 20]], [[6, 30]]])
  const dress = createDresser()
  const dressed = dress(bare, plan)
  expect(dressed).toMatchObject([
    { entity: { id: deviceId(1) }, dataKey: { label: 'A', units: '°F' }, points: [[5, 68]] },
    { dataKey: { name: 'b' }, points: [[6, 30]] },
  ])
  expect(dress(bare, plan)?.[0]).toBe(dressed?.[0])
  const fewer = planOf([{ name: 'b', label: 'B' }])
  expect(dress(bare, fewer)).toMatchObject([{ dataKey: { label: 'B' }, points: [[6, 30]] }])
  expect(dress(bare, planOf([{ name: 'c' }]))).toBeNull()
})
