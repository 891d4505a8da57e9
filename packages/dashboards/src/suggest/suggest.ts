import type { AttributeSummary, KeySummaries, SeriesSummary } from '@thingwire/contracts'
import type { WidgetKind } from '../document/model.ts'
import type { JsonRecord } from '../read.ts'
import { chartGroups, type FoundKey, sortKeys } from './kinds.ts'
import { decimalsOf, keyJson, mapSettings, truthStates } from './parts.ts'
import { scaleFor } from './units.ts'

/** What is known of the data behind an alias. */
export type DataSummary = {
  aliasId: string
  /** Name of the alias, or of its one entity. */
  name: string
  /** Of the entities behind it; `entities` counts all of them. */
  keys: KeySummaries
  /** Whether any of them has, or had, an alarm. */
  hasAlarms: boolean
}

/** Why it is suggested; words are `dashboardLibrary.reason.<reason>`, with the keys in them. */
export type SuggestionReason =
  | 'overTime'
  | 'manyOverTime'
  | 'newest'
  | 'scale'
  | 'named'
  | 'states'
  | 'place'
  | 'table'
  | 'compare'
  | 'shares'
  | 'count'
  | 'alarms'
  | 'texts'

/** A ready-made widget. */
export type Suggestion = {
  /** The same for the same data. */
  id: string
  typeFullFqn: string
  type: WidgetKind
  title: string
  reason: SuggestionReason
  /** Keys that it shows. */
  keys: readonly string[]
  /** 0–100: how well it fits. */
  score: number
  /** In a grid of 24 columns. */
  sizeX: number
  sizeY: number
  config: JsonRecord
}

type Key = { name: string; type: 'timeseries' | 'attribute'; summary: SeriesSummary | AttributeSummary }
type Context = DataSummary
type Draft = Omit<Suggestion, 'id' | 'config'> & {
  config?: JsonRecord
  keysJson?: readonly JsonRecord[]
  settings?: JsonRecord
}

/** A series and an attribute of the same name are one key: that of the series. */
const keysOf = ({ keys }: DataSummary): Map<string, Key> =>
  new Map([
    ...keys.attributes.map((summary): [string, Key] => [
      summary.key,
      { name: summary.key, type: 'attribute', summary },
    ]),
    ...keys.timeseries.map((summary): [string, Key] => [
      summary.key,
      { name: summary.key, type: 'timeseries', summary },
    ]),
  ])

const rangeOf = ({ summary }: Key) => {
  const last = Number(summary.last.value)
  return {
    min: 'min' in summary ? summary.min : null,
    max: 'max' in summary ? summary.max : null,
    last: Number.isFinite(last) ? last : null,
  }
}

const jsonOf = (key: Key, index: number): JsonRecord => {
  const { last } = rangeOf(key)
  const { units } = scaleFor(key.name, rangeOf(key))
  return keyJson(key.name, index, {
    type: key.type,
    ...(key.summary.kind === 'number' && last !== null && { decimals: decimalsOf(last) }),
    ...(key.summary.kind === 'number' && units !== null && { units }),
  })
}

const finished = (draft: Draft, aliasId: string): Suggestion => {
  const { keysJson = [], settings = {}, config = {}, ...rest } = draft
  return {
    ...rest,
    id: [rest.typeFullFqn, ...rest.keys].join(' '),
    config: {
      showTitle: rest.title !== '',
      datasources:
        keysJson.length > 0 ? [{ type: 'entity', name: '', entityAliasId: aliasId, dataKeys: keysJson }] : [],
      useDashboardTimewindow: true,
      settings,
      ...config,
    },
  }
}

const hasHistory = ({ summary }: Key): boolean => 'points' in summary && summary.points > 1

const charts = (keys: readonly Key[], { keys: { entities } }: Context): Draft[] => {
  const numbers = keys.filter((key) => key.type === 'timeseries' && hasHistory(key))
  const isMany = entities > 1
  const groups = isMany
    ? numbers.map(({ name }) => [name])
    : chartGroups(numbers.map((key) => ({ name: key.name, value: rangeOf(key).last ?? 0 })))
  return groups.map((names, index) => {
    const shown = numbers.filter(({ name }) => names.includes(name))
    // Lines of several entities are told apart by their names.
    const more = isMany ? { label: '${entityName}' } : {}
    return {
      ...{ typeFullFqn: 'system.time_series_chart', type: 'timeseries', title: names.join(', ') },
      ...{ reason: isMany ? 'manyOverTime' : 'overTime', keys: names, score: 90 - Math.min(index, 10) },
      ...{ sizeX: 12, sizeY: 7 },
      keysJson: shown.map((key, at) => ({ ...jsonOf(key, at), ...more })),
      settings: { showLegend: isMany || names.length > 1 },
    } satisfies Draft
  })
}

const singles = (keys: readonly Key[]): Draft[] =>
  keys.flatMap((key, index): Draft[] => {
    const scale = scaleFor(key.name, rangeOf(key))
    const keysJson = [jsonOf(key, index)]
    const common = { type: 'latest', title: key.name, keys: [key.name], keysJson } as const
    const rank = Math.min(index, 8)
    const limits = { minValue: scale.min, maxValue: scale.max }
    const gauge: Draft[] =
      scale.max > scale.min
        ? [
            {
              ...common,
              ...{
                typeFullFqn: 'system.digital_gauges.gauge_justgage',
                reason: 'scale',
                score: 64 - rank,
                sizeX: 5,
                sizeY: 5,
              },
              settings: limits,
            },
          ]
        : []
    const named: Draft[] =
      scale.widget === null
        ? []
        : [
            {
              ...common,
              typeFullFqn: scale.widget,
              reason: 'named',
              score: 78 - rank,
              sizeX: 5,
              sizeY: 5,
              settings: limits,
            },
          ]
    return [
      {
        ...common,
        ...{
          typeFullFqn: 'system.cards.value_card',
          title: '',
          reason: 'newest',
          score: 74 - rank,
          sizeX: 6,
          sizeY: 3,
        },
        settings: { showIcon: false },
      },
      ...named,
      ...gauge,
    ]
  })

/** Few different values of a series are states. */
const mostStates = 12
const isStates = ({ summary }: Key): boolean =>
  'distinct' in summary &&
  (summary.kind === 'boolean' || (summary.kind === 'text' && summary.distinct <= mostStates && summary.distinct > 0))

const states = (keys: readonly Key[], { keys: { entities } }: Context): Draft[] => {
  const shown = keys.filter((key) => isStates(key))
  const truths = shown.filter(({ summary }) => summary.kind === 'boolean')
  if (shown.length === 0) return []
  const chart = (list: readonly Key[], score: number): Draft[] =>
    list.length === 0
      ? []
      : [
          {
            ...{
              typeFullFqn: 'system.state_chart',
              type: 'timeseries',
              title: list.map(({ name }) => name).join(', '),
            },
            ...{ reason: 'states', keys: list.map(({ name }) => name), score, sizeX: 12, sizeY: 5 },
            keysJson: list.map((key, index) => ({
              ...jsonOf(key, index),
              ...(entities > 1 && { label: '${entityName}' }),
            })),
            settings: { states: statesOf(list) },
          },
        ]
  const texts = shown.filter(({ summary }) => summary.kind === 'text')
  return [...chart(truths, 80), ...texts.flatMap((key) => chart([key], 66))]
}

/** States that the newest value tells of; others are added as they are seen, by hand. */
const statesOf = (keys: readonly Key[]): readonly JsonRecord[] => {
  const [first] = keys
  if (!first || first.summary.kind === 'boolean') return truthStates
  const value = String(first.summary.last.value)
  return [{ label: value, value: 1, sourceType: 'constant', sourceValue: value }]
}

const nameKey: JsonRecord = { name: 'name', type: 'entityField', label: 'Name', settings: {} }

const tables = (all: readonly Key[], { keys: { entities }, name }: Context): Draft[] => {
  if (all.length === 0) return []
  const shown = all.slice(0, 12)
  const isMany = entities > 1
  const keysJson = [...(isMany ? [nameKey] : []), ...shown.map(jsonOf)]
  const series = all.filter((key) => key.type === 'timeseries').slice(0, 8)
  const common = { type: 'latest', title: name, keys: shown.map((key) => key.name), keysJson } as const
  return [
    {
      ...common,
      ...{ typeFullFqn: 'system.cards.entities_table', reason: 'table', score: isMany ? 92 : 50, sizeX: 24, sizeY: 7 },
      settings: { displayEntityName: false },
    },
    ...(series.some(hasHistory)
      ? [
          {
            ...{ typeFullFqn: 'system.cards.timeseries_table', type: 'timeseries', title: name, reason: 'table' },
            ...{ keys: series.map((key) => key.name), score: 40, sizeX: 12, sizeY: 7, keysJson: series.map(jsonOf) },
          } satisfies Draft,
        ]
      : []),
  ]
}

const comparisons = (numbers: readonly Key[], { keys: { entities } }: Context): Draft[] => {
  if (entities < 2 || entities > 30) return []
  return numbers.slice(0, 4).flatMap((key, index): Draft[] => {
    const keysJson = [{ ...jsonOf(key, index), label: '${entityName}' }]
    const common = { type: 'latest', title: key.name, keys: [key.name], keysJson, sizeX: 8, sizeY: 6 } as const
    const isPositive = (rangeOf(key).min ?? rangeOf(key).last ?? -1) >= 0
    const { widget } = scaleFor(key.name, rangeOf(key))
    return [
      { ...common, typeFullFqn: 'system.bars', reason: 'compare', score: 70 - index },
      // Shares of a temperature or of a percentage mean nothing.
      ...(isPositive && widget === null && entities <= 8 && jsonOf(key, 0).units !== '%'
        ? [{ ...common, typeFullFqn: 'system.doughnut', reason: 'shares', score: 55 - index } satisfies Draft]
        : []),
    ]
  })
}

const places = (keys: readonly Key[], { aliasId, keys: { entities }, name }: Context): Draft[] => {
  const found: FoundKey[] = keys.map((key) => ({ name: key.name, value: key.summary.last.value }))
  const { place } = sortKeys(found)
  const type = keys.find((key) => key.name === place?.latitude)?.type ?? 'timeseries'
  if (!place) return []
  const used = [place.latitude, place.longitude]
  const common = { title: name, keys: used, reason: 'place', sizeX: 12, sizeY: 8 } as const
  const settings = mapSettings(aliasId, place, type)
  return [{ ...common, typeFullFqn: 'system.map', type: 'latest', score: entities > 1 ? 95 : 84, settings }]
}

const alarms = ({ aliasId, hasAlarms, name }: Context): Draft[] => {
  if (!hasAlarms) return []
  const names = ['createdTime', 'originator', 'type', 'severity', 'status']
  const dataKeys = names.map((one) => ({ name: one, type: 'alarm', label: one, settings: {} }))
  return [
    {
      ...{ typeFullFqn: 'system.alarm_widgets.alarms_table', type: 'alarm', title: name, reason: 'alarms' },
      ...{ keys: [], score: 82, sizeX: 24, sizeY: 7 },
      config: { alarmSource: { type: 'entity', name: '', entityAliasId: aliasId, dataKeys } },
    },
    {
      ...{
        typeFullFqn: 'system.alarm_count',
        type: 'latest',
        title: '',
        reason: 'alarms',
        keys: [],
        score: 60,
        sizeX: 4,
        sizeY: 2,
      },
      config: {
        datasources: [
          {
            type: 'alarmCount',
            name: '',
            entityAliasId: aliasId,
            dataKeys: [{ name: 'count', type: 'count', label: 'Alarms', settings: {} }],
          },
        ],
      },
    },
  ]
}

const counts = ({ aliasId, keys: { entities }, name }: Context): Draft[] =>
  entities < 2
    ? []
    : [
        {
          ...{
            typeFullFqn: 'system.entity_count',
            type: 'latest',
            title: '',
            reason: 'count',
            keys: [],
            score: 58,
            sizeX: 4,
            sizeY: 2,
          },
          config: {
            datasources: [
              {
                type: 'entityCount',
                name: '',
                entityAliasId: aliasId,
                dataKeys: [{ name: 'count', type: 'count', label: name, settings: {} }],
              },
            ],
          },
        },
      ]

const texts = (keys: readonly Key[], { keys: { entities } }: Context): Draft[] => {
  const shown = keys.filter((key) => key.summary.kind === 'text' || key.summary.kind === 'json').slice(0, 10)
  if (entities !== 1 || shown.length === 0) return []
  return [
    {
      ...{ typeFullFqn: 'system.cards.attributes_card', type: 'latest', title: '', reason: 'texts' },
      ...{ keys: shown.map(({ name }) => name), score: 52, sizeX: 8, sizeY: 4, keysJson: shown.map(jsonOf) },
    },
  ]
}

/** Moments, epoch ms of this century, are drawn by nobody as numbers. */
const isMoment = ({ name, summary }: Key): boolean => {
  const value = Number(summary.last.value)
  return /(at|ts|time|date)$/i.test(name) && value > 9e11 && value < 5e12
}

/** Bookkeeping of the platform: rarely what somebody wants to see first. */
export const internalKeys: ReadonlySet<string> = new Set([
  'active',
  'lastConnectTime',
  'lastDisconnectTime',
  'lastActivityTime',
  'inactivityAlarmTime',
  'inactivityTimeout',
  'provisionState',
])

/**
 * Ready-made widgets for some data, the best first. Pure: the same summary gives the same list.
 * @param isKnown whether there is such a widget
 */
export const suggestWidgets = (
  data: DataSummary,
  isKnown: (typeFullFqn: string) => boolean,
  most = 24,
): Suggestion[] => {
  const byName = keysOf(data)
  const all = [...byName.values()]
    .filter(({ name }) => !internalKeys.has(name))
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
  const placed = new Set(places(all, data).flatMap(({ keys }) => keys))
  const shown = all.filter(({ name }) => !placed.has(name))
  const numbers = shown.filter((key) => key.summary.kind === 'number' && !isMoment(key))
  const drafts = [
    ...places(all, data),
    ...charts(numbers, data),
    ...(data.keys.entities === 1 ? singles(numbers) : []),
    ...states(shown, data),
    ...tables(shown, data),
    ...comparisons(numbers, data),
    ...texts(shown, data),
    ...counts(data),
    ...alarms(data),
  ]
  return drafts
    .filter(({ typeFullFqn }) => isKnown(typeFullFqn))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, most)
    .map((draft) => finished(draft, data.aliasId))
}
