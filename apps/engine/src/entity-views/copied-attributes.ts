import { type AttributeScope, type EntityView, toPlainValue } from '@thingwire/contracts'
import type { AttributeRow, Database } from '@thingwire/db'
import type { LiveBus } from '../live-bus/live-bus.ts'

type Deps = {
  database: Pick<Database, 'attributes'>
  liveBus: Pick<LiveBus, 'isEntityWatched' | 'publish'>
}

const keysByScope = ({ keys }: EntityView): readonly (readonly [AttributeScope, readonly string[]])[] => [
  ['CLIENT_SCOPE', keys.attributes.cs],
  ['SERVER_SCOPE', keys.attributes.ss],
  ['SHARED_SCOPE', keys.attributes.sh],
]

/**
 * A view has copies of the attributes it shows: those of its keys that were changed within its window. They are made
 * when it is saved (later changes come by a rule node, as in ThingsBoard); what an earlier form of it had goes.
 */
export const copyAttributes = async (deps: Deps, view: EntityView, before: EntityView | null): Promise<void> => {
  const { attributes } = deps.database
  const tenantId = view.tenantId.id
  const scope = { kind: 'tenant', tenantId } as const
  const formerKeys = new Map(before ? keysByScope(before) : [])
  for (const [attributeScope, keys] of keysByScope(view)) {
    const found = keys.length > 0 ? await attributes.find(scope, view.entityId, { scope: attributeScope, keys }) : []
    const shown = found.filter((row) => isWithin(view, row.lastUpdateTs))
    const kept = new Set(shown.map(({ key }) => key))
    const former = (formerKeys.get(attributeScope) ?? []).filter((key) => !kept.has(key))
    const deleted = former.length > 0 ? await attributes.delete(scope, view.id, attributeScope, former) : []
    // One at a time: each keeps the moment of its own change.
    await attributes.save(
      tenantId,
      shown.map((row) => ({ entityId: view.id, scope: attributeScope, entries: [row], ts: row.lastUpdateTs })),
    )
    tellWatchers(deps, view, attributeScope, shown, deleted)
  }
}

const isWithin = ({ startTimeMs, endTimeMs }: EntityView, ts: number): boolean =>
  ts >= startTimeMs && (endTimeMs === 0 || ts < endTimeMs)

const tellWatchers = (
  { liveBus }: Deps,
  view: EntityView,
  scope: AttributeScope,
  shown: readonly AttributeRow[],
  deleted: string[],
): void => {
  const [tenantId, entityId] = [view.tenantId.id, view.id.id]
  if (shown.length + deleted.length === 0 || !liveBus.isEntityWatched(tenantId, entityId)) return
  const changed = shown.map((row) => ({ key: row.key, ts: row.lastUpdateTs, value: toPlainValue(row) }))
  liveBus.publish(tenantId, { kind: 'attributes', tenantId, entityId, scope, changed, deleted })
}
