import { setMember } from '@thingwire/dashboards/edit'
import { expect, it } from 'vitest'
import { createDraftReader } from './read-draft.ts'

const widget = (id: string) => ({
  ...{ id, typeFullFqn: 'system.cards.value_card', type: 'latest' },
  config: { title: id, datasources: [], settings: {} },
})
const layouts = { main: { widgets: { a: { col: 0, row: 0, sizeX: 4, sizeY: 3 } }, gridSettings: { columns: 24 } } }
const start = {
  ...{ title: '', image: null, mobileHide: false, mobileOrder: null },
  configuration: {
    widgets: { a: widget('a'), b: widget('b') },
    states: { default: { name: 'Start', root: true, layouts } },
    entityAliases: { one: { id: 'one', alias: 'One', filter: { type: 'entityType', entityType: 'DEVICE' } } },
    timewindow: { selectedTab: 0, realtime: { timewindowMs: 60_000 } },
    settings: { showTitle: true },
  },
}

it('a step leaves all that it does not touch the same', () => {
  const read = createDraftReader()
  const before = read(start.configuration)
  expect(read(start.configuration)).toBe(before)
  const after = read(setMember('a', ['config', 'title'], 'Pump').apply(start).configuration)
  expect(after.widgets.get('a')?.card.title).toBe('Pump')
  expect(after.widgets.get('b')).toBe(before.widgets.get('b'))
  for (const part of ['aliases', 'filters', 'states', 'timeWindow', 'settings'] as const)
    expect(after[part]).toBe(before[part])
})
