import { currentForm } from '@thingwire/dashboards/edit'

type Json = Readonly<Record<string, unknown>>

/** Another thing that an alias of a file finds here. */
export type AliasChoice =
  | { kind: 'entity'; entityType: 'DEVICE' | 'ASSET'; id: string }
  | { kind: 'profile'; name: string }

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const filterOf = (choice: AliasChoice, former: Json): Json => {
  const resolveMultiple = former.resolveMultiple === true
  return choice.kind === 'entity'
    ? {
        ...{ type: 'singleEntity', resolveMultiple: false },
        singleEntity: { entityType: choice.entityType, id: choice.id },
      }
    : { type: 'deviceType', resolveMultiple, deviceTypes: [choice.name], deviceNameFilter: '' }
}

/** The configuration with other entities behind some of its aliases; untouched where none is chosen. */
export const mapAliases = (configuration: Json, choices: ReadonlyMap<string, AliasChoice>): Json => {
  if (choices.size === 0) return configuration
  const current = currentForm(configuration)
  const aliases = isJson(current.entityAliases) ? current.entityAliases : {}
  const mapped = Object.entries(aliases).map(([id, alias]) => {
    const choice = choices.get(id)
    if (!choice || !isJson(alias)) return [id, alias] as const
    return [id, { ...alias, filter: filterOf(choice, isJson(alias.filter) ? alias.filter : {}) }] as const
  })
  return { ...current, entityAliases: Object.fromEntries(mapped) }
}
