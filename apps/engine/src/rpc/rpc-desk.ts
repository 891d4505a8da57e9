import {
  type Message,
  type Rpc,
  type RpcError,
  type RpcStatus,
  type MessageType,
  defaultQueueName,
} from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { newMessageId, type RpcCall } from '@thingwire/rules'
import type { Redis } from 'ioredis'
import { wakeDevice } from '../downlinks/tell-holders.ts'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { UplinkQueue } from '../queue/uplink-queue.ts'
import type { OpenRedis } from '../redis.ts'
import { redisKeys } from '../redis-keys.ts'
import { createExpiryTimer } from './expiry-timer.ts'
import { createPendingRpcs, type PendingRpc, type RpcSubmit, type SentRpc } from './pending-rpcs.ts'
import type { Replies } from './replies.ts'

export type RpcDesk = Part & {
  /** Keeps the calls and wakes whichever gateway holds the device. */
  send(tenantId: string, calls: readonly RpcCall[]): Promise<void>
  /** Commands to write to the device now, at most `limit`. Say by `delivered` what became of each. */
  claim(deviceId: string, limit: number): Promise<SentRpc[]>
  /** The command was written; `acknowledged` resolves to whether the device took it in time. */
  delivered(rpc: SentRpc, acknowledged: Promise<boolean>): Promise<void>
  /** A claimed command was not written after all: it waits again. */
  putBack(rpc: SentRpc): Promise<void>
  /** The answer of a device; one that nobody waits for is dropped. */
  answer(deviceId: string, number: number, body: string): Promise<void>
  /** Somebody deleted a persistent command. */
  withdraw(rpc: Rpc): Promise<void>
}

const dueAtOnce = 500
const overdueEveryMs = 30_000
const defaultRules: RpcRules = { strategy: 'BURST', responseTimeoutMs: 30_000, maxRetries: 5 }

const statusMessages = {
  QUEUED: 'RPC_QUEUED',
  SENT: 'RPC_SENT',
  DELIVERED: 'RPC_DELIVERED',
  SUCCESSFUL: 'RPC_SUCCESSFUL',
  TIMEOUT: 'RPC_TIMEOUT',
  EXPIRED: 'RPC_EXPIRED',
  FAILED: 'RPC_FAILED',
  DELETED: 'RPC_DELETED',
} as const satisfies Record<RpcStatus, MessageType>

export type RpcRules = RpcSubmit & {
  /** Most retries of a persistent command, whatever its caller wants. */
  maxRetries: number
}

/** The life of commands to devices between whoever sent them and the gateways (as ThingsBoard). */
export const createRpcDesk = (options: {
  database: Pick<Database, 'rpcs' | 'entities'>
  queue: Pick<UplinkQueue, 'submitInternal'>
  replies: Pick<Replies, 'send'>
  openRedis: OpenRedis
  logger: Logger
  rules?: RpcRules
}): RpcDesk => {
  const { database, queue, replies, logger, rules = defaultRules } = options
  let redis: Redis | null = null
  let nextOverdueMs = 0
  /** Devices whose next command may go when the answer to the last one takes too long. */
  const answerTimers = new Set<NodeJS.Timeout>()
  const connected = (): Redis => {
    if (!redis) throw new Error('the RPC desk is not started')
    return redis
  }
  const pending = createPendingRpcs(connected, rules)

  const enqueue = async (message: Message) => {
    const head = await database.entities.findHead(message.tenantId, message.originator)
    const ruleChainId = message.ruleChainId ?? head?.ruleChainId ?? null
    const sent = { ...message, id: newMessageId(), ruleChainId }
    await queue.submitInternal(head?.queueName ?? defaultQueueName, message.originator.id, [sent], message.data.length)
  }

  /** Answers the REST caller, if there is one, and lets the rule chain go on. */
  const settle = async (rpc: PendingRpc, result: { data: string | null; error: RpcError | null }) => {
    const { originServiceId, requestId, continuation } = rpc
    if (originServiceId) await replies.send(originServiceId, { kind: 'call', requestId, ...result })
    if (!continuation) return
    await enqueue({
      ...continuation,
      connection: result.error ? 'Failure' : 'Success',
      data: result.error ? JSON.stringify({ error: result.error }) : result.data || '{}',
    })
  }

  const tellStatus = async (rpc: Rpc) => {
    await enqueue({
      id: newMessageId(),
      ts: Date.now(),
      type: statusMessages[rpc.status],
      tenantId: rpc.tenantId.id,
      originator: rpc.deviceId,
      customerId: null,
      metadata: {},
      dataType: 'JSON',
      data: JSON.stringify(rpc),
      ruleChainId: null,
      ruleNodeId: null,
    })
  }

  const advance = async ({ tenantId, requestId }: PendingRpc, status: RpcStatus, response?: unknown) => {
    const rpc = await database.rpcs.advance(tenantId, requestId, status, response)
    if (rpc) await tellStatus(rpc)
  }

  let lastMoment = 0
  const nextMoment = () => {
    lastMoment = Math.max(Date.now(), lastMoment + 0.001)
    return lastMoment
  }

  const keep = async (tenantId: string, call: RpcCall) => {
    const rpc: PendingRpc = {
      requestId: call.requestId,
      tenantId,
      deviceId: call.deviceId,
      createdAt: nextMoment(),
      method: call.method,
      params: call.params,
      isOneway: call.isOneway,
      isPersistent: call.isPersistent,
      expirationTime: call.expirationTime,
      retries: call.retries,
      attempts: 0,
      originServiceId: call.originServiceId,
      continuation: call.continuation,
    }
    const isOver = call.expirationTime <= Date.now()
    if (isOver && !call.isPersistent) return
    if (call.isPersistent) {
      const isKept = await keepRow(tenantId, call)
      if (!isKept) return
      await settle(rpc, { data: JSON.stringify({ rpcId: call.requestId }), error: null })
      if (isOver) return advance(rpc, 'EXPIRED')
    }
    // In this order on one connection: whoever is woken finds it.
    await Promise.all([pending.add(rpc), wakeDevice(connected(), call.deviceId)])
    expiry.arm(call.expirationTime)
  }

  /** A batch that runs again after a crash finds the row; the command may not be in Redis yet. */
  const keepRow = async (tenantId: string, call: RpcCall): Promise<boolean> => {
    const created = await database.rpcs.create(tenantId, toRow(tenantId, call))
    if (created) await tellStatus(created)
    const row = created ?? (await database.rpcs.find({ kind: 'tenant', tenantId }, call.requestId))
    return row?.status === 'QUEUED'
  }

  /** The command is no longer in the way of the next one. */
  const goOn = async (deviceId: string) => {
    if (rules.strategy !== 'BURST') await wakeDevice(connected(), deviceId)
  }

  const expire = async (deviceId: string, requestId: string) => {
    const taken = await pending.take(deviceId, requestId)
    if (!taken) {
      // The hash of the device went first; the entry would come up for ever.
      await connected().zrem(redisKeys.rpcExpiry, `${deviceId}/${requestId}`)
      return
    }
    const { rpc, wasSent } = taken
    await goOn(deviceId)
    if (rpc.isPersistent) await advance(rpc, 'EXPIRED')
    else await settle(rpc, { data: null, error: wasSent ? 'TIMEOUT' : 'NO_ACTIVE_CONNECTION' })
  }

  const expireDue = async (nowMs: number): Promise<number | null> => {
    if (redis?.status !== 'ready') return null
    for (let due = await pending.due(nowMs, dueAtOnce); due.length > 0; due = await pending.due(nowMs, dueAtOnce))
      await Promise.all(due.map(({ deviceId, requestId }) => expire(deviceId, requestId)))
    if (nowMs >= nextOverdueMs) await expireRows(nowMs)
    return pending.nextDue()
  }

  /** Rows whose command Redis has lost end here; one process looks, now and then. */
  const expireRows = async (nowMs: number) => {
    nextOverdueMs = nowMs + overdueEveryMs
    const isOurTurn = await connected().set(redisKeys.duty('rpc-overdue'), '1', 'PX', overdueEveryMs, 'NX')
    if (!isOurTurn) return
    for (const rpc of await database.rpcs.overdue(nowMs - overdueEveryMs, dueAtOnce)) {
      const ended = await database.rpcs.advance(rpc.tenantId.id, rpc.id.id, 'EXPIRED')
      if (ended) await tellStatus(ended)
    }
  }
  const expiry = createExpiryTimer({ end: expireDue, logger })

  const notAcknowledged = async (rpc: SentRpc) => {
    if (rpc.attempts < Math.min(rpc.retries ?? rules.maxRetries, rules.maxRetries)) {
      await advance(rpc, 'TIMEOUT')
      await pending.putBack(rpc, rpc.attempts + 1)
      // Again at once when the device is there, else when it comes.
      return wakeDevice(connected(), rpc.deviceId)
    }
    await pending.take(rpc.deviceId, rpc.requestId)
    await goOn(rpc.deviceId)
    await advance(rpc, 'FAILED', { error: 'The device did not acknowledge the command' })
  }

  const noteAcknowledged = async (rpc: SentRpc) => {
    if (rules.strategy === 'SEQUENTIAL_ON_ACK_FROM_DEVICE') await pending.acknowledge(rpc)
  }

  const deliveredOnce = async (rpc: SentRpc, acknowledged: Promise<boolean>) => {
    if (rpc.isOneway) {
      const taken = await pending.take(rpc.deviceId, rpc.requestId)
      if (taken) await settle(taken.rpc, { data: null, error: null })
    } else if (rules.strategy === 'SEQUENTIAL_ON_ACK_FROM_DEVICE') {
      // Nothing repeats it: whether it was taken or not, the next one may go.
      await acknowledged
      await noteAcknowledged(rpc)
    } else return
    await goOn(rpc.deviceId)
  }

  const goOnLater = (deviceId: string) => {
    const timer = setTimeout(() => {
      answerTimers.delete(timer)
      goOn(deviceId).catch((error: unknown) => logger.warn(errorFields(error), 'the next command was not sent'))
    }, rules.responseTimeoutMs + 1)
    answerTimers.add(timer)
  }

  return {
    name: 'rpc desk',
    start: async () => {
      redis = options.openRedis('commands')
      await redis.connect()
      expiry.start()
    },
    stop: async () => {
      await expiry.stop()
      for (const timer of answerTimers) clearTimeout(timer)
      await redis?.quit().catch(() => redis?.disconnect())
    },
    send: async (tenantId, calls) => {
      // Commands of one device keep their order.
      const ofDevices = [...Map.groupBy(calls, ({ deviceId }) => deviceId).values()]
      const keepAll = async (ofDevice: readonly RpcCall[]) => {
        for (const call of ofDevice) await keep(tenantId, call)
      }
      await Promise.all(ofDevices.map(keepAll))
    },
    claim: async (deviceId, limit) => {
      const claimed = await pending.claim(deviceId, limit)
      if (claimed.length > 0 && rules.strategy === 'SEQUENTIAL_ON_RESPONSE_FROM_DEVICE') goOnLater(deviceId)
      return claimed
    },
    putBack: (rpc) => pending.putBack(rpc, rpc.attempts),
    delivered: async (rpc, acknowledged) => {
      if (!rpc.isPersistent) return deliveredOnce(rpc, acknowledged)
      await advance(rpc, 'SENT')
      if (!(await acknowledged)) return notAcknowledged(rpc)
      // A one-way command ends with the acknowledgement; it keeps this status.
      if (rpc.isOneway) await pending.take(rpc.deviceId, rpc.requestId)
      else await noteAcknowledged(rpc)
      await advance(rpc, 'DELIVERED')
      await goOn(rpc.deviceId)
    },
    answer: async (deviceId, number, body) => {
      const rpc = await pending.takeByNumber(deviceId, number)
      if (!rpc) return
      await goOn(deviceId)
      if (rpc.isPersistent) await advance(rpc, 'SUCCESSFUL', parsedOr(body))
      else await settle(rpc, { data: body, error: null })
    },
    withdraw: async (rpc) => {
      await pending.take(rpc.deviceId.id, rpc.id.id)
      await goOn(rpc.deviceId.id)
      await tellStatus({ ...rpc, status: 'DELETED' })
    },
  }
}

const parsedOr = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return { error: text }
  }
}

const toRow = (tenantId: string, call: RpcCall) => {
  const additionalInfo = call.additionalInfo === null ? null : parsedOr(call.additionalInfo)
  return {
    id: call.requestId,
    deviceId: call.deviceId,
    expirationTime: call.expirationTime,
    additionalInfo,
    request: {
      id: call.requestId,
      tenantId: { entityType: 'TENANT', id: tenantId },
      deviceId: { entityType: 'DEVICE', id: call.deviceId },
      oneway: call.isOneway,
      expirationTime: call.expirationTime,
      body: { method: call.method, params: call.params },
      persisted: true,
      retries: call.retries,
      additionalInfo: call.additionalInfo,
    },
  }
}
