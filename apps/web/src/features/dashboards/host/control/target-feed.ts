import type { DashboardWidget } from '@thingwire/dashboards'
import type { WidgetEntity } from '@thingwire/widgets/manifests'
import type { EntityQuestion, EntitySet, EntitySetState } from '../../data/entity-set.ts'
import type { EntitySets } from '../../data/entity-sets.ts'
import { type DataContext, type Resolution, resolveAlias, resolveDatasource } from '../../data/resolve.ts'

/** The question for the entity that a widget commands; null: it names none. */
export const resolveTarget = (target: DashboardWidget['target'], context: DataContext): Resolution | null => {
  if (target === null) return null
  if ('entityAliasId' in target) return resolveAlias(target.entityAliasId, context)
  const source = { type: 'device', name: '', entityAliasId: null, deviceId: target.deviceId, filterId: null } as const
  return resolveDatasource(source, context)
}

type TargetAnswer =
  | { status: 'loading' }
  | { status: 'failed'; reason: string }
  | { status: 'ready'; entity: WidgetEntity | null }

const loading: TargetAnswer = { status: 'loading' }

const isSameEntity = (a: WidgetEntity | null, b: WidgetEntity | null): boolean =>
  a?.id.id === b?.id.id && a?.name === b?.name && a?.label === b?.label && a?.type === b?.type

/** The entity that a question finds while somebody listens; the first, where it finds more. */
export const createTargetFeed = (sets: EntitySets, question: Omit<EntityQuestion, 'pageSize'>) => {
  let set: EntitySet | null = null
  let answer: TargetAnswer = loading
  const next = (state: EntitySetState): TargetAnswer => {
    if (state.status === 'loading') return answer.status === 'ready' ? answer : loading
    if (state.status === 'failed') return state
    const [first] = state.rows.values()
    const entity = first?.entity ?? null
    // What is on the tile is built anew for another entity: the same one must stay the same.
    return answer.status === 'ready' && isSameEntity(answer.entity, entity) ? answer : { status: 'ready', entity }
  }
  return {
    listen: (changed: () => void): (() => void) => {
      const update = () => {
        const before = answer
        if (set) answer = next(set.state())
        if (answer !== before) changed()
      }
      const joined = sets.join({ ...question, pageSize: 1 }, { changed: update }, { fields: [], keys: [], series: [] })
      set = joined.set
      update()
      return joined.leave
    },
    read: (): TargetAnswer => answer,
    retry: () => set?.retry(),
  }
}
