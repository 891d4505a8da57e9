import { expect, it } from 'vitest'
import { chartSettingsSchema } from './settings.ts'
import { stateName, statePlaces, stateReader } from './states.ts'

const { states } = chartSettingsSchema.parse({
  states: [
    { label: 'Off', value: 0, sourceType: 'constant', sourceValue: false },
    { label: 'On', value: 1, sourceType: 'constant', sourceValue: true },
    { label: 'Idle', value: 2, sourceType: 'constant', sourceValue: 'idle' },
    { label: 'Hot', value: 3, sourceType: 'range', sourceRangeFrom: 90, sourceRangeTo: null },
    { label: 'Exact', value: 4, sourceType: 'range', sourceRangeFrom: 50, sourceRangeTo: 50 },
    { label: 'Broken' },
  ],
})

it('values stand where their state stands', () => {
  const read = stateReader(states)
  expect([false, 'true', 'idle', 95, '90', 50, 51, 'unknown'].map(read)).toEqual([0, 1, 2, 3, 3, 4, 51, Number.NaN])
  expect(statePlaces(states)).toEqual([0, 1, 2, 3, 4])
  expect([stateName(states, 3), stateName(states, 51)]).toEqual(['Hot', undefined])
})

it('a state without a name is none on the axis, which keeps its numbers', () => {
  const unnamed = chartSettingsSchema.parse({
    states: [{ label: '', value: 0, sourceType: 'constant', sourceValue: 0 }],
  })
  expect(statePlaces(unnamed.states)).toEqual([])
  expect(stateName(unnamed.states, 0)).toBeUndefined()
})
