import type { Message } from '@thingwire/contracts'
import { type Departure, defineHandler, errorText, isEnvironmentError } from '@thingwire/rules'
import { restCallReply } from './manifest.ts'

export const restCallReplyHandler = defineHandler(restCallReply, (config, { ports }) => {
  const reply = async (message: Message): Promise<Departure> => {
    const serviceId = message.metadata[config.serviceIdMetaDataAttribute]
    const requestId = message.metadata[config.requestIdMetaDataAttribute]
    if (!serviceId || !requestId)
      return { message, connection: 'Failure', error: 'The metadata do not say which call to answer' }
    if (message.data === '') return { message, connection: 'Failure', error: 'The message is empty' }
    await ports.rpc.replyToRestCall({ serviceId, requestId, data: message.data })
    return { message, connection: 'Success' }
  }

  return {
    handle: (batch) =>
      Promise.all(
        batch.map(async (message): Promise<Departure> => {
          try {
            return await reply(message)
          } catch (error) {
            if (isEnvironmentError(error)) throw error
            return { message, connection: 'Failure', error: errorText(error) }
          }
        }),
      ),
  }
})
