import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyConfiguration } from '../document/any-configuration.ts'
import type { JsonRecord } from '../read.ts'
import { together } from './command.ts'
import { someCommands } from './any-command.ts'
import { canPublish, type DashboardProblem, problemsOf, type WidgetChecks } from './problems.ts'
import { withValueAt } from './json.ts'
import { aBox, aDashboard } from './testing.ts'

const checks: WidgetChecks = {
  needOf: (fqn) =>
    fqn === 'system.time_series_chart'
      ? 'source'
      : fqn === 'alarms'
        ? 'alarmSource'
        : fqn === 'switch'
          ? 'target'
          : null,
}
const start = aDashboard().configuration
const found = (path: readonly (string | number)[], value: unknown, more: Partial<WidgetChecks> = {}) =>
  problemsOf(withValueAt(start, path, value) as JsonRecord, { ...checks, ...more })
const short = (problems: readonly DashboardProblem[]) =>
  problems.map((one) => [one.severity, one.kind, one.in, one.id, one.path.join('.'), one.detail].join(' ').trim())

const a = ['widgets', 'a']
const source = [...a, 'config', 'datasources', 0]

describe('problems of a dashboard', () => {
  it('are none in a sound one', () => expect(problemsOf(start, checks)).toEqual([]))

  it.each<[string, readonly (string | number)[], unknown, string[]]>([
    [
      'an alias that is not there',
      [...source, 'entityAliasId'],
      'gone',
      ['error missingAlias widget a config.datasources.0.entityAliasId gone'],
    ],
    [
      'an alias by name',
      [...a, 'config', 'settings', 'entityAlias'],
      'Nobody',
      ['warning missingAliasName widget a config.settings.entityAlias Nobody'],
    ],
    ['an alias by its name that is there', [...a, 'config', 'settings', 'entityAlias'], 'All pumps', []],
    ['a filter', [...source, 'filterId'], 'gone', ['error missingFilter widget a config.datasources.0.filterId gone']],
    [
      'a state of an action',
      ['states', 'detail'],
      undefined,
      [
        'error missingState widget a config.actions.rowClick.0.targetDashboardStateId detail',
        'warning unplaced widget e',
      ],
    ],
    ['no source', [...a, 'config', 'datasources'], [], ['warning noSource widget a config.datasources']],
    ['no keys', [...source, 'dataKeys'], [], ['warning noKeys widget a config.datasources.0.dataKeys']],
    ['sources in the layers of a map', [...a, 'config'], { settings: { markers: [{ dsEntityAliasId: 'all' }] } }, []],
    [
      'no alarm source',
      a,
      { id: 'a', typeFullFqn: 'alarms', config: {} },
      ['warning noAlarmSource widget a config.alarmSource'],
    ],
    ['no target', a, { id: 'a', typeFullFqn: 'switch', config: {} }, ['warning noTarget widget a config.targetDevice']],
    [
      'an unknown type',
      [...a, 'typeFullFqn'],
      'system.teleport',
      ['warning unknownType widget a typeFullFqn system.teleport'],
    ],
    [
      'a window that ends before it begins',
      ['timewindow'],
      { selectedTab: 1, history: { historyType: 1, fixedTimewindow: { startTimeMs: 5, endTimeMs: 5 } } },
      ['error brokenWindow dashboard  configuration.timewindow.history.fixedTimewindow'],
    ],
    [
      'a window of no length',
      ['timewindow', 'realtime', 'timewindowMs'],
      Number.NaN,
      ['error brokenWindow dashboard  configuration.timewindow.realtime.timewindowMs'],
    ],
    [
      'a window in no zone',
      ['timewindow', 'timezone'],
      'Mars/Crater',
      ['error brokenWindow dashboard  configuration.timewindow.timezone Mars/Crater'],
    ],
    [
      'a preset that there is not',
      ['timewindow', 'realtime'],
      { realtimeType: 1, quickInterval: 'SOMETIME' },
      ['error brokenWindow dashboard  configuration.timewindow.realtime.quickInterval SOMETIME'],
    ],
    ['a window of a widget that is not used', [...a, 'config', 'timewindow'], { timezone: 'Mars' }, []],
    ['an id twice', [...a, 'id'], 'b', ['error duplicateId widget a id b', 'error duplicateId widget b id b']],
    [
      'a place over the edge',
      ['states', 'start', 'layouts', 'main', 'widgets', 'a'],
      aBox(20, 20, 8, 4),
      ['warning outOfGrid state start layouts.main.widgets.a A'],
    ],
    [
      'a place of nothing',
      ['states', 'start', 'layouts', 'main', 'widgets', 'zz'],
      aBox(0, 30, 8, 4),
      ['warning missingWidget state start layouts.main.widgets.zz zz'],
    ],
    ['an alias of no type', ['entityAliases', 'one', 'filter'], {}, ['error noAliasFilter alias one filter.type']],
    [
      'two aliases of a name',
      ['entityAliases', 'one', 'alias'],
      'All pumps',
      ['error sameAliasName alias one alias All pumps'],
    ],
    [
      'a filter that the server refuses',
      ['filters', 'f', 'keyFilters'],
      [{ key: 7, predicates: [{}] }],
      ['error brokenFilter filter f keyFilters keyFilters[0]: key: Invalid input: expected object, received number'],
    ],
    ['no root', ['states', 'start', 'root'], false, ['warning noRoot dashboard  configuration.states']],
    ['two roots', ['states', 'detail', 'root'], true, ['warning manyRoots state detail root start, detail']],
    [
      'transformations, mappings and rules that cannot be used',
      [...a, 'config', 'thingwire'],
      {
        transformations: [
          { type: 'limit', count: 3 },
          { type: 'calculate', name: 'x', how: { kind: 'expression', text: '1 +' } },
        ],
        mappings: [{ type: 'regex', pattern: '(a+)+$' }],
        colorRules: [{ color: 'red' }],
      },
      [
        'error brokenTransformation widget a config.thingwire.transformations.1',
        'error brokenMapping widget a config.thingwire.mappings.0',
        'error brokenColorRule widget a config.thingwire.colorRules.0',
      ],
    ],
    [
      'a mapping of a key',
      [...source, 'dataKeys', 0, 'thingwire'],
      { mappings: [7] },
      ['error brokenMapping widget a config.datasources.0.dataKeys.0.thingwire.mappings.0'],
    ],
    [
      'a container of nothing',
      a,
      { id: 'a', typeFullFqn: 'thingwire.tabs', config: {} },
      ['error noSections widget a config.settings.sections'],
    ],
    [
      'a container of a state that is not there',
      a,
      { id: 'a', typeFullFqn: 'thingwire.repeat', config: { settings: { sections: [{ id: 's', stateId: 'gone' }] } } },
      [
        'warning noSource widget a config.settings.entityAliasId',
        'error missingState widget a config.settings.sections.0.stateId gone',
      ],
    ],
  ])('%s', (_name, path, value, expected) => {
    const problems = found(path, value)
    expect(short(problems)).toEqual(expected)
    expect(canPublish(problems)).toBe(!expected.some((one) => one.startsWith('error')))
  })

  it('are those that the checker of settings tells', () => {
    const settingsOf = (_id: string, widget: JsonRecord) =>
      widget.id === 'b' ? [{ path: ['settings', 'max'], message: 'too large' }] : []
    expect(short(found(['description'], 'x', { settingsOf }))).toEqual([
      'error settings widget b config.settings.max too large',
    ])
  })

  it('are not made by commands, but for what was taken away on purpose', () => {
    fc.assert(
      fc.property(someCommands, (commands) => {
        const problems = problemsOf(together(commands).apply(aDashboard()).configuration, { needOf: () => 'nothing' })
        const kinds = problems.filter(({ severity }) => severity === 'error').map(({ kind }) => kind)
        expect(kinds.filter((kind) => !['missingAlias', 'missingState', 'sameAliasName'].includes(kind))).toEqual([])
      }),
    )
  })

  it('are found in documents of any shape', () => {
    fc.assert(
      fc.property(anyConfiguration, (configuration) => {
        const record = typeof configuration === 'object' && configuration !== null && !Array.isArray(configuration)
        if (record)
          for (const one of problemsOf(configuration as JsonRecord, checks)) expect(one.path).toBeInstanceOf(Array)
      }),
    )
  })
})
