import fc from 'fast-check'

/** Values that a member may wrongly have, and ids that mean something to JavaScript. */
export const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(null, -1, 0, 1e308, '', 'NaN', '__proto__', [], {}, [null], 'true'),
)
const ids = fc.constantFrom('a', 'b', '1', '__proto__', 'constructor', 'toString', '')
export const either = <T>(good: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: good }, { weight: 1, arbitrary: junk })
export const byId = (one: fc.Arbitrary<unknown>) =>
  either(
    fc
      .array(fc.tuple(ids, one), { maxLength: 4 })
      .map((entries) =>
        JSON.parse(`{${entries.map(([id, value]) => `${JSON.stringify(id)}:${JSON.stringify(value)}`).join(',')}}`),
      ),
  )
export const members = (model: Record<string, fc.Arbitrary<unknown>>) =>
  either(
    fc.record(Object.fromEntries(Object.entries(model).map(([name, one]) => [name, either(one)])), {
      requiredKeys: [],
    }),
  )

const key = members({
  name: ids,
  type: fc.constantFrom('timeseries', 'attribute', 'function'),
  units: junk,
  decimals: fc.double(),
  aggregationType: fc.constantFrom('AVG', 'NONE'),
})
const source = members({
  type: fc.constantFrom('entity', 'device', 'function'),
  entityAliasId: ids,
  deviceAliasId: ids,
  dataKeys: fc.array(key, { maxLength: 3 }),
})
export const timewindow = members({
  selectedTab: fc.constantFrom(0, 1, '1'),
  realtime: members({
    timewindowMs: fc.double(),
    quickInterval: fc.constantFrom('CURRENT_DAY', 'YESTERDAY'),
    realtimeType: fc.integer({ min: 0, max: 3 }),
  }),
  history: members({
    historyType: fc.integer({ min: 0, max: 4 }),
    fixedTimewindow: members({ startTimeMs: fc.double(), endTimeMs: fc.double() }),
  }),
  timezone: fc.constantFrom('UTC', 'Nowhere'),
})
const widget = members({
  typeFullFqn: fc.string(),
  bundleAlias: fc.string(),
  typeAlias: fc.string(),
  type: fc.constantFrom('timeseries', 'latest', 'rpc', 'alarm', 'static'),
  config: members({
    datasources: fc.array(source, { maxLength: 3 }),
    alarmSource: source,
    timewindow,
    useDashboardTimewindow: fc.boolean(),
    actions: byId(fc.array(members({ type: fc.constantFrom('custom', 'openURL', 'openDashboardState') }))),
    settings: junk,
    targetDeviceAliasIds: fc.array(ids),
  }),
})
const layout = members({
  widgets: byId(members({ sizeX: fc.double(), sizeY: fc.integer(), row: fc.integer(), col: fc.double() })),
  gridSettings: members({ columns: fc.double(), margin: fc.double(), margins: fc.array(fc.double()) }),
  breakpoints: byId(junk),
})
export const anyConfiguration = members({
  widgets: fc.oneof(byId(widget), fc.array(widget, { maxLength: 4 })),
  states: byId(members({ name: fc.string(), root: fc.boolean(), layouts: members({ main: layout, right: layout }) })),
  entityAliases: byId(
    members({
      alias: fc.string(),
      filter: members({
        type: fc.constantFrom('stateEntity', 'entityList', 'deviceType', 'relationsQuery'),
        entityList: fc.array(fc.string()),
      }),
      entityFilter: junk,
    }),
  ),
  deviceAliases: byId(members({ alias: fc.string(), deviceId: fc.string(), deviceFilter: junk })),
  filters: byId(
    members({
      filter: fc.string(),
      keyFilters: fc.array(
        members({
          key: members({ type: fc.constantFrom('TIME_SERIES'), key: fc.string() }),
          predicates: fc.array(
            members({
              keyFilterPredicate: members({ type: fc.constantFrom('STRING', 'COMPLEX'), predicates: fc.array(junk) }),
            }),
          ),
        }),
      ),
    }),
  ),
  timewindow,
  settings: members({ showTitle: fc.boolean() }),
  gridSettings: junk,
})
