import { AppError, type Message } from '@thingwire/contracts'
import {
  type Departure,
  errorText,
  fillTemplate,
  isEnvironmentError,
  newMessageId,
  type NodeContext,
  type NodeHandler,
  type OutboundClient,
  type OutboundKind,
  type OutboundKinds,
  type Sending,
  type TemplateOptions,
  withMetadata,
} from '@thingwire/rules'

type Answer<K extends OutboundKind> = OutboundKinds[K]['answer']

type How<K extends OutboundKind> = {
  client: OutboundClient<K>
  /** What a message asks for; a throw is its Failure. */
  request(message: Message): OutboundKinds[K]['request'] | readonly OutboundKinds[K]['request'][]
  answered(message: Message, answer: Answer<K>): Departure
  /** Whatever the server says: true, the node goes on with messages of its own; false, it waits. */
  forcesAck?: boolean
}

/** When the queue is away, an outcome is offered to it again so often, after so long times the number of attempts, ms. */
const attempts = 10
const againMs = 500

/**
 * A node that calls another system for each message. The message goes on with the answer; a call that fails is the Failure
 * of its message alone, with the reason in the metadata, too. Where messages are acknowledged first, the node keeps them,
 * and the outcome is a message of its own.
 */
export const externalNode = <K extends OutboundKind>(context: NodeContext, how: How<K>): NodeHandler => {
  const { ports, nodeId, ruleChainId } = context
  const forcesAck = how.forcesAck ?? ports.outbound.forcesAck
  const underWay = new Set<Promise<void>>()
  const never = new AbortController().signal

  const call = async (batch: readonly Message[], signal: AbortSignal): Promise<Departure[]> => {
    const steps = batch.map((message) => prepare(message, how, nodeId))
    const sendings = steps.flatMap((step) => ('sendings' in step ? step.sendings : []))
    const settled = sendings.length > 0 ? await how.client.send(sendings, signal) : []
    let at = 0
    return steps.map((step): Departure => {
      if (!('sendings' in step)) return step
      const { message } = step
      const own = settled.slice(at, at + step.sendings.length)
      at += own.length
      const refused = own.find((one) => !one.ok)
      if (refused && !refused.ok) return failedCall(message, refused.error)
      const [first] = own
      if (!first?.ok) return failedCall(message, 'The call came to nothing')
      try {
        return how.answered(message, first.value)
      } catch (error) {
        return failedCall(message, errorText(error))
      }
    })
  }

  const goOn = async (departures: readonly Departure[]): Promise<void> => {
    const messages = departures.flatMap((departure) => {
      if (!('connection' in departure) || !context.isConnected(departure.connection)) return []
      const { message, connection } = departure
      return [{ ...message, id: newMessageId(), ruleChainId, ruleNodeId: nodeId, connection }]
    })
    for (let attempt = 1; messages.length > 0; attempt++) {
      try {
        return await ports.messages.enqueue(messages)
      } catch (error) {
        if (!isEnvironmentError(error) || attempt === attempts) throw error
        await new Promise((resolve) => setTimeout(resolve, againMs * attempt))
      }
    }
  }

  const later = (batch: readonly Message[]): void => {
    const work: Promise<void> = call(batch, never)
      .then(goOn)
      .catch((error: unknown) =>
        ports.log.info('What became of calls could not be told', { nodeId, ruleChainId, error: errorText(error) }),
      )
      .finally(() => underWay.delete(work))
    underWay.add(work)
  }

  return {
    handle: (batch, signal) => {
      if (!forcesAck) return call(batch, signal)
      later(batch)
      return []
    },
    stop: async () => {
      // Calls end, or are given up by their client; what became of them is told in any case.
      await how.client.close()
      await Promise.allSettled(underWay)
    },
  }
}

type Prepared<K extends OutboundKind> = { message: Message; sendings: Sending<K>[] }

const prepare = <K extends OutboundKind>(message: Message, how: How<K>, nodeId: string): Prepared<K> | Departure => {
  try {
    const asked = how.request(message)
    const requests: readonly OutboundKinds[K]['request'][] = Array.isArray(asked) ? asked : [asked]
    if (requests.length === 0) throw new Error('There is nobody to send it to')
    const key = `${message.id}-${nodeId}`
    return {
      message,
      sendings: requests.map((request, at) => ({ key: at === 0 ? key : `${key}-${at}`, request })),
    }
  } catch (error) {
    if (isEnvironmentError(error)) throw error
    return failedCall(message, errorText(error))
  }
}

export const failedCall = (message: Message, error: string): Departure => ({
  message: withMetadata(message, { error }),
  connection: 'Failure',
  error,
})

export const success = (message: Message): Departure => ({ message, connection: 'Success' })

/** The filled pattern; throws when it cannot be filled. */
export const filled = (pattern: string, message: Message, options?: TemplateOptions): string => {
  const result = fillTemplate(pattern, message, options)
  if (!result.ok) throw new Error(result.message)
  return result.text
}

/** A JSON text without its quotes, anything else as it is. */
export const plainText = (data: string): string => {
  if (!data.startsWith('"')) return data
  try {
    const value: unknown = JSON.parse(data)
    return typeof value === 'string' ? value : data
  } catch {
    return data
  }
}

/** A configuration with which the node can never work. */
export const unfit = (problem: string): AppError => new AppError('RULE_CHAIN_INVALID', problem)
