import { randomUUID } from 'node:crypto'
import {
  AppError,
  defaultQueueName,
  entityId,
  type Message,
  type PageData,
  type PageLink,
  type Rpc,
  type RpcError,
  type RpcRequest,
  type RpcStatus,
} from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { newMessageId } from '@thingwire/rules'
import { type EntityAccess, missing } from '../access/entity-access.ts'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { UplinkQueue } from '../queue/uplink-queue.ts'
import type { Replies } from './replies.ts'
import type { RpcDesk } from './rpc-desk.ts'

/** What became of a command: the device's answer as text, nothing, or why there is none. */
export type RpcOutcome = { data: string | null; error: RpcError | null }

export type RpcService = {
  /** Sends the command through the rule engine and waits for its end. */
  call(caller: Caller, deviceId: string, request: RpcRequest, isOneway: boolean): Promise<RpcOutcome>
  find(caller: Caller, rpcId: string): Promise<Rpc>
  list(caller: Caller, deviceId: string, link: PageLink, status?: RpcStatus): Promise<PageData<Rpc>>
  delete(caller: Caller, rpcId: string): Promise<void>
}

const leastTimeoutMs = 5_000
const defaultTimeoutMs = 10_000
/** The desk ends a command at its time; this is for a desk that is not there. */
const slackMs = 2_000

export const createRpcService = (deps: {
  database: Pick<Database, 'rpcs' | 'devices'>
  access: EntityAccess
  actions: EntityActions
  queue: Pick<UplinkQueue, 'submitInternal'>
  replies: Pick<Replies, 'serviceId' | 'wait'>
  desk: Pick<RpcDesk, 'withdraw'>
  now: () => number
}): RpcService => {
  const { database, access, actions, queue, replies } = deps

  const readable = async (caller: Caller, rpcId: string) => {
    const { scope } = await access.require(caller, entityId('RPC', rpcId), 'READ')
    const rpc = await database.rpcs.find(scope, rpcId)
    if (!rpc) throw missing('RPC', rpcId)
    await access.require(caller, rpc.deviceId, 'RPC_CALL')
    return { rpc, scope }
  }

  return {
    call: async (caller, deviceId, request, isOneway) => {
      const { head, tenantId, name, scope } = await access.require(caller, entityId('DEVICE', deviceId), 'RPC_CALL')
      const device = await database.devices.find(scope, deviceId)
      if (!device) throw missing('DEVICE', deviceId)
      const now = deps.now()
      const requestUUID = request.requestUUID ?? randomUUID()
      const expirationTime =
        request.expirationTime ?? now + Math.max(leastTimeoutMs, request.timeout || defaultTimeoutMs)
      const params = asText(request.params)
      const data = JSON.stringify({ method: request.method, params, additionalInfo: request.additionalInfo })
      const customerId = head.customerIds[0] ?? null
      const message: Message = {
        id: newMessageId(),
        ts: now,
        type: 'RPC_CALL_FROM_SERVER_TO_DEVICE',
        tenantId,
        originator: head.id,
        customerId,
        metadata: {
          requestUUID,
          originServiceId: replies.serviceId,
          expirationTime: String(expirationTime),
          oneway: String(isOneway),
          persistent: String(request.persistent ?? false),
          ...(request.retries != null && { retries: String(request.retries) }),
          deviceName: device.name,
          deviceType: device.type,
        },
        dataType: 'JSON',
        data,
        ruleChainId: head.ruleChainId,
        ruleNodeId: null,
      }
      const deed = {
        action: 'RPC_CALL' as const,
        entityId: head.id,
        entityName: name,
        customerId,
        data: { entityId: deviceId, oneWay: isOneway, method: request.method, params },
      }
      const waiting = replies.wait(requestUUID, expirationTime + slackMs)
      try {
        // The note in the audit log is written while the command is on its way: neither waits for the other.
        const sent = actions.attempt(caller, deed, async () => {
          await queue.submitInternal(head.queueName ?? defaultQueueName, deviceId, [message], data.length)
          return { result: null }
        })
        const [reply] = await Promise.all([waiting.answer, sent])
        return reply ?? { data: null, error: 'NO_ACTIVE_CONNECTION' }
      } finally {
        waiting.cancel()
      }
    },

    find: async (caller, rpcId) => (await readable(caller, rpcId)).rpc,

    list: async (caller, deviceId, link, status) => {
      const { scope } = await access.require(caller, entityId('DEVICE', deviceId), 'RPC_CALL')
      return database.rpcs.list(scope, deviceId, link, status)
    },

    delete: async (caller, rpcId) => {
      const { scope } = await access.require(caller, entityId('RPC', rpcId), 'DELETE')
      const rpc = await database.rpcs.delete(scope, rpcId)
      if (!rpc) throw missing('RPC', rpcId)
      await deps.desk.withdraw(rpc)
    },
  }
}

/** Parameters travel as JSON text; a text stays the JSON of a text. */
const asText = (params: unknown): string => (params === undefined ? 'null' : JSON.stringify(params))

export const invalidBody = (): AppError => new AppError('ARGUMENT_INVALID', 'Invalid request body')
