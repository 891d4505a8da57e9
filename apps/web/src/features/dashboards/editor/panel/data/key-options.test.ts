import type { KeySummaries } from '@thingwire/contracts'
import { expect, it } from 'vitest'
import { keyOptions, narrowedKeys } from './key-options.ts'

const last = { ts: 1, value: 20 }
const series = { points: 3, perMinute: 1, min: 1, max: 2, distinct: 2 }
const found: KeySummaries = {
  entities: 3,
  timeseries: [
    { key: 'outside temperature', kind: 'number', entities: 3, last, ...series },
    { key: 'temperature', kind: 'number', entities: 2, last, ...series },
  ],
  attributes: [{ key: 'temperatureLimit', kind: 'number', entities: 1, last, scope: 'SHARED_SCOPE' }],
}
const options = keyOptions(found, false)
const types = ['timeseries', 'attribute', 'entityField'] as const

it('offers keys with their values, what begins as typed first and kinds together', () => {
  const { found: keys } = narrowedKeys(options, 'temp', [], types)
  expect(keys.map(({ name }) => name)).toEqual(['temperature', 'outside temperature', 'temperatureLimit'])
  expect(keys[2]).toMatchObject({ type: 'attribute', scope: 'SHARED_SCOPE', last, entities: 1 })
})

it('offers what is typed itself, as each kind that it is not there as', () => {
  expect(narrowedKeys(options, ' level ', [], types).typed).toMatchObject([
    { name: 'level', type: 'timeseries' },
    { name: 'level', type: 'attribute' },
  ])
  expect(narrowedKeys(options, 'temperature', [], types).typed).toMatchObject([{ type: 'attribute' }])
  expect(narrowedKeys(options, '  ', [], types).typed).toEqual([])
})

it('leaves out keys that are chosen, and kinds that do not fit', () => {
  const chosen = [{ name: 'temperature', type: 'timeseries' as const }]
  expect(narrowedKeys(options, 'temperature', chosen, types).found.map(({ name }) => name)).toEqual([
    'outside temperature',
    'temperatureLimit',
  ])
  expect(narrowedKeys(options, '', [], ['entityField']).found.every(({ type }) => type === 'entityField')).toBe(true)
  expect(keyOptions(null, true).some(({ type, name }) => type === 'alarm' && name === 'severity')).toBe(true)
})
