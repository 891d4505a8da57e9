import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyConfiguration } from '../../document/any-configuration.ts'
import type { DashboardDocument } from '../../document/model.ts'
import { readDashboard } from '../../document/read.ts'
import { aDashboard } from '../testing.ts'
import { currentForm } from './current-form.ts'

/** What is drawn: all but the files' own JSON. */
const drawn = (configuration: unknown) => {
  const { document } = readDashboard(configuration)
  const plain = (one: DashboardDocument): object => ({
    ...one,
    raw: null,
    widgets: [...one.widgets].map(([id, widget]) => [id, { ...widget, raw: null }]),
    states: [...one.states],
    aliases: [...one.aliases],
    filters: [...one.filters],
  })
  return plain(document)
}

describe('the form in which dashboards are edited', () => {
  it('is drawn as the file was, and is its own', () => {
    fc.assert(
      fc.property(anyConfiguration, (file) => {
        const before = JSON.stringify(file)
        const form = currentForm(file)
        expect(JSON.stringify(file)).toBe(before)
        expect(drawn(form)).toEqual(drawn(file))
        expect(currentForm(form)).toEqual(form)
      }),
      { numRuns: 500 },
    )
  })

  it('is the file itself where that is of today', () => {
    const { configuration } = aDashboard()
    expect(currentForm(configuration)).toEqual(configuration)
  })

  it('makes of the oldest files what is written today', () => {
    const form = currentForm({
      deviceAliases: { 1: { alias: 'Pump', deviceId: '784f394c-42b6-435a-983c-b7beff2784f9', mine: 1 } },
      gridSettings: { columns: 12, margins: [4, 4], showTitle: true, showDevicesSelect: false, mine: 2 },
      widgets: [
        {
          id: 'w',
          bundleAlias: 'cards',
          typeAlias: 'simple_card',
          isSystemType: true,
          type: 'latest',
          sizeX: 3,
          sizeY: 2,
          row: 7,
          col: 8,
          mine: 3,
          config: { datasources: [{ type: 'device', deviceAliasId: 1, dataKeys: ['t'], mine: 4 }] },
        },
        { id: 'c', typeFullFqn: 'system.y', type: 'rpc', sizeX: 1, sizeY: 1, config: { targetDeviceAliasIds: ['1'] } },
      ],
    })
    expect(form).toMatchObject({
      widgets: {
        w: {
          typeFullFqn: 'system.cards.simple_card',
          mine: 3,
          config: {
            datasources: [
              {
                type: 'entity',
                entityAliasId: '1',
                mine: 4,
                dataKeys: [{ name: 't', type: 'timeseries', label: 't' }],
              },
            ],
          },
        },
        c: { config: { targetDevice: { type: 'entity', entityAliasId: '1' } } },
      },
      states: {
        default: {
          root: true,
          layouts: {
            main: {
              widgets: { w: { sizeX: 3, sizeY: 2, row: 7, col: 8 } },
              gridSettings: { columns: 12, margin: 4, mine: 2 },
            },
          },
        },
      },
      entityAliases: { 1: { id: '1', alias: 'Pump', mine: 1, filter: { type: 'entityList', resolveMultiple: false } } },
      settings: { showTitle: true, showEntitiesSelect: false },
      timewindow: { selectedTab: 0 },
    })
    for (const gone of ['gridSettings', 'deviceAliases']) expect(form).not.toHaveProperty(gone)
    expect(form).not.toHaveProperty('widgets.w.bundleAlias')
  })

  it('keeps widgets of the same id, of which the last is drawn', () => {
    const form = currentForm({
      widgets: [
        { id: 'a', config: { title: 'one' } },
        { id: 'a', config: { title: 'two' } },
      ],
    })
    expect(form.widgets).toMatchObject({ a: { config: { title: 'two' } }, 'a-2': { config: { title: 'one' } } })
  })
})
