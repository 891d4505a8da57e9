import { AppError, type EntityId, entityIdSchema } from '@thingwire/contracts'
import { defineHandler, type NodeContext } from '@thingwire/rules'
import { inBatches } from '../enriching/in-batches.ts'
import { notFound } from '../enriching/profile-switch.ts'
import { checkRelationPresence } from './manifest.ts'

export const checkRelationPresenceHandler = defineHandler(checkRelationPresence, async (config, context) => {
  const { direction, checkForSingleEntity } = config
  if (!config.relationType) throw new AppError('RULE_CHAIN_INVALID', 'Relation type should be specified!')
  const { ports } = context
  const question = {
    direction,
    type: config.relationType,
    other: checkForSingleEntity ? await entityOf(config, context) : null,
  }
  return inBatches({
    plan: ({ originator }) => ({ ...question, entityId: originator }),
    read: (questions) => ports.relations.have(questions),
    finish: (message, isRelated) => [{ message, connection: isRelated ? 'True' : 'False' }],
  })
})

/** The entity of the settings, which has to be one of the tenant's. */
const entityOf = async (
  { entityType, entityId }: { entityType?: string | null | undefined; entityId?: string | null | undefined },
  { ports }: NodeContext,
): Promise<EntityId> => {
  if (!entityType || !entityId) throw new AppError('RULE_CHAIN_INVALID', 'Entity should be specified!')
  const parsed = entityIdSchema.safeParse({ entityType, id: entityId })
  if (!parsed.success)
    throw new AppError('RULE_CHAIN_INVALID', `Entity should be specified! There is no ${entityType} ${entityId}`)
  const [isThere] = await ports.entities.exist([parsed.data])
  if (!isThere) throw notFound(parsed.data.entityType, parsed.data.id)
  return parsed.data
}
