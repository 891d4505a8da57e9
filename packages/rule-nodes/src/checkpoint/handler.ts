import { defineHandler, perMessage } from '@thingwire/rules'
import { checkpoint } from './manifest.ts'

export const checkpointHandler = defineHandler(checkpoint, () =>
  perMessage((message) => [{ message, queueName: null }]),
)
