import type { EntityId } from '@thingwire/contracts'
import { type Command, putAlias } from '@thingwire/dashboards/edit'
import { isEqual } from '@thingwire/editing'

type Json = Readonly<Record<string, unknown>>

/** Whose data the library draws: an alias that the dashboard has, or one that it gets with the first widget of it. */
export type LibraryData = {
  aliasId: string
  name: string
  /** As aliases of files have it. */
  filter: Json
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The aliases of a configuration, in file order. */
export const aliasesIn = (configuration: Json): LibraryData[] =>
  Object.entries(isJson(configuration.entityAliases) ? configuration.entityAliases : {}).flatMap(([aliasId, alias]) =>
    isJson(alias) && isJson(alias.filter)
      ? [{ aliasId, name: typeof alias.alias === 'string' ? alias.alias : aliasId, filter: alias.filter }]
      : [],
  )

/** Whether two filters find the same; empty members and whether there may be several say nothing of it. */
const isSameFilter = (a: Json, b: Json): boolean => isEqual(plain(a), plain(b))
const plain = (filter: Json): Json =>
  Object.fromEntries(
    Object.entries(filter).filter(
      ([name, value]) => name !== 'resolveMultiple' && value !== '' && value !== null && value !== undefined,
    ),
  )

/** The alias that finds the same, else a new one. */
const aliasOfFilter = (configuration: Json, wanted: Omit<LibraryData, 'aliasId'>, newId: () => string): LibraryData =>
  aliasesIn(configuration).find(({ filter }) => isSameFilter(filter, wanted.filter)) ?? {
    ...wanted,
    aliasId: newId(),
    name: freeName(configuration, wanted.name),
  }

/** Settings of older widgets name aliases by their names, so no two have the same. */
const freeName = (configuration: Json, wanted: string): string => {
  const taken = new Set(aliasesIn(configuration).map(({ name }) => name))
  for (let nth = 1; ; nth++) {
    const name = nth === 1 ? wanted : `${wanted} ${nth}`
    if (!taken.has(name)) return name
  }
}

export const dataOfEntity = (configuration: Json, entity: { id: EntityId; name: string }, newId: () => string) => {
  const filter = { type: 'singleEntity', resolveMultiple: false, singleEntity: { ...entity.id } }
  return aliasOfFilter(configuration, { name: entity.name, filter }, newId)
}

export const dataOfProfile = (configuration: Json, profile: string, newId: () => string) => {
  const filter = { type: 'deviceType', resolveMultiple: true, deviceTypes: [profile], deviceNameFilter: '' }
  return aliasOfFilter(configuration, { name: profile, filter }, newId)
}

/** Adds the alias where the dashboard has none of that id. */
export const aliasCommand = (configuration: Json, { aliasId, name, filter }: LibraryData): Command | null =>
  isJson(configuration.entityAliases) && Object.hasOwn(configuration.entityAliases, aliasId)
    ? null
    : putAlias(aliasId, { alias: name, filter })
