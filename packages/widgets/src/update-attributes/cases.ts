import { caseSeries } from '../case-data/series.ts'
import type { WidgetCase, WidgetSeries } from '../widget.ts'

const ts = Date.UTC(2026, 0, 1)

const field = (key: string, value: unknown, settings: Record<string, unknown> = {}, entity = 'Boiler'): WidgetSeries =>
  caseSeries({
    entity,
    key,
    datasource: entity === 'Boiler' ? 0 : 1,
    dataKey: { type: 'attribute', settings },
    points: value === undefined ? [] : [[ts, value]],
  })

const ready = (series: readonly WidgetSeries[], staleSince: number | null = null): WidgetCase['state'] => ({
  status: 'ready',
  series,
  staleSince,
})

const choices = [
  { value: 'auto', label: 'By the clock' },
  { value: 'manual', label: 'By hand' },
  { value: 'null', label: 'Not at all' },
]
/** A picture in place of an icon. */
const pump = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6" fill="#2f9e44"/><path d="M6 5l5 3-5 3z" fill="#fff"/></svg>',
)}`
const every = [
  field('Name', 'Boiler in the cellar', { required: true, icon: 'edit' }),
  field('Setpoint', 61.5, { dataKeyValueType: 'double', minValue: 30, maxValue: 80, step: 0.5 }),
  field('Pumps', 2, { dataKeyValueType: 'integer', useCustomIcon: true, icon: 'edit', customIcon: pump }),
  field('Mode', 'auto', { dataKeyValueType: 'select', selectOptions: choices }),
  field('Night', 'manual', { dataKeyValueType: 'radio', selectOptions: choices }),
  field('Enabled', true, { dataKeyValueType: 'booleanSwitch' }),
  field('Serviced', 'false', { dataKeyValueType: 'booleanCheckbox' }),
  field('Next service', ts, { dataKeyValueType: 'dateTime' }),
  field('Installed', ts, { dataKeyValueType: 'date' }),
  field('Starts at', 6 * 3_600_000, { dataKeyValueType: 'time' }),
  field('Lamp', '#1f8a5b', { dataKeyValueType: 'color' }),
  field('Curve', { points: [1, 2, 3] }, { dataKeyValueType: 'JSON' }),
]

export const cases: WidgetCase[] = [
  { name: 'waiting for the first answer', settings: {}, state: { status: 'loading' } },
  { name: 'no entity behind the alias', settings: {}, state: { status: 'empty', reason: 'No entity matches' } },
  { name: 'the server refused', settings: {}, state: { status: 'failed', reason: 'Permission denied' } },
  { name: 'every kind of field', settings: {}, state: ready(every) },
  {
    name: 'two entities, three columns, no buttons',
    settings: { showGroupTitle: true, fieldsInRow: 3, showActionButtons: false },
    state: ready([
      ...every.slice(0, 3),
      field('Name', 'Pump', {}, 'Pump'),
      field('Speed', 40, { dataKeyValueType: 'double' }, 'Pump'),
    ]),
  },
  {
    name: 'one number, required, as older files have it',
    settings: { single: { dataKeyType: 'server', dataKeyValueType: 'double', required: true, label: 'New setpoint' } },
    state: ready([field('setpoint', 20)]),
  },
  {
    name: 'read-only, disabled and of use only with another',
    settings: {},
    state: ready([
      field('Serial', 'A-1007', { isEditable: 'readonly' }),
      field('Locked', 'yes', { isEditable: 'disabled' }),
      field('Schedule', false, { dataKeyValueType: 'booleanSwitch' }),
      field('From', 0, { dataKeyValueType: 'time', disabledOnDataKey: 'Schedule' }),
    ]),
  },
  {
    name: 'values of another kind, and none',
    settings: {},
    state: ready([
      field('Number', 'x'.repeat(200), { dataKeyValueType: 'double' }),
      field('Whole', Number.NaN, { dataKeyValueType: 'integer' }),
      field('Choice', 'gone', { dataKeyValueType: 'select', selectOptions: choices }),
      field('Date', 'never', { dataKeyValueType: 'date' }),
      field('Nothing', null),
      field('Missing', undefined),
    ]),
  },
  { name: 'no keys', settings: {}, state: ready([]) },
  { name: 'stale', settings: {}, state: ready(every.slice(0, 3), ts) },
]
