import { isRecord, type JsonRecord, recordOf, textOf } from '../../read.ts'
import type { TimeWindowModel } from '../../time-window/model.ts'
import { writeTimeWindow } from '../../time-window/read.ts'
import { configurationCommand } from '../command.ts'
import { mapped, mappedMembers, withMember, withMembers, without } from '../json.ts'
import type { Command } from '../model.ts'
import { aliasesOf, aliasOf, filterOf, filtersOf, titleOfWidget, widgetOf, widgetsOf, withWidget } from '../parts.ts'

const nameOfAlias = (id: string) => (configuration: JsonRecord) => textOf(aliasOf(configuration, id)?.alias) ?? ''
const nameOfFilter = (id: string) => (configuration: JsonRecord) => textOf(filterOf(configuration, id)?.filter) ?? ''

/** Settings of older widgets name an alias by its name. */
const withAliasName = (value: unknown, from: string, to: string): unknown => {
  if (Array.isArray(value)) return mapped<unknown>(value, (one) => [withAliasName(one, from, to)])
  if (!isRecord(value)) return value
  return mappedMembers(value, (member, name) =>
    member === from && /entityAlias$/i.test(name) ? to : withAliasName(member, from, to),
  )
}

/**
 * Adds an alias, or changes it. A new name is also put where settings name it by the former one.
 * @param alias as in files: `alias` (its name) and `filter`; members that it does not have stay
 */
export const putAlias = (id: string, alias: JsonRecord): Command =>
  configurationCommand({ key: 'putAlias', title: textOf(alias.alias) ?? '', join: `alias ${id}` }, (configuration) => {
    const before = aliasOf(configuration, id)
    const after = withMembers(before ?? {}, { ...alias, id })
    const [from, to] = [textOf(before?.alias), textOf(after.alias)]
    const named = withMember(configuration, 'entityAliases', withMember(aliasesOf(configuration), id, after))
    if (from === null || to === null || from === to || isNameShared(configuration, id, from)) return named
    const widgets = mappedMembers(widgetsOf(named), (widget) => withAliasName(widget, from, to))
    return withMember(named, 'widgets', widgets)
  })

const isNameShared = (configuration: JsonRecord, id: string, name: string): boolean =>
  Object.entries(aliasesOf(configuration)).some(([other, one]) => other !== id && recordOf(one).alias === name)

/** Removes an alias. What uses it, is a problem from then on: see `usesOfAlias` before. */
export const removeAlias = (id: string): Command =>
  configurationCommand({ key: 'removeAlias', title: nameOfAlias(id) }, (configuration) =>
    aliasOf(configuration, id)
      ? withMember(configuration, 'entityAliases', without(aliasesOf(configuration), [id]))
      : configuration,
  )

/** @param filter as in files: `filter` (its name), `keyFilters`, `editable`, `keyFiltersOperation` */
export const putFilter = (id: string, filter: JsonRecord): Command =>
  configurationCommand(
    { key: 'putFilter', title: textOf(filter.filter) ?? '', join: `filter ${id}` },
    (configuration) => {
      const after = withMembers(filterOf(configuration, id) ?? {}, { ...filter, id })
      return withMember(configuration, 'filters', withMember(filtersOf(configuration), id, after))
    },
  )

export const removeFilter = (id: string): Command =>
  configurationCommand({ key: 'removeFilter', title: nameOfFilter(id) }, (configuration) =>
    filterOf(configuration, id)
      ? withMember(configuration, 'filters', without(filtersOf(configuration), [id]))
      : configuration,
  )

/** Members of the dashboard's settings; undefined takes one out. */
export const setSettings = (members: JsonRecord): Command =>
  configurationCommand({ key: 'changeSettings', join: `settings ${Object.keys(members).join(' ')}` }, (configuration) =>
    withMember(configuration, 'settings', withMembers(recordOf(configuration.settings), members)),
  )

export const setDescription = (text: string): Command =>
  configurationCommand({ key: 'changeSettings', join: 'description' }, (configuration) =>
    withMember(configuration, 'description', text === '' ? undefined : text),
  )

/** The window of the dashboard, kept in the file's form. */
export const setTimeWindow = (window: TimeWindowModel): Command =>
  configurationCommand({ key: 'changeTimeWindow', join: 'time window' }, (configuration) =>
    withMember(configuration, 'timewindow', writeTimeWindow(window, configuration.timewindow)),
  )

/** What the window's picker offers and hides, and other members of the window as files have them. */
export const setTimeWindowMembers = (members: JsonRecord): Command =>
  configurationCommand({ key: 'changeTimeWindow', join: `window ${Object.keys(members).join(' ')}` }, (configuration) =>
    withMember(configuration, 'timewindow', withMembers(recordOf(configuration.timewindow), members)),
  )

/** The window of a widget; null: the dashboard's. The own one is kept for later. */
export const setWidgetWindow = (id: string, window: TimeWindowModel | null): Command =>
  configurationCommand(
    {
      key: 'changeTimeWindow',
      title: (configuration) => titleOfWidget(widgetOf(configuration, id)),
      join: `window of ${id}`,
    },
    (configuration) => {
      const widget = widgetOf(configuration, id)
      if (!widget) return configuration
      const config = recordOf(widget.config)
      const changed = window
        ? { useDashboardTimewindow: false, timewindow: writeTimeWindow(window, config.timewindow) }
        : { useDashboardTimewindow: true }
      return withWidget(configuration, id, withMember(widget, 'config', withMembers(config, changed)))
    },
  )

/** The whole configuration as it was written in the JSON view. */
export const setConfiguration = (configuration: JsonRecord): Command =>
  configurationCommand({ key: 'changeJson' }, () => configuration)
