import { expect, test } from 'vitest'
import { caseSeries } from '../case-data/series.ts'
import { locationFields } from './fields.ts'
import { locationInput } from './manifest.ts'

const usual = { latitude: 'Latitude', longitude: 'Longitude' }

test('reads the keys of the settings of the first entity, and writes where the name of the widget says', () => {
  const stored = locationInput.upgrade?.({ latKeyName: 'y' }, 'input_widgets.update_location_timeseries')
  const settings = locationInput.settings.parse(stored)
  const fields = locationFields(
    [caseSeries({ key: 'y', points: [[1, 50]] }), caseSeries({ entity: 'Other', key: 'longitude', points: [[1, 14]] })],
    settings,
    usual,
  )
  expect(fields).toMatchObject([
    { key: 'y', target: 'timeseries', point: [1, 50], spec: { min: -90, max: 90 } },
    { key: 'longitude', point: undefined, spec: { max: 180, isRequired: true } },
  ])
  expect(locationFields([], settings, usual)).toEqual([])
})
