import { expect, it } from 'vitest'
import { wayTo } from './way-to.ts'

const place = { col: 0, row: 0, sizeX: 4, sizeY: 4 }
const state = (name: string, ids: readonly string[], breakpoints?: object) => ({
  name,
  layouts: {
    main: { widgets: Object.fromEntries(ids.map((id) => [id, place])), gridSettings: { columns: 24 }, ...breakpoints },
  },
})
const tabs = (id: string, stateId: string) => ({
  ...{ id, typeFullFqn: 'thingwire.tabs' },
  config: { settings: { sections: [{ id: `${id}-1`, title: '', stateId }] } },
})
const widget = (id: string) => ({ id, typeFullFqn: 'system.cards.value_card', config: {} })
const configuration = {
  widgets: {
    outer: tabs('outer', 's1'),
    inner: tabs('inner', 's2'),
    deep: widget('deep'),
    narrow: widget('narrow'),
    lost: widget('lost'),
  },
  states: {
    default: { ...state('Start', []), root: true },
    other: state('Other', ['outer'], { breakpoints: { sm: { widgets: { narrow: place } } } }),
    s1: state('S1', ['inner']),
    s2: state('S2', ['deep']),
  },
}

it('leads through the sections of containers to the state that they stand in', () => {
  expect(wayTo(configuration, 'deep')).toEqual({
    stateId: 'other',
    sections: [
      { widgetId: 'outer', sectionId: 'outer-1' },
      { widgetId: 'inner', sectionId: 'inner-1' },
    ],
    at: { stateId: 's2', layout: 'main', breakpoint: null },
  })
})

it('tells the width where a widget stands for that alone, and nothing for one that stands nowhere', () => {
  expect(wayTo(configuration, 'narrow')).toMatchObject({ stateId: 'other', sections: [], at: { breakpoint: 'sm' } })
  expect(wayTo(configuration, 'lost')).toBeNull()
})
