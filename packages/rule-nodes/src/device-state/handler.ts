import { messageTs } from '@thingwire/contracts'
import { defineHandler } from '@thingwire/rules'
import { inBatches } from '../enriching/in-batches.ts'
import { deviceState } from './manifest.ts'

export const deviceStateHandler = defineHandler(deviceState, ({ event }, { ports, nodeId }) =>
  inBatches({
    plan: (message) => {
      const { entityType, id } = message.originator
      if (entityType !== 'DEVICE') throw new Error(`The originator is no device but of type ${entityType}`)
      return { deviceId: id, event, atMs: messageTs(message) }
    },
    read: (reports) => ports.connectivity.report(nodeId, reports),
    finish: (message, answer) => {
      if (answer === 'missing') throw new Error(`Device with id [${message.originator.id}] doesn't exist!`)
      return [{ message, connection: answer === 'limited' ? 'Rate limited' : 'Success' }]
    },
  }),
)
