import { AppError, type EntityId, type EntityType, entityId, entityIdSchema, type Message } from '@thingwire/contracts'
import { defineHandler, type NodeContext } from '@thingwire/rules'
import type { z } from 'zod'
import { customersOf } from '../enriching/customer-of.ts'
import { searchOf } from '../enriching/fields.ts'
import { inBatches } from '../enriching/in-batches.ts'
import { fill } from '../enriching/patterns.ts'
import { changeOriginator } from './manifest.ts'

type Config = z.output<typeof changeOriginator.config>

const namedTypes: readonly EntityType[] = ['DEVICE', 'ASSET', 'ENTITY_VIEW', 'EDGE', 'USER']

export const changeOriginatorHandler = defineHandler(changeOriginator, (config, context) => {
  const finder = finderOf(config, context)
  return inBatches({
    plan: (message) => ({ message, name: finder.nameOf?.(message) ?? '' }),
    read: (plans) => finder.find(plans),
    finish: (message, found, { name }) => {
      if (!found && finder.nameOf) throw new Error(`Failed to find ${config.entityType} with name '${name}'!`)
      if (!found) throw new Error('Failed to find new originator!')
      return [{ message: about(message, found), connection: 'Success' }]
    },
  })
})

/** Whoever owns the message stays; only one that nobody owned is owned by a customer that it is about now. */
const about = (message: Message, originator: EntityId): Message => ({
  ...message,
  originator,
  customerId: message.customerId ?? (originator.entityType === 'CUSTOMER' ? originator.id : null),
})

type Asked = { message: Message; name: string }
type Finder = {
  find(asked: readonly Asked[]): Promise<(EntityId | null)[]>
  /** Of the entity that is looked for; throws when the message cannot name one. */
  nameOf?(message: Message): string
}

const finderOf = (config: Config, { ports, tenantId }: NodeContext): Finder => {
  const originators = (asked: readonly Asked[]) => asked.map(({ message }) => message.originator)
  switch (config.originatorSource) {
    case 'CUSTOMER':
      return { find: (asked) => customersOf(originators(asked), ports) }
    case 'TENANT':
      return { find: async (asked) => asked.map(() => entityId('TENANT', tenantId)) }
    case 'RELATED': {
      const { relationsQuery } = config
      if (!relationsQuery)
        throw new AppError('RULE_CHAIN_INVALID', 'A relations query is needed to find a related originator')
      return {
        find: async (asked) => {
          const found = await ports.relations.search(originators(asked).map((root) => searchOf(root, relationsQuery)))
          return found.map(([first]) => first ?? null)
        },
      }
    }
    case 'ALARM_ORIGINATOR':
      return { find: (asked) => alarmOriginators(originators(asked), ports.entities) }
    case 'ENTITY': {
      const { entityType, pattern } = namedEntity(config)
      return {
        nameOf: (message) => fill(pattern, message),
        find: (asked) => ports.entities.named(asked.map(({ name }) => ({ entityType, name }))),
      }
    }
  }
}

const alarmOriginators = async (
  originators: readonly EntityId[],
  entities: NodeContext['ports']['entities'],
): Promise<(EntityId | null)[]> => {
  const alarms = await entities.read(originators)
  return originators.map(({ entityType }, index) => {
    const found = entityIdSchema.safeParse(alarms[index]?.originator)
    return entityType === 'ALARM' && found.success ? found.data : null
  })
}

const namedEntity = ({ entityType, entityNamePattern }: Config): { entityType: EntityType; pattern: string } => {
  if (!entityType) throw new AppError('RULE_CHAIN_INVALID', 'An entity type is needed to find an originator by name')
  const known = namedTypes.find((one) => one === entityType)
  if (!known) throw new AppError('RULE_CHAIN_INVALID', `Entities of type ${entityType} cannot be found by name here`)
  if (!entityNamePattern) throw new AppError('RULE_CHAIN_INVALID', 'A name is needed to find an originator by name')
  return { entityType: known, pattern: entityNamePattern }
}
