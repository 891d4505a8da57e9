import type { DashboardConfiguration } from '@thingwire/contracts'
import { z } from 'zod'

export type Alias = DashboardConfiguration['entityAliases'][string]

/** Where the devices of an alias are to be found. Names are patterns: a prefix, `%` for anything. */
export type AliasPlan =
  | { kind: 'ids'; ids: string[] }
  | { kind: 'search'; types: string[]; namePattern: string; onlyFirst: boolean }
  | { kind: 'unsupported'; filterType: string }

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '')
const entity = z.object({ entityType: z.string(), id: z.string() })

const filterSchemas = {
  singleEntity: z.object({ singleEntity: entity }),
  entityList: z.object({ entityType: z.string(), entityList: z.array(z.string()) }),
  entityName: z.object({ entityType: z.string(), entityNameFilter: text }),
  entityType: z.object({ entityType: z.string() }),
  deviceType: z.object({
    deviceTypes: z.array(z.string()).optional(),
    deviceType: z.string().nullish(),
    deviceNameFilter: text,
  }),
  stateEntity: z.object({ defaultStateEntity: entity.nullish() }),
}

const first = (ids: string[], resolveMultiple: boolean) => (resolveMultiple ? ids : ids.slice(0, 1))

/** `stateEntityId`: the entity the present dashboard state was opened for. */
export const planAlias = (alias: Alias, stateEntityId: string | null): AliasPlan => {
  const { filter } = alias
  const unsupported: AliasPlan = { kind: 'unsupported', filterType: filter.type }
  const onlyFirst = !filter.resolveMultiple
  switch (filter.type) {
    case 'singleEntity': {
      const parsed = filterSchemas.singleEntity.safeParse(filter)
      return parsed.data?.singleEntity.entityType === 'DEVICE'
        ? { kind: 'ids', ids: [parsed.data.singleEntity.id] }
        : unsupported
    }
    case 'entityList': {
      const parsed = filterSchemas.entityList.safeParse(filter)
      return parsed.data?.entityType === 'DEVICE'
        ? { kind: 'ids', ids: first(parsed.data.entityList, filter.resolveMultiple) }
        : unsupported
    }
    case 'entityName': {
      const parsed = filterSchemas.entityName.safeParse(filter)
      return parsed.data?.entityType === 'DEVICE'
        ? { kind: 'search', types: [], namePattern: parsed.data.entityNameFilter, onlyFirst }
        : unsupported
    }
    case 'entityType': {
      const parsed = filterSchemas.entityType.safeParse(filter)
      return parsed.data?.entityType === 'DEVICE'
        ? { kind: 'search', types: [], namePattern: '', onlyFirst }
        : unsupported
    }
    case 'deviceType': {
      const parsed = filterSchemas.deviceType.safeParse(filter)
      if (!parsed.success) return unsupported
      const { deviceTypes, deviceType, deviceNameFilter } = parsed.data
      return {
        kind: 'search',
        types: deviceTypes ?? (deviceType ? [deviceType] : []),
        namePattern: deviceNameFilter,
        onlyFirst,
      }
    }
    case 'stateEntity': {
      const fallback = filterSchemas.stateEntity.safeParse(filter).data?.defaultStateEntity
      const id = stateEntityId ?? (fallback?.entityType === 'DEVICE' ? fallback.id : null)
      return { kind: 'ids', ids: id ? [id] : [] }
    }
    default:
      return unsupported
  }
}

/** ThingsBoard's name filter: a prefix without regard to case, in which `%` stands for anything. */
export const matchesName = (name: string, pattern: string): boolean => {
  const parts = pattern.toLowerCase().split('%')
  let from = 0
  const lower = name.toLowerCase()
  return parts.every((part, index) => {
    const at = lower.indexOf(part, from)
    from = at + part.length
    return index === 0 ? at === 0 : at >= 0
  })
}

/** What the server can narrow by: the longest run of plain text in the pattern. */
export const searchText = (pattern: string): string =>
  pattern.split('%').reduce((longest, part) => (part.length > longest.length ? part : longest), '')

export type AliasEntity = {
  id: string
  name: string
  type: string
  label: string
  active: boolean
  createdTime: number
}

/** The entities of a search plan out of those the server found. */
export const pick = (plan: Extract<AliasPlan, { kind: 'search' }>, found: readonly AliasEntity[]): AliasEntity[] => {
  const matching = found
    .filter(
      (one) => (plan.types.length === 0 || plan.types.includes(one.type)) && matchesName(one.name, plan.namePattern),
    )
    .toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))
  return plan.onlyFirst ? matching.slice(0, 1) : matching
}
