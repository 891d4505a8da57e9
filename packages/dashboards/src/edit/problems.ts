import { aliasFilterTypes } from '../aliases/model.ts'
import { readFilter } from '../filters/read.ts'
import { isRecord, type JsonRecord, listOf, numberOf, recordOf, textOf } from '../read.ts'
import { isMapping } from '../look/mappings.ts'
import { isColorRule } from '../look/rules.ts'
import { quickIntervals } from '../time-window/model.ts'
import { isTimeZone } from '../time-window/read.ts'
import { readTransformation } from '../transform/read.ts'
import { readContainer, sectionStates } from './container.ts'
import { right } from './grid/geometry.ts'
import type { JsonPath } from './json.ts'
import {
  aliasesOf,
  allGrids,
  boxesOf,
  columnsOf,
  filtersOf,
  gridAt,
  nameOfState,
  ours,
  pathOfGrid,
  placesOf,
  stateOf,
  statesOf,
  titleOfWidget,
  widgetsOf,
} from './parts.ts'
import { referencesIn } from './references.ts'

/** Words for each are `dashboardEditor.problem.<kind>`, with `detail` in them. */
export const problemKinds = [
  'unknownType',
  'missingAlias',
  'missingAliasName',
  'missingFilter',
  'missingState',
  'noSource',
  'noKeys',
  'noAlarmSource',
  'noTarget',
  'brokenWindow',
  'settings',
  'duplicateId',
  'unplaced',
  'outOfGrid',
  'missingWidget',
  'noSections',
  'sharedSection',
  'noAliasFilter',
  'sameAliasName',
  'brokenFilter',
  'brokenTransformation',
  'brokenMapping',
  'brokenColorRule',
  'noRoot',
  'manyRoots',
] as const
export type ProblemKind = (typeof problemKinds)[number]

/** Something that is not as it should be. Errors keep a dashboard from being published. */
export type DashboardProblem = {
  severity: 'error' | 'warning'
  kind: ProblemKind
  in: 'widget' | 'state' | 'alias' | 'filter' | 'dashboard'
  /** Of the widget, state, alias or filter; '' for the dashboard. */
  id: string
  title: string
  /** From there down. */
  path: JsonPath
  /** The name or id that is missing, or what the checker says. */
  detail: string
}

/** What a widget cannot do without. */
export type WidgetNeed = 'source' | 'alarmSource' | 'target' | 'nothing'

/** What the registry of widgets knows. */
export type WidgetChecks = {
  /** Null: there is no such widget. Containers are known without it. */
  needOf: (typeFullFqn: string) => WidgetNeed | null
  /** What is wrong with the settings of a widget; paths go from `config` down. An error unless it says otherwise. */
  settingsOf?: (
    id: string,
    widget: JsonRecord,
  ) => readonly { path: JsonPath; message: string; severity?: DashboardProblem['severity'] }[]
}

type Found = Omit<DashboardProblem, 'in' | 'id' | 'title'>
const problem = (severity: DashboardProblem['severity'], kind: ProblemKind, path: JsonPath, detail = ''): Found => ({
  severity,
  kind,
  path,
  detail,
})

/** What is wrong with a time window: the section that it names says nothing that can be looked at. */
const windowProblems = (file: unknown, path: JsonPath): Found[] => {
  if (!isRecord(file)) return []
  const isHistory = file.selectedTab === 1 || file.selectedTab === 'HISTORY'
  const name = isHistory ? 'history' : 'realtime'
  const section = recordOf(file[name])
  const kind = numberOf(isHistory ? section.historyType : section.realtimeType) ?? 0
  const at = [...path, name]
  const found: Found[] = []
  const needsLast = kind === 0 && section.timewindowMs !== undefined
  const length = numberOf(section.timewindowMs)
  if (needsLast && (length === null || length < 1))
    found.push(problem('error', 'brokenWindow', [...at, 'timewindowMs']))
  const isQuick = kind === (isHistory ? 2 : 1)
  if (isQuick && !quickIntervals.some((one) => one === section.quickInterval)) {
    found.push(problem('error', 'brokenWindow', [...at, 'quickInterval'], textOf(section.quickInterval) ?? ''))
  }
  if (isHistory && kind === 1) {
    const fixed = recordOf(section.fixedTimewindow)
    const [start, end] = [numberOf(fixed.startTimeMs), numberOf(fixed.endTimeMs)]
    if (start === null || end === null || start >= end)
      found.push(problem('error', 'brokenWindow', [...at, 'fixedTimewindow']))
  }
  const zone = textOf(file.timezone)
  if (zone !== null && !isTimeZone(zone)) found.push(problem('error', 'brokenWindow', [...path, 'timezone'], zone))
  return found
}

type Context = { configuration: JsonRecord; checks: WidgetChecks; aliasNames: ReadonlySet<string> }

const referenceProblems = (part: unknown, { configuration, aliasNames }: Context): Found[] =>
  referencesIn(part).flatMap((reference): Found[] => {
    switch (reference.kind) {
      case 'alias':
        return Object.hasOwn(aliasesOf(configuration), reference.id)
          ? []
          : [problem('error', 'missingAlias', reference.path, reference.id)]
      case 'aliasName':
        // Settings that are not in use often name aliases of the dashboard that they were copied from.
        return aliasNames.has(reference.id) || Object.hasOwn(aliasesOf(configuration), reference.id)
          ? []
          : [problem('warning', 'missingAliasName', reference.path, reference.id)]
      case 'filter':
        return Object.hasOwn(filtersOf(configuration), reference.id)
          ? []
          : [problem('error', 'missingFilter', reference.path, reference.id)]
      case 'state':
        return stateOf(configuration, reference.id)
          ? []
          : [problem('error', 'missingState', reference.path, reference.id)]
      default:
        return []
    }
  })

const isSource = (source: unknown): boolean => {
  const { type, entityAliasId, deviceId, dsEntityAliasId } = recordOf(source)
  return (
    type === 'function' || [entityAliasId, deviceId, dsEntityAliasId].some((id) => textOf(id) !== null) || isCount(type)
  )
}
const isCount = (type: unknown): boolean => type === 'entityCount' || type === 'alarmCount'

/** Maps have sources in the layers of their settings. */
const layerNames = ['markers', 'polygons', 'circles', 'polylines']

const needProblems = (config: JsonRecord, need: WidgetNeed): Found[] => {
  const sources = listOf(config.datasources)
  const layers = layerNames.flatMap((name) => listOf(recordOf(config.settings)[name]))
  if (
    need === 'source' &&
    !layers.some((layer) => textOf(recordOf(layer).dsEntityAliasId ?? recordOf(layer).dsDeviceId))
  ) {
    if (!sources.some(isSource)) return [problem('warning', 'noSource', ['config', 'datasources'])]
    return sources.flatMap((source, index) =>
      isSource(source) && !isCount(recordOf(source).type) && listOf(recordOf(source).dataKeys).length === 0
        ? [problem('warning', 'noKeys', ['config', 'datasources', index, 'dataKeys'])]
        : [],
    )
  }
  if (need === 'alarmSource' && !isSource(config.alarmSource)) {
    return [problem('warning', 'noAlarmSource', ['config', 'alarmSource'])]
  }
  const target = recordOf(config.targetDevice)
  if (need === 'target' && textOf(target.entityAliasId) === null && textOf(target.deviceId) === null) {
    return [problem('warning', 'noTarget', ['config', 'targetDevice'])]
  }
  return []
}

/** What is stored and could not be read, so that it would be left out without a word. */
const unread = (part: JsonRecord, path: JsonPath): Found[] => {
  const lists = [
    ['transformations', 'brokenTransformation', (one: unknown) => readTransformation(one) !== null],
    ['mappings', 'brokenMapping', isMapping],
    ['colorRules', 'brokenColorRule', isColorRule],
  ] as const
  return lists.flatMap(([name, kind, isRead]) =>
    listOf(ours(part)[name]).flatMap((one, index) =>
      isRead(one) ? [] : [problem('error', kind, [...path, 'thingwire', name, index])],
    ),
  )
}

const extraProblems = (config: JsonRecord): Found[] => [
  ...unread(config, ['config']),
  ...listOf(config.datasources).flatMap((source, at) =>
    listOf(recordOf(source).dataKeys).flatMap((key, index) =>
      unread(recordOf(key), ['config', 'datasources', at, 'dataKeys', index]),
    ),
  ),
]

const widgetProblems = (id: string, widget: JsonRecord, context: Context): Found[] => {
  const config = recordOf(widget.config)
  const container = readContainer(widget)
  const need = container ? 'nothing' : context.checks.needOf(textOf(widget.typeFullFqn) ?? '')
  return [
    ...(need === null ? [problem('warning', 'unknownType', ['typeFullFqn'], textOf(widget.typeFullFqn) ?? '')] : []),
    ...(container && container.sections.length === 0
      ? [problem('error', 'noSections', ['config', 'settings', 'sections'])]
      : []),
    ...(container?.repeat && container.repeat.aliasId === null
      ? [problem('warning', 'noSource', ['config', 'settings', 'entityAliasId'])]
      : []),
    ...referenceProblems(widget, context),
    ...extraProblems(config),
    ...(need === null ? [] : needProblems(config, need)),
    ...(config.useDashboardTimewindow === false ? windowProblems(config.timewindow, ['config', 'timewindow']) : []),
    ...(context.checks.settingsOf?.(id, widget) ?? []).map(({ path, message, severity = 'error' }) =>
      problem(severity, 'settings', ['config', ...path], message),
    ),
  ]
}

const duplicateIds = (configuration: JsonRecord): DashboardProblem[] => {
  const seen = new Set<string>()
  return Object.entries(widgetsOf(configuration)).flatMap(([id, widget]): DashboardProblem[] => {
    const own = textOf(recordOf(widget).id) ?? id
    const isTaken = seen.has(own) || (own !== id && Object.hasOwn(widgetsOf(configuration), own))
    seen.add(own)
    if (!isTaken) return []
    return [
      { ...problem('error', 'duplicateId', ['id'], own), in: 'widget', id, title: titleOfWidget(recordOf(widget)) },
    ]
  })
}

const stateProblems = (configuration: JsonRecord): DashboardProblem[] => {
  const about = (stateId: string) => ({ in: 'state', id: stateId, title: nameOfState(configuration, stateId) }) as const
  const ofGrids = allGrids(configuration).flatMap((at): DashboardProblem[] => {
    const grid = gridAt(configuration, at)
    const columns = columnsOf(grid)
    const path = pathOfGrid(at).slice(2)
    const out = [...boxesOf(grid)].filter(([, box]) => right(box) > columns)
    const missing = Object.keys(placesOf(grid)).filter((id) => !Object.hasOwn(widgetsOf(configuration), id))
    const titleOf = (id: string) => titleOfWidget(recordOf(widgetsOf(configuration)[id])) || id
    return [
      ...out.map(([id]) => problem('warning', 'outOfGrid', [...path, 'widgets', id], titleOf(id))),
      ...missing.map((id) => problem('warning', 'missingWidget', [...path, 'widgets', id], id)),
    ].map((one) => ({ ...one, ...about(at.stateId) }))
  })
  const roots = Object.entries(statesOf(configuration)).filter(([, state]) => recordOf(state).root === true)
  const [, second] = roots
  const ofDashboard = { in: 'dashboard', id: '', title: '' } as const
  const rootProblems: DashboardProblem[] =
    roots.length === 0
      ? [{ ...problem('warning', 'noRoot', ['configuration', 'states']), ...ofDashboard }]
      : second
        ? [{ ...problem('warning', 'manyRoots', ['root'], roots.map(([id]) => id).join(', ')), ...about(second[0]) }]
        : []
  return [...ofGrids, ...rootProblems]
}

const unplacedWidgets = (configuration: JsonRecord): DashboardProblem[] => {
  const placed = new Set(allGrids(configuration).flatMap((at) => Object.keys(placesOf(gridAt(configuration, at)))))
  return Object.entries(widgetsOf(configuration)).flatMap(([id, widget]): DashboardProblem[] =>
    isRecord(widget) && !placed.has(id)
      ? [{ ...problem('warning', 'unplaced', []), in: 'widget', id, title: titleOfWidget(widget) }]
      : [],
  )
}

const aliasProblems = (configuration: JsonRecord): DashboardProblem[] => {
  const names = new Map<string, string>()
  return Object.entries(aliasesOf(configuration)).flatMap(([id, alias]): DashboardProblem[] => {
    const name = textOf(recordOf(alias).alias) ?? ''
    const about = { in: 'alias', id, title: name || id } as const
    const { type } = recordOf(recordOf(alias).filter)
    const found: Found[] = []
    if (!aliasFilterTypes.some((one) => one === type))
      found.push(problem('error', 'noAliasFilter', ['filter', 'type'], textOf(type) ?? ''))
    if (name === '' || names.has(name)) found.push(problem('error', 'sameAliasName', ['alias'], name))
    names.set(name, id)
    return found.map((one) => ({ ...one, ...about }))
  })
}

const filterProblems = (configuration: JsonRecord): DashboardProblem[] =>
  Object.entries(filtersOf(configuration)).flatMap(([id, file]) =>
    (readFilter(id, file)?.problems ?? ['']).map((detail) => ({
      ...problem('error', 'brokenFilter', ['keyFilters'], detail),
      ...{ in: 'filter' as const, id, title: textOf(recordOf(file).filter) ?? id },
    })),
  )

/** A section is a state of its own: two containers that show the same one would draw its widgets twice. */
const sharedSections = (configuration: JsonRecord): DashboardProblem[] => {
  const owners = sectionStates(configuration)
  return Object.entries(widgetsOf(configuration)).flatMap(([id, widget]): DashboardProblem[] =>
    (isRecord(widget) ? (readContainer(widget)?.sections ?? []) : []).flatMap((section, index) => {
      const owner = owners.get(section.stateId)
      if (!owner || (owner.widgetId === id && owner.sectionId === section.id)) return []
      const path = ['config', 'settings', 'sections', index]
      const title = titleOfWidget(recordOf(widget))
      return [{ ...problem('error', 'sharedSection', path, section.title), in: 'widget' as const, id, title }]
    }),
  )
}

/** All that is not as it should be in a dashboard, widget by widget, then the rest. */
export const problemsOf = (configuration: JsonRecord, checks: WidgetChecks): DashboardProblem[] => {
  const aliasNames = new Set(
    Object.values(aliasesOf(configuration)).flatMap((one) => textOf(recordOf(one).alias) ?? []),
  )
  const context = { configuration, checks, aliasNames }
  const ofWidgets = Object.entries(widgetsOf(configuration)).flatMap(([id, widget]): DashboardProblem[] =>
    isRecord(widget)
      ? widgetProblems(id, widget, context).map((one) => ({ ...one, in: 'widget', id, title: titleOfWidget(widget) }))
      : [],
  )
  const ofWindow = windowProblems(configuration.timewindow, ['configuration', 'timewindow']).map(
    (one): DashboardProblem => ({ ...one, in: 'dashboard', id: '', title: '' }),
  )
  return [
    ...ofWidgets,
    ...duplicateIds(configuration),
    ...sharedSections(configuration),
    ...unplacedWidgets(configuration),
    ...stateProblems(configuration),
    ...aliasProblems(configuration),
    ...filterProblems(configuration),
    ...ofWindow,
  ]
}

/** Whether a dashboard with these problems can be published. */
export const canPublish = (problems: readonly DashboardProblem[]): boolean =>
  !problems.some(({ severity }) => severity === 'error')
