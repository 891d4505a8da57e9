import { AppError, type EntityId } from '@thingwire/contracts'
import { defineHandler, type Ports, type RelationEnds, type Settled } from '@thingwire/rules'
import { inBatches } from '../enriching/in-batches.ts'
import { findEnds, otherEndOf, relationOf, relationTypeOf } from '../relating/other-end.ts'
import { createRelation } from './manifest.ts'

type Related = { other: EntityId; relation: RelationEnds; originator: EntityId }

export const createRelationHandler = defineHandler(createRelation, (config, { ports, tenantId, nodeId }) => {
  const { entityType, direction } = config
  if (entityType === null) throw new AppError('ARGUMENT_INVALID', 'entityType: must be set')

  return inBatches({
    plan: (message) => ({
      originator: message.originator,
      type: relationTypeOf(config, message),
      end: otherEndOf(entityType, config, message),
    }),
    read: async (plans): Promise<readonly Settled<EntityId>[]> => {
      const ends = await findEnds(
        plans.map(({ end }) => end),
        { tenantId, nodeId, makesMissing: config.createEntityIfNotExists, ports },
      )
      const related = plans.map(({ originator, type }, index): Related | null => {
        const end = ends[index]
        if (!end?.ok) return null
        return { originator, other: end.value, relation: relationOf(direction, originator, end.value, type) }
      })
      const wanted = related.filter((one) => one !== null)
      const refused = config.removeCurrentRelations
        ? await replace(wanted, direction, ports.relationChanges)
        : await relate(wanted, ports.relationChanges)
      return related.map((one, index): Settled<EntityId> => {
        if (!one) return ends[index] ?? { ok: false, error: 'The related entity is not known' }
        const error = refused.get(one)
        return error === undefined ? { ok: true, value: one.other } : { ok: false, error }
      })
    },
    finish: (message, answer) => {
      if (!answer.ok) throw new Error(answer.error)
      const originator = config.changeOriginatorToRelatedEntity ? answer.value : message.originator
      return [{ message: { ...message, originator }, connection: 'Success' }]
    },
  })
})

type Changes = Ports['relationChanges']

/** Why relations cannot be made. */
const relate = async (wanted: readonly Related[], changes: Changes): Promise<Map<Related, string>> => {
  const saved = wanted.length > 0 ? await changes.save(wanted.map(({ relation }) => relation)) : []
  return new Map(
    wanted.flatMap((one, index) => {
      const answer = saved[index]
      return answer && !answer.ok ? [[one, answer.error] as const] : []
    }),
  )
}

/** One after the other, each message would undo what the one before it made: the last one of each originator stays. */
const replace = async (
  wanted: readonly Related[],
  direction: 'FROM' | 'TO',
  changes: Changes,
): Promise<Map<Related, string>> => {
  const last = new Map(wanted.map((one) => [`${one.originator.id} ${one.relation.type}`, one]))
  const remaining = [...last.values()]
  if (remaining.length > 0)
    await changes.removeOf(
      remaining.map(({ originator, relation }) => ({ entityId: originator, direction, type: relation.type })),
    )
  return relate(remaining, changes)
}
