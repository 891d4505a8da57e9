import type { JsonRecord } from '../read.ts'
import type { Box, EditedDashboard, LayoutAddress } from './model.ts'
import { widgetJson } from './commands/widgets.ts'

/** The grid that most tests work on. */
export const mainGrid: LayoutAddress = { stateId: 'start', layout: 'main', breakpoint: null }

export const aBox = (col: number, row: number, sizeX: number, sizeY: number): Box => ({ col, row, sizeX, sizeY })

/** A widget of a chart that reads alias `all`, with a title like its id. */
export const aWidget = (id: string, config: JsonRecord = {}): JsonRecord =>
  widgetJson({
    id,
    typeFullFqn: 'system.time_series_chart',
    type: 'timeseries',
    title: id.toUpperCase(),
    sizeX: 6,
    sizeY: 4,
    config: {
      datasources: [
        {
          type: 'entity',
          name: '',
          entityAliasId: 'all',
          dataKeys: [{ name: 't', type: 'timeseries', label: 't', settings: {} }],
        },
      ],
      ...config,
    },
  })

const alias = (id: string, name: string, filter: JsonRecord): JsonRecord => ({
  id,
  alias: name,
  filter: { resolveMultiple: true, ...filter },
})

/** Three widgets in a row and one below, two states, two aliases and a filter. */
export const aDashboard = (boxes?: Readonly<Record<string, Box>>): EditedDashboard => {
  const places = boxes ?? { a: aBox(0, 0, 8, 4), b: aBox(8, 0, 8, 4), c: aBox(16, 0, 8, 4), d: aBox(0, 4, 24, 6) }
  return {
    title: 'Pumps',
    image: null,
    mobileHide: false,
    mobileOrder: null,
    configuration: {
      widgets: Object.fromEntries(
        [...Object.keys(places), 'e'].map((id) => [
          id,
          aWidget(
            id,
            id === 'a'
              ? {
                  actions: {
                    rowClick: [{ id: 'x', name: 'Open', type: 'openDashboardState', targetDashboardStateId: 'detail' }],
                  },
                }
              : {},
          ),
        ]),
      ),
      states: {
        start: {
          name: 'Start',
          root: true,
          layouts: { main: { widgets: places, gridSettings: { columns: 24, margin: 10, outerMargin: true } } },
        },
        detail: {
          name: '${entityName}',
          root: false,
          layouts: { main: { widgets: { e: aBox(0, 0, 12, 6) }, gridSettings: { columns: 24 } } },
        },
      },
      entityAliases: {
        all: alias('all', 'All pumps', { type: 'entityType', entityType: 'DEVICE' }),
        one: alias('one', 'One pump', { type: 'stateEntity' }),
      },
      filters: { f: { id: 'f', filter: 'Hot', keyFilters: [], editable: true } },
      timewindow: { selectedTab: 0, realtime: { realtimeType: 0, timewindowMs: 60_000 } },
      settings: { showTitle: true },
    },
  }
}

/** Ids one after the other. */
export const someIds = (prefix = 'new') => {
  let last = 0
  return () => `${prefix}-${++last}`
}
