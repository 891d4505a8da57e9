import { describe, expect, it } from 'vitest'
import { aliasesOfWidget } from '../aliases/of-widget.ts'
import { readDashboard } from './read.ts'

const uuid = '784f394c-42b6-435a-983c-b7beff2784f9'
const read = (configuration: unknown) => readDashboard(configuration)
const widgetOf = (file: unknown) => {
  const widget = read({ widgets: { w: file } }).document.widgets.get('w')
  if (!widget) throw new Error('no widget')
  return widget
}

const modern = {
  description: 'All pumps',
  timewindow: { selectedTab: 1, history: { historyType: 2, quickInterval: 'YESTERDAY' } },
  settings: { stateControllerId: 'default', showTitle: true, hideToolbar: true },
  widgets: {
    a: { typeFullFqn: 'system.x', type: 'latest', sizeX: 5, sizeY: 3, config: { title: 'A', mobileOrder: 4 } },
    b: { typeFullFqn: 'tenant.y', type: 'timeseries', config: {} },
  },
  states: {
    first: { name: 'First', root: false, layouts: { main: { widgets: { a: {} } } } },
    start: {
      name: 'Start',
      root: true,
      layouts: {
        main: {
          widgets: { a: { sizeX: 2, sizeY: 3, row: 1, col: 4, mobileHide: true }, gone: { sizeX: 1, sizeY: 1 } },
          gridSettings: {
            layoutType: 'scada',
            columns: 48,
            margin: 0,
            layoutDimension: { type: 'fixed', fixedWidth: 300 },
          },
          breakpoints: {
            xs: { widgets: { b: { sizeX: 24, sizeY: 6 } }, gridSettings: { viewFormat: 'list' } },
            odd: {},
          },
        },
        right: { widgets: { b: { sizeX: '6', sizeY: 4, row: 0, col: 0 } }, gridSettings: {} },
      },
    },
  },
  entityAliases: {
    k: { id: 'k', alias: 'Pumps', filter: { type: 'entityType', entityType: 'DEVICE', resolveMultiple: true } },
  },
}

describe('readDashboard', () => {
  it('reads layouts, breakpoints, settings and the root', () => {
    const { document, report } = read(modern)
    expect(document).toMatchObject({
      description: 'All pumps',
      rootStateId: 'start',
      timeWindow: { mode: 'history', span: { kind: 'quick', interval: 'YESTERDAY' } },
      settings: { stateController: 'default', showTitle: true, hideToolbar: true, showFilters: true },
    })
    const layouts = document.states.get('start')?.layouts
    expect(layouts?.main.grid).toMatchObject({
      layoutType: 'scada',
      columns: 48,
      margin: 0,
      outerMargin: false,
      layoutDimension: { type: 'fixed', fixedLayout: 'main', fixedWidth: 300 },
    })
    expect(layouts?.main.items).toMatchObject([
      { widgetId: 'a', sizeX: 2, col: 4, row: 1, mobileOrder: 4, mobileHide: true },
    ])
    expect(layouts?.main.breakpoints).toMatchObject({
      xs: { grid: { viewFormat: 'list' }, items: [{ widgetId: 'b' }] },
    })
    expect(layouts?.right?.items).toMatchObject([{ widgetId: 'b', sizeX: 6 }])
    expect(report.remarks).toEqual([
      {
        path: 'states.start.layouts.main.widgets.gone',
        outcome: 'left out',
        problem: 'a place of a widget that is not there',
      },
    ])
  })

  it('takes places from the widgets where there are no states', () => {
    const { document, report } = read({
      widgets: [
        {
          id: 'x',
          bundleAlias: 'cards',
          typeAlias: 'simple_card',
          isSystemType: true,
          type: 'latest',
          sizeX: 3,
          sizeY: 2,
          row: 7,
          col: 8,
          config: {},
        },
        { bundleAlias: 'my', typeAlias: 'own', isSystemType: false, type: 'static', sizeX: 1, sizeY: 1, config: {} },
      ],
      gridSettings: { columns: 12, margins: [4, 4], showTitle: true, showDevicesSelect: false },
    })
    expect([...document.widgets.values()].map((one) => [one.id, one.typeFullFqn])).toEqual([
      ['x', 'system.cards.simple_card'],
      ['widget-1', 'tenant.my.own'],
    ])
    expect(document.states.get('default')?.layouts.main).toMatchObject({
      grid: { columns: 12, margin: 4 },
      items: [{ widgetId: 'x', row: 7, col: 8, sizeX: 3 }, { widgetId: 'widget-1' }],
    })
    expect(document.settings).toMatchObject({ showTitle: true, showEntitiesSelect: false })
    expect(report.remarks.map((one) => one.outcome)).not.toContain('left out')
  })

  it('follows device aliases of old to their widgets', () => {
    const { document } = read({
      deviceAliases: { 1: { alias: 'Pump', deviceId: uuid } },
      widgets: [
        {
          id: 'w',
          typeFullFqn: 'system.x',
          type: 'latest',
          config: { datasources: [{ type: 'device', deviceAliasId: 1, dataKeys: ['t'] }] },
        },
        { id: 'c', typeFullFqn: 'system.y', type: 'rpc', config: { targetDeviceAliasIds: ['1'] } },
      ],
    })
    expect(document.aliases.get('1')).toMatchObject({
      type: 'entityList',
      filter: { entityType: 'DEVICE', entityList: [uuid] },
    })
    for (const widget of document.widgets.values()) expect(aliasesOfWidget(widget, document)).toEqual(['1'])
    expect(document.widgets.get('w')?.datasources).toMatchObject([
      { type: 'entity', entityAliasId: '1', dataKeys: [{ name: 't', label: 't', type: 'timeseries' }] },
    ])
  })

  it('rounds places so that neighbours still touch', () => {
    const place = (row: number, sizeY: number) => ({ col: 0, row, sizeX: 4.4, sizeY })
    const { document } = read({
      widgets: { a: { config: {} }, b: { config: {} }, c: { config: {} } },
      states: {
        s: {
          layouts: {
            main: {
              widgets: { a: place(0, 6.5), b: place(6.5, 6.5), c: { sizeX: -3, sizeY: 1e308, row: -7, col: 1e9 } },
            },
          },
        },
      },
    })
    expect(document.states.get('s')?.layouts.main.items).toMatchObject([
      { row: 0, sizeY: 7, sizeX: 4 },
      { row: 7, sizeY: 6 },
      { row: 0, sizeY: 20_000, col: 1_008, sizeX: 8 },
    ])
  })

  it('takes a size of nothing for one cell, and layers for what the file says of its grid', () => {
    const layout = (gridSettings: object) => ({
      layouts: { main: { widgets: { a: { sizeX: 5, sizeY: 0, row: 0, col: 10 } }, gridSettings } },
    })
    const { document } = read({
      widgets: { a: { sizeX: 5, sizeY: 2, config: {} } },
      states: { s: layout({}), free: layout({ thingwire: { placement: 'free' } }) },
    })
    const main = (id: string) => document.states.get(id)?.layouts.main
    expect(main('s')).toMatchObject({ items: [{ sizeX: 5, sizeY: 1 }], grid: { mayOverlap: false } })
    expect(main('free')?.grid.mayOverlap).toBe(true)
  })

  it('takes the grid that stands beside the states of old', () => {
    const { document } = read({ states: { default: { name: 'D', root: true } }, gridSettings: { columns: 6 } })
    expect(document.states.get('default')?.layouts.main.grid.columns).toBe(6)
  })

  it('makes the first state the root where none is', () => {
    const { document } = read({ states: { a: { name: 'A' }, b: { name: 'B' } } })
    expect(document.rootStateId).toBe('a')
    expect(document.states.get('a')?.isRoot).toBe(true)
  })

  it('treats ids like members of every object as ids', () => {
    const configuration: unknown = JSON.parse(
      '{"widgets":{"__proto__":{"typeFullFqn":"system.x","type":"static","config":{}},"constructor":{"typeFullFqn":"system.y","type":"static","config":{}}}}',
    )
    expect([...read(configuration).document.widgets.keys()]).toEqual(['__proto__', 'constructor'])
  })

  it.each([
    undefined,
    null,
    7,
    'text',
    [],
    [1],
    {},
    { widgets: 3, states: 'x', entityAliases: [], filters: 1, settings: null },
  ])('makes an empty dashboard of %j', (configuration) => {
    const { document } = read(configuration)
    expect([document.widgets.size, document.states.size, document.rootStateId]).toEqual([0, 1, 'default'])
    expect(document.raw).toBe(configuration)
  })

  it('tells about the first of very many broken parts, and how many more there are', () => {
    const { report } = read({
      widgets: Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`w${index}`, 7])),
    })
    expect([report.remarks.length, report.more]).toEqual([200, 800])
  })
})

describe('widgets', () => {
  it('reads the card, with what it is where nothing is said', () => {
    expect(
      widgetOf({ typeFullFqn: 'system.x', type: 'latest', config: { title: 'T', padding: 0, showTitle: 'false' } })
        .card,
    ).toMatchObject({
      title: 'T',
      showTitle: false,
      padding: '0px',
      dropShadow: true,
      enableFullscreen: true,
      backgroundColor: null,
    })
  })
  it('is called what its settings call it, where tables and forms have a title among them', () => {
    const of = (settings: object) => widgetOf({ typeFullFqn: 'x', type: 'latest', config: { title: 'New', settings } })
    expect(of({ entitiesTitle: 'Fields' }).card.title).toBe('Fields')
    expect(of({ alarmsTitle: 'Alarms: ${entityName}' }).card.title).toBe('Alarms: ${entityName}')
    expect(of({ widgetTitle: ' ', entitiesTitle: 3 }).card.title).toBe('New')
  })
  it('has a window of its own only when the file says so', () => {
    const timewindow = { realtime: { timewindowMs: 5_000 } }
    const of = (config: object) => widgetOf({ typeFullFqn: 'system.x', type: 'timeseries', config }).timeWindow
    expect(of({ timewindow })).toBeNull()
    expect(of({ timewindow, useDashboardTimewindow: false })).toMatchObject({ span: { durationMs: 5_000 } })
  })
  it('reads keys with units, functions and comparisons', () => {
    const [source] = widgetOf({
      typeFullFqn: 'system.x',
      type: 'latest',
      config: {
        datasources: [
          {
            entityAliasId: 'k',
            filterId: 'f',
            dataKeys: [
              {
                name: 't',
                type: 'timeseries',
                units: { from: '°C', METRIC: '°C', IMPERIAL: '°F' },
                decimals: '1',
                label: '',
                usePostProcessing: false,
                postFuncBody: 'return 1',
                aggregationType: 'AVG',
                comparisonEnabled: true,
                timeForComparison: 'days',
                comparisonResultType: 'DELTA_PERCENT',
                settings: null,
                mine: 1,
              },
              {
                name: 'u',
                type: 'attribute',
                usePostProcessing: true,
                postFuncBody: { body: 'return value', modules: {} },
                aggregationType: 'NONE',
              },
              { type: 'attribute' },
              null,
            ],
            latestDataKeys: [{ name: 'v', type: 'attribute' }],
          },
        ],
      },
    }).datasources
    expect(source).toMatchObject({ type: 'entity', filterId: 'f', latestDataKeys: [{ name: 'v' }] })
    expect(source?.dataKeys).toMatchObject([
      {
        label: '',
        units: '°C',
        unitSetting: { from: '°C', IMPERIAL: '°F' },
        decimals: 1,
        settings: {},
        postFuncBody: null,
        aggregation: 'AVG',
        comparison: { by: 'days', result: 'DELTA_PERCENT' },
        mine: 1,
      },
      { label: 'u', units: null, postFuncBody: { body: 'return value' }, aggregation: null, comparison: null },
    ])
    expect(source?.dataKeys).toHaveLength(2)
  })
  it('reads alarms of old and of today', () => {
    const of = (config: object) => widgetOf({ typeFullFqn: 'system.x', type: 'alarm', config })
    const old = of({
      alarmSource: { type: 'entity', entityAliasId: 'k', dataKeys: [{ name: 'createdTime' }] },
      alarmSearchStatus: 'ACTIVE',
      alarmSeverityList: ['CRITICAL'],
    })
    expect(old.alarmFilter).toMatchObject({
      statusList: ['ACTIVE'],
      severityList: ['CRITICAL'],
      searchPropagatedAlarms: true,
    })
    expect(old.alarmSource?.dataKeys).toMatchObject([{ type: 'alarm' }])
    expect(of({ alarmSearchStatus: 'ANY' }).alarmFilter.statusList).toEqual([])
    expect(of({ alarmFilterConfig: { statusList: ['CLEARED'], assigneeId: { id: uuid } } }).alarmFilter).toMatchObject({
      statusList: ['CLEARED'],
      assigneeId: uuid,
      searchPropagatedAlarms: false,
    })
  })
  it('puts the legend of older charts into their settings', () => {
    const chart = { bundleAlias: 'charts', typeAlias: 'basic_timeseries', type: 'timeseries' }
    expect(
      widgetOf({ ...chart, config: { showLegend: false, legendConfig: { position: 'top' }, settings: { a: 1 } } })
        .settings,
    ).toEqual({
      a: 1,
      showLegend: false,
      legendConfig: { position: 'top' },
    })
  })
  it('finds aliases in settings, by id and by name', () => {
    const { document } = read({
      ...modern,
      widgets: {
        m: {
          typeFullFqn: 'system.map',
          type: 'latest',
          config: {
            settings: {
              markers: [{ dsEntityAliasId: 'k' }],
              thresholds: [{ entityAlias: 'Pumps' }, { entityAlias: 'Nobody' }],
            },
          },
        },
      },
    })
    expect([...document.widgets.values()].map((one) => aliasesOfWidget(one, document))).toEqual([['k']])
  })
})
