import { isRecord, listOf, recordOf, textOf } from '../read.ts'
import { type Condition, readCondition } from '../transform/condition.ts'

/** Who looks: administrators of the tenant, users of customers, and whoever came by a public link. */
export const viewerRoles = ['administrators', 'customers', 'visitors'] as const
export type ViewerRole = (typeof viewerRoles)[number]

export const visibilityScopes = ['SERVER_SCOPE', 'SHARED_SCOPE', 'CLIENT_SCOPE'] as const
export type VisibilityScope = (typeof visibilityScopes)[number]

/** An attribute of the first entity of an alias has to be so. */
export type VisibilityCondition = {
  entityAliasId: string
  /** Null: whichever scope has the key. */
  scope: VisibilityScope | null
  key: string
  condition: Condition
}

/** For whom a widget is drawn; null: for all, always. It keeps nothing secret: what may be read is the server's to say. */
export type WidgetVisibility = { roles: readonly ViewerRole[] | null; when: VisibilityCondition | null }

const readWhen = (file: unknown): VisibilityCondition | null => {
  if (!isRecord(file)) return null
  const condition = readCondition(file)
  const [entityAliasId, key] = [textOf(file.entityAliasId), textOf(file.key)]
  if (!condition || !entityAliasId || !key) return null
  return { entityAliasId, key, condition, scope: visibilityScopes.find((one) => one === file.scope) ?? null }
}

/** Of a widget's `config`: its `thingwire.visibility`. What cannot be read hides nothing. */
export const readVisibility = (config: unknown): WidgetVisibility | null => {
  const { visibility } = recordOf(recordOf(config).thingwire)
  if (!isRecord(visibility)) return null
  const named = listOf(visibility.roles)
  const roles = Array.isArray(visibility.roles) ? viewerRoles.filter((role) => named.includes(role)) : null
  const when = readWhen(visibility.when)
  const isOpen = roles === null || roles.length === viewerRoles.length
  return isOpen && !when ? null : { roles: isOpen ? null : roles, when }
}

type Shown = { row: number; rows: number }

/**
 * Rows that only hidden widgets stood in are closed, so that what is below moves up; beside what is shown a gap stays,
 * because nothing may change its place or its width for some viewers.
 */
export const withoutHidden = <T extends Shown>(items: readonly T[], isHidden: (item: T) => boolean): T[] => {
  const shown = items.filter((item) => !isHidden(item))
  if (shown.length === items.length) return shown
  const rowsOf = (list: readonly T[]) =>
    new Set(list.flatMap(({ row, rows }) => Array.from({ length: Math.min(rows, mostRows) }, (_, at) => row + at)))
  const [kept, left] = [rowsOf(shown), rowsOf(items.filter(isHidden))]
  const closed = [...left].filter((row) => !kept.has(row)).toSorted((a, b) => a - b)
  return shown.map((item) => ({ ...item, row: item.row - closed.filter((row) => row < item.row).length }))
}

/** No widget is that high; files may say anything. */
const mostRows = 1_000
