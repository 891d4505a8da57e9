import type { EntityId, LivePoint } from '@thingwire/contracts'
import type { FunctionSource } from '@thingwire/dashboards'
import type { WidgetEntity } from '../../widget.ts'
import type { FieldSpec } from './field.ts'

/** Where a field writes. */
export type FieldTarget = 'server' | 'shared' | 'timeseries'

/** One value of an entity that a form shows and writes. */
export type FormField = {
  id: string
  entity: WidgetEntity
  /** Fields of one group stand together. */
  group: string
  key: string
  label: string
  target: FieldTarget
  spec: FieldSpec
  step: number | null
  editable: 'editable' | 'disabled' | 'readonly'
  isHidden: boolean
  /** Key of the same group without whose value this one is of no use. */
  disabledOn: string | null
  /** Name of an icon, or none. */
  icon: string | null
  /** Link of a picture in its place, or none. */
  picture: string | null
  /** What files say instead of our words, by problem. */
  messages: Readonly<Partial<Record<string, string>>>
  /** Words of on and off. */
  onOff: { on: string; off: string } | null
  point: LivePoint | undefined
  getter: FunctionSource | null
  setter: FunctionSource | null
}

export type FormEntry = { entityId: EntityId; target: FieldTarget; key: string; value: unknown }

/** One request of a save. */
export type FormWrite =
  | { kind: 'attributes'; entityId: EntityId; scope: 'SERVER_SCOPE' | 'SHARED_SCOPE'; values: Record<string, unknown> }
  | { kind: 'delete'; entityId: EntityId; scope: 'SERVER_SCOPE' | 'SHARED_SCOPE'; keys: string[] }
  | { kind: 'telemetry'; entityId: EntityId; values: Record<string, unknown> }

/** As few requests as write all entries. An attribute of nothing is deleted. */
export const planWrites = (entries: readonly FormEntry[]): FormWrite[] => {
  const groups = new Map<string, FormEntry[]>()
  for (const entry of entries) {
    const name = `${entry.entityId.entityType} ${entry.entityId.id} ${entry.target}`
    groups.set(name, [...(groups.get(name) ?? []), entry])
  }
  return [...groups.values()].flatMap((group): FormWrite[] => {
    const [first] = group
    if (!first) return []
    const { entityId, target } = first
    const given = group.filter(({ value }) => value !== null && value !== undefined)
    const values = Object.fromEntries(given.map(({ key, value }) => [key, value]))
    if (target === 'timeseries') return given.length > 0 ? [{ kind: 'telemetry', entityId, values }] : []
    const scope = target === 'shared' ? 'SHARED_SCOPE' : 'SERVER_SCOPE'
    const keys = group.filter((entry) => !given.includes(entry)).map(({ key }) => key)
    return [
      ...(given.length > 0 ? [{ kind: 'attributes' as const, entityId, scope, values } as const] : []),
      ...(keys.length > 0 ? [{ kind: 'delete' as const, entityId, scope, keys } as const] : []),
    ]
  })
}
