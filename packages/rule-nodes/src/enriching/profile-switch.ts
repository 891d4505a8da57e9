import { AppError, type EntityType, type Message } from '@thingwire/contracts'
import type { NodeContext, NodeHandler } from '@thingwire/rules'
import { inBatches } from './in-batches.ts'

/** What an entity that is not there is called in errors. */
export const notFound = (what: string, id: string): AppError =>
  new AppError('ENTITY_NOT_FOUND', `${what} with id ${id} is not found`)

/** Sends messages along a connection named like the profile of their originator. */
export const profileSwitch = (entityType: EntityType, { ports }: NodeContext): NodeHandler =>
  inBatches({
    plan: ({ originator }: Message) => {
      if (originator.entityType !== entityType) throw new Error(`Unsupported originator type: ${originator.entityType}`)
      return originator
    },
    read: (originators) => ports.entities.summaries(originators),
    finish: (message, summary) => {
      if (!summary?.profileName) throw notFound(entityType, message.originator.id)
      return [{ message, connection: summary.profileName }]
    },
  })
