import { expect, test } from 'vitest'
import { caseSeries } from '../case-data/series.ts'
import { fieldsOf } from './fields.ts'
import { updateAttributes } from './manifest.ts'
import { upgradeSingle } from './upgrade.ts'

const readAs = (fqn: string, settings: Record<string, unknown> = {}) =>
  updateAttributes.settings.parse(upgradeSingle(settings, `input_widgets.${fqn}`))

test.each([
  ['update_shared_integer_attribute', {}, { dataKeyType: 'shared', dataKeyValueType: 'integer', required: true }],
  ['update_double_timeseries', { isRequired: false }, { dataKeyType: 'timeseries', required: false }],
  ['update_server_date_attribute', { showTimeInput: false }, { dataKeyValueType: 'date', required: false }],
  ['update_server_boolean_attribute', { trueValue: 'Open' }, { dataKeyValueType: 'booleanSwitch', trueValue: 'Open' }],
  [
    'update_json_attribute',
    { widgetMode: 'ATTRIBUTE', attributeScope: 'SHARED_SCOPE' },
    { dataKeyType: 'shared', dataKeyValueType: 'JSON' },
  ],
  ['update_json_attribute', { widgetMode: 'TIME_SERIES' }, { dataKeyType: 'timeseries' }],
])('%s %j is a form of one field', (fqn, settings, single) => {
  expect(readAs(fqn, settings).single).toMatchObject(single)
})

test('a form of many keeps the settings of its keys', () => {
  const settings = readAs('update_multiple_attributes', { attributesShared: true })
  expect(settings.single).toBeNull()
  const [first, second] = fieldsOf(
    [
      caseSeries({ key: 'a', dataKey: { units: 'm', settings: { inputTypeNumber: true, readOnly: true } } }),
      caseSeries({
        key: 'b',
        dataKey: { settings: { dataKeyType: 'timeseries', selectOptions: [{ value: 'null', label: 'none' }] } },
      }),
    ],
    settings,
  )
  expect(first).toMatchObject({ label: 'a (m)', target: 'shared', editable: 'readonly', spec: { kind: 'double' } })
  expect(second).toMatchObject({ target: 'timeseries', spec: { options: [{ value: null, label: 'none' }] } })
})
