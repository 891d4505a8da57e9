import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aliasesOfWidget } from '../aliases/of-widget.ts'
import { planAlias } from '../aliases/plan.ts'
import { queryFilters } from '../filters/read.ts'
import { noParams } from '../states/model.ts'
import { formatStates, parseStates } from '../states/stack.ts'
import { formatWindowParam, parseWindowParam } from '../time-window/param.ts'
import { rangeOf } from '../time-window/range.ts'
import { defaultTimeWindow, readTimeWindow } from '../time-window/read.ts'
import { readDashboard } from './read.ts'

/** Values that a member may wrongly have, and ids that mean something to JavaScript. */
const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(null, -1, 0, 1e308, '', 'NaN', '__proto__', [], {}, [null], 'true'),
)
const ids = fc.constantFrom('a', 'b', '1', '__proto__', 'constructor', 'toString', '')
const either = <T>(good: fc.Arbitrary<T>) => fc.oneof({ weight: 4, arbitrary: good }, { weight: 1, arbitrary: junk })
const byId = (one: fc.Arbitrary<unknown>) =>
  either(
    fc
      .array(fc.tuple(ids, one), { maxLength: 4 })
      .map((entries) =>
        JSON.parse(`{${entries.map(([id, value]) => `${JSON.stringify(id)}:${JSON.stringify(value)}`).join(',')}}`),
      ),
  )
const members = (model: Record<string, fc.Arbitrary<unknown>>) =>
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
const timewindow = members({
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
const configuration = members({
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

describe('documents of any shape', () => {
  it('are read without an error, and go out as they came in', () => {
    fc.assert(
      fc.property(configuration, (file) => {
        const before = JSON.stringify(file)
        const { document } = readDashboard(file)
        expect(JSON.stringify(document.raw)).toBe(before)
        expect(document.states.get(document.rootStateId)?.isRoot).toBe(true)
        for (const state of document.states.values()) {
          for (const item of state.layouts.main.items) {
            expect(document.widgets.has(item.widgetId)).toBe(true)
            expect(item.sizeX).toBeGreaterThan(0)
            expect(Number.isInteger(item.row)).toBe(true)
          }
        }
        for (const one of document.widgets.values()) {
          aliasesOfWidget(one, document)
          const range = rangeOf(one.timeWindow ?? document.timeWindow, 1_700_000_000_000, 'UTC')
          expect(range.endTs).toBeGreaterThan(range.startTs)
        }
        for (const alias of document.aliases.values()) planAlias(alias, { params: noParams })
        for (const filter of document.filters.values()) queryFilters(filter, { 'a:0': 'x' })
      }),
      { numRuns: 250 },
    )
  })
})

describe('parameters of links of any shape', () => {
  const dashboard = readDashboard({ states: { a: { name: 'A' }, b: { name: 'B', root: true } } }).document
  const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64')
  const entries = either(
    fc.array(members({ id: fc.constantFrom('a', 'b', 'c'), params: byId(junk) }), { maxLength: 5 }),
  )
  it('always give a stack that can be written and read again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), entries.map(base64)), (param) => {
        const stack = parseStates(param, dashboard)
        expect(stack.every((one) => dashboard.states.has(one.id)) && stack.length > 0).toBe(true)
        expect(parseStates(formatStates(stack, dashboard), dashboard)).toEqual(stack)
      }),
    )
  })
  it('give the window that was written, whatever file is beneath', () => {
    fc.assert(
      fc.property(timewindow, timewindow, (one, other) => {
        const [model, base] = [readTimeWindow(one), readTimeWindow(other)]
        expect(parseWindowParam(formatWindowParam(model, base), base)).toEqual(model)
      }),
    )
  })
  it('give no window for text that is none', () => {
    fc.assert(fc.property(fc.string(), (text) => void parseWindowParam(text, defaultTimeWindow)))
  })
})
