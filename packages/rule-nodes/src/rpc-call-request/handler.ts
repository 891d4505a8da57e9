import type { Message } from '@thingwire/contracts'
import { type Departure, defineHandler, type RpcCall } from '@thingwire/rules'
import { z } from 'zod'
import { rpcCallRequest } from './manifest.ts'

const commandSchema = z.looseObject({ method: z.string(), additionalInfo: z.unknown().optional() })

/** A scalar as its text, anything else as JSON: what ThingsBoard puts on the wire. */
const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

export const rpcCallRequestHandler = defineHandler(rpcCallRequest, (config, context) => {
  const { ports, nodeId, ruleChainId } = context
  const isFollowed = context.isConnected('Success') || context.isConnected('Failure')

  const toCall = (message: Message): RpcCall | string => {
    if (message.originator.entityType !== 'DEVICE') return 'The originator is not a device'
    const command = commandSchema.safeParse(parsed(message.data))
    if (!command.success) return 'The message has no method'
    if (!('params' in command.data)) return 'The message has no params'
    const { method, params, additionalInfo } = command.data
    const { metadata } = message
    const expirationTime = Number(metadata.expirationTime)
    return {
      // The id of the message is the same when the batch runs again, so the command is not sent twice.
      requestId: uuid.test(metadata.requestUUID ?? '') ? String(metadata.requestUUID) : message.id,
      deviceId: message.originator.id,
      method,
      params: fromRest(message) ? asText(params) : JSON.stringify(params),
      isOneway: metadata.oneway === 'true',
      isPersistent: metadata.persistent === 'true',
      expirationTime:
        metadata.expirationTime && Number.isSafeInteger(expirationTime)
          ? expirationTime
          : ports.clock.now() + config.timeoutInSeconds * 1_000,
      retries: metadata.retries && /^\d{1,4}$/.test(metadata.retries) ? Number(metadata.retries) : null,
      additionalInfo: additionalInfo === undefined || additionalInfo === null ? null : asText(additionalInfo),
      originServiceId: fromRest(message) ? (metadata.originServiceId ?? null) : null,
      continuation: isFollowed ? { ...message, ruleChainId, ruleNodeId: nodeId } : null,
    }
  }

  return {
    handle: async (batch) => {
      const calls: RpcCall[] = []
      const failures: Departure[] = []
      for (const message of batch) {
        const call = toCall(message)
        if (typeof call === 'string') failures.push({ message, connection: 'Failure', error: call })
        else calls.push(call)
      }
      if (calls.length > 0) await ports.rpc.send(calls)
      return failures
    },
  }
})

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** The platform's own call carries its parameters as JSON text; other messages carry them as JSON. */
const fromRest = ({ type }: Message): boolean => type === 'RPC_CALL_FROM_SERVER_TO_DEVICE'

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
