import { AppError } from '@thingwire/contracts'
import { defineHandler, type Settled } from '@thingwire/rules'
import { inBatches } from '../enriching/in-batches.ts'
import { findEnds, otherEndOf, relationOf, relationTypeOf } from '../relating/other-end.ts'
import { deleteRelation } from './manifest.ts'

export const deleteRelationHandler = defineHandler(deleteRelation, (config, { ports, tenantId, nodeId }) => {
  const { entityType, direction } = config
  if (!config.deleteForSingleEntity)
    return inBatches({
      plan: (message) => ({ entityId: message.originator, direction, type: relationTypeOf(config, message) }),
      read: (queries) => ports.relationChanges.removeOf(queries),
      // That there was none is no failure.
      finish: (message) => [{ message, connection: 'Success' }],
    })
  if (entityType === null) throw new AppError('ARGUMENT_INVALID', 'entityType: must be set')
  return inBatches({
    plan: (message) => ({
      originator: message.originator,
      type: relationTypeOf(config, message),
      end: otherEndOf(entityType, config, message),
    }),
    read: async (plans): Promise<readonly Settled<unknown>[]> => {
      const ends = await findEnds(
        plans.map(({ end }) => end),
        { tenantId, nodeId, makesMissing: false, ports },
      )
      const relations = plans.flatMap(({ originator, type }, index) => {
        const end = ends[index]
        return end?.ok ? [relationOf(direction, originator, end.value, type)] : []
      })
      if (relations.length > 0) await ports.relationChanges.remove(relations)
      return ends
    },
    finish: (message, answer) => {
      if (!answer.ok) throw new Error(answer.error)
      return [{ message, connection: 'Success' }]
    },
  })
})
