import { isRecord, type JsonRecord, recordOf, textOf } from '../read.ts'
import { sectionStates } from './container.ts'
import { own } from './json.ts'
import type { JsonPath } from './json.ts'
import {
  aliasesOf,
  aliasOf,
  allGrids,
  filtersOf,
  gridAt,
  nameOfState,
  placesOf,
  titleOfWidget,
  widgetsOf,
} from './parts.ts'
import { type Reference, referencesIn } from './references.ts'

/** Where something is used. `title` is that of the widget, or the name of the alias or filter. */
export type Use = {
  in: 'widget' | 'alias' | 'filter'
  id: string
  title: string
  /** From the widget, alias or filter down. */
  path: JsonPath
  /** States in which the widget stands, by name; that around the container for one in a section. */
  states: readonly { id: string; name: string }[]
}

/** Ids of the states in which each widget stands. */
export const statesOfWidgets = (configuration: JsonRecord): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>()
  for (const at of allGrids(configuration)) {
    for (const id of Object.keys(placesOf(gridAt(configuration, at)))) {
      const states = found.get(id) ?? []
      if (!states.includes(at.stateId)) states.push(at.stateId)
      found.set(id, states)
    }
  }
  return found
}

/** The states that people know: for a section of a container, those in which the container stands. */
const knownStates = (configuration: JsonRecord) => {
  const [owners, standing] = [sectionStates(configuration), statesOfWidgets(configuration)]
  const outer = (stateId: string, seen: readonly string[]): string[] => {
    const owner = owners.get(stateId)
    if (!owner || seen.includes(stateId)) return [stateId]
    return (standing.get(owner.widgetId) ?? []).flatMap((one) => outer(one, [...seen, stateId]))
  }
  return (widgetId: string) =>
    [...new Set((standing.get(widgetId) ?? []).flatMap((stateId) => outer(stateId, [])))].map((id) => ({
      id,
      name: nameOfState(configuration, id),
    }))
}

/** Uses of whatever fits, in all widgets, aliases and filters. */
export const usesOf = (configuration: JsonRecord, fits: (reference: Reference) => boolean): Use[] => {
  const statesOf = knownStates(configuration)
  const inPart = (part: unknown, about: Omit<Use, 'path'>): Use[] =>
    referencesIn(part).flatMap((reference) => (fits(reference) ? [{ ...about, path: reference.path }] : []))
  return [
    ...Object.entries(widgetsOf(configuration)).flatMap(([id, widget]) =>
      isRecord(widget) ? inPart(widget, { in: 'widget', id, title: titleOfWidget(widget), states: statesOf(id) }) : [],
    ),
    ...Object.entries(aliasesOf(configuration)).flatMap(([id, alias]) =>
      inPart(recordOf(alias).filter, { in: 'alias', id, title: textOf(recordOf(alias).alias) ?? id, states: [] }),
    ),
    ...Object.entries(filtersOf(configuration)).flatMap(([id, filter]) =>
      inPart(filter, { in: 'filter', id, title: textOf(recordOf(filter).filter) ?? id, states: [] }),
    ),
  ]
}

/** Where an alias is used: by id, and in settings by its name. */
export const usesOfAlias = (configuration: JsonRecord, id: string): Use[] => {
  const name = textOf(aliasOf(configuration, id)?.alias)
  return usesOf(
    configuration,
    (reference) =>
      (reference.kind === 'alias' && reference.id === id) ||
      (reference.kind === 'aliasName' && (reference.id === id || reference.id === name)),
  )
}

export const usesOfFilter = (configuration: JsonRecord, id: string): Use[] =>
  usesOf(configuration, (reference) => reference.kind === 'filter' && reference.id === id)

/** Actions that open a state, and widgets that show it. */
export const usesOfState = (configuration: JsonRecord, id: string): Use[] =>
  usesOf(configuration, (reference) => reference.kind === 'state' && reference.id === id)

export const usesOfEntity = (configuration: JsonRecord, entityId: string): Use[] =>
  usesOf(configuration, (reference) => reference.kind === 'entity' && reference.id === entityId)

export const usesOfKey = (configuration: JsonRecord, name: string): Use[] => {
  const inFilters = Object.entries(filtersOf(configuration)).flatMap(([id, filter]): Use[] => {
    const keys = Array.isArray(recordOf(filter).keyFilters) ? (recordOf(filter).keyFilters as unknown[]) : []
    return keys.flatMap((one, index) =>
      recordOf(recordOf(one).key).key === name
        ? [{ in: 'filter', id, title: textOf(recordOf(filter).filter) ?? id, path: ['keyFilters', index], states: [] }]
        : [],
    )
  })
  return [...usesOf(configuration, (reference) => reference.kind === 'key' && reference.name === name), ...inFilters]
}

/** Aliases that nothing uses. */
export const unusedAliases = (configuration: JsonRecord): string[] => {
  const used = new Set(
    Object.values(widgetsOf(configuration)).flatMap((widget) =>
      referencesIn(widget).flatMap((one) => (one.kind === 'alias' || one.kind === 'aliasName' ? [one.id] : [])),
    ),
  )
  return Object.keys(aliasesOf(configuration)).filter(
    (id) => !used.has(id) && !used.has(textOf(recordOf(own(aliasesOf(configuration), id)).alias) ?? id),
  )
}
