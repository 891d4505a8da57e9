import { expect, it } from 'vitest'
import { readDashboard } from '../document/read.ts'
import { withoutTranslations } from './translations.ts'

it.each([
  ['{i18n:api-usage.transport-hourly-activity}', 'Transport hourly activity'],
  ['{i18n:limits.data_points} ({i18n:common.max}): ${n}', 'Data points (Max): ${n}'],
  ['{i18n:device}', 'Device'],
  ['{i18n:widgets.transport-messages.title}', 'Transport messages'],
  ['{i18n:dashboard.title}', 'Title'],
  ['{i18n:...}', '...'],
  ['{i18n:}', '{i18n:}'],
  ['no key', 'no key'],
])('%s reads %s', (given, said) => expect(withoutTranslations(given)).toBe(said))

it('is done for titles, labels and states', () => {
  const dataKeys = [{ name: 'n', type: 'timeseries', label: '{i18n:a.messages}' }]
  const config = {
    title: '{i18n:a.rule-engine}',
    titleTooltip: '{i18n:a.hint}',
    datasources: [{ type: 'entity', dataKeys }],
  }
  const widgets = { w: { typeFullFqn: 'system.x', type: 'latest', config } }
  const { document } = readDashboard({
    widgets,
    states: { s: { name: '{i18n:a.notifications-history}', root: true, layouts: {} } },
  })
  const widget = document.widgets.get('w')
  expect(widget?.card).toMatchObject({ title: 'Rule engine', titleTooltip: 'Hint' })
  expect(widget?.datasources[0]?.dataKeys[0]?.label).toBe('Messages')
  expect(document.states.get('s')?.name).toBe('Notifications history')
})
