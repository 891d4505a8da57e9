import { defineHandler, perMessage } from '@thingwire/rules'
import { entityTypeLabel } from './labels.ts'
import { entityTypeSwitch } from './manifest.ts'

export const entityTypeSwitchHandler = defineHandler(entityTypeSwitch, () =>
  perMessage((message) => [{ message, connection: entityTypeLabel(message.originator.entityType) }]),
)
