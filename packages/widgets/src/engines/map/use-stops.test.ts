import { expect, it } from 'vitest'
import { mapSettingsOf } from './settings.ts'
import { snapFilterOf } from './use-stops.ts'

const filterOf = (tripTimeline: object) => snapFilterOf(mapSettingsOf('geo', true).parse({ tripTimeline }))

it.each([
  ['goes on between its points', { locationSnapFilter: 'return data.speed < 1' }],
  ['stops at each point', { snapToRealLocation: true, locationSnapFilter: ' return true; ' }],
  ['has no function', { snapToRealLocation: true, locationSnapFilter: '' }],
  ['is not played', { showTimelineControl: false, snapToRealLocation: true, locationSnapFilter: 'return false' }],
])('nobody is asked where a marker stops that %s', (_, timeline) => expect(filterOf(timeline)).toBeNull())

it('a function of the file is asked where a marker stops', () => {
  const code = 'return data.speed < 1'
  expect(filterOf({ snapToRealLocation: true, locationSnapFilter: code })).toBe(code)
})
