import { AppError, type EntityType } from '@thingwire/contracts'
import { defineHandler } from '@thingwire/rules'
import { entityFieldText } from '../enriching/entity-fields.ts'
import { type Found, objectOf, withFound } from '../enriching/fetch-to.ts'
import { inBatches } from '../enriching/in-batches.ts'
import { patternsOf } from '../enriching/patterns.ts'
import { notFound } from '../enriching/profile-switch.ts'
import { originatorFields } from './manifest.ts'

const supported: ReadonlySet<EntityType> = new Set<EntityType>([
  'TENANT',
  'CUSTOMER',
  'USER',
  'ASSET',
  'DEVICE',
  'ALARM',
  'RULE_CHAIN',
  'ENTITY_VIEW',
  'EDGE',
])

export const originatorFieldsHandler = defineHandler(
  originatorFields,
  ({ fetchTo, dataMapping, ignoreNullStrings }, { ports }) => {
    const fields = Object.keys(dataMapping)
    if (fields.length === 0) throw new AppError('RULE_CHAIN_INVALID', 'At least one mapping entry should be specified!')
    const targets = patternsOf(Object.values(dataMapping))
    return inBatches({
      plan: (message) => {
        const { originator } = message
        if (!supported.has(originator.entityType))
          throw new Error(`Unexpected originator EntityType: ${originator.entityType}`)
        if (fetchTo === 'DATA') objectOf(message)
        return { originator, keys: targets(message) }
      },
      read: (plans) => ports.entities.read(plans.map(({ originator }) => originator)),
      finish: (message, entity, { keys }) => {
        if (!entity) throw notFound(message.originator.entityType, message.originator.id)
        const found = fields.flatMap((field, index): Found[] => {
          const text = entityFieldText(entity, field)
          if (text === undefined || (ignoreNullStrings && (text === null || text === ''))) return []
          return [{ key: keys[index] ?? field, value: { type: 'STRING', value: text ?? 'null' } }]
        })
        return [{ message: withFound(message, fetchTo, found), connection: 'Success' }]
      },
    })
  },
)
