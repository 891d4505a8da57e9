import { type EditedDashboard, problemsOf } from '@thingwire/dashboards/edit'
import { expect, it } from 'vitest'
import { settingsChecks } from './settings-checks.ts'

const chart = (opacity: unknown) => ({
  widgets: {
    w: {
      id: 'w',
      ...{ typeFullFqn: 'system.time_series_chart', type: 'timeseries' },
      config: {
        title: 'Levels',
        settings: { legendConfig: { position: 'nowhere' } },
        datasources: [
          {
            type: 'entity',
            dataKeys: [{ name: 'level', settings: { lineSettings: { fillAreaSettings: { opacity } } } }],
          },
        ],
      },
    },
  },
})
const dashboard = (configuration: EditedDashboard['configuration']): EditedDashboard => ({
  ...{ title: 'Levels', image: null, mobileHide: false, mobileOrder: null, configuration },
})

it('tells settings of widgets and keys that are not taken; those that are published so do not stand in the way', () => {
  const checks = { needOf: () => 'nothing' as const, settingsOf: settingsChecks(dashboard(chart(0.5))) }
  const found = problemsOf(chart(7), checks).filter(({ kind }) => kind === 'settings')
  expect(found.map(({ severity, path, detail }) => [severity, path.join('/'), detail])).toEqual([
    ['warning', 'config/settings/legendConfig/position', 'legendConfig › position: nowhere'],
    [
      'error',
      'config/datasources/0/dataKeys/0/settings/lineSettings/fillAreaSettings/opacity',
      'lineSettings › fillAreaSettings › opacity: 7',
    ],
  ])
})
