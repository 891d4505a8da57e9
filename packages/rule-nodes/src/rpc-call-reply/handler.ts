import type { Message } from '@thingwire/contracts'
import { type Departure, defineHandler, errorText, isEnvironmentError } from '@thingwire/rules'
import { rpcCallReply } from './manifest.ts'

export const rpcCallReplyHandler = defineHandler(rpcCallReply, (config, { ports }) => {
  const reply = async (message: Message): Promise<Departure> => {
    const serviceId = message.metadata[config.serviceIdMetaDataAttribute]
    const sessionId = message.metadata[config.sessionIdMetaDataAttribute]
    const requestId = message.metadata[config.requestIdMetaDataAttribute]
    const problem = problemOf(message, { serviceId, sessionId, requestId })
    if (problem || !serviceId || !sessionId)
      return { message, connection: 'Failure', error: problem ?? 'The metadata do not say whom to answer' }
    await ports.rpc.replyToDevice({ serviceId, sessionId, requestId: Number(requestId), data: message.data })
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

type Address = Record<'serviceId' | 'sessionId' | 'requestId', string | undefined>

const problemOf = (message: Message, { serviceId, sessionId, requestId }: Address): string | null => {
  if (message.originator.entityType !== 'DEVICE') return 'The originator is not a device'
  if (!serviceId || !sessionId || !requestId) return 'The metadata do not say whom to answer'
  if (!/^-?\d{1,10}$/.test(requestId)) return `The request id ${requestId} is no number`
  return message.data === '' ? 'The message is empty' : null
}
