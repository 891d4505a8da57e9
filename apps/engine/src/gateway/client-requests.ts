import { AppError, defaultQueueName, entityId, type Message } from '@thingwire/contracts'
import { newMessageId } from '@thingwire/rules'
import { z } from 'zod'
import type { TenantLimits } from '../limits/tenant-limits.ts'
import type { UplinkQueue } from '../queue/uplink-queue.ts'
import type { Replies } from '../rpc/replies.ts'
import type { ServerAnswer } from '../transports/transport.ts'
import type { OpenSession } from './session-registry.ts'

/** How long a device waits for the rule chain's answer (as ThingsBoard). */
const answerTimeoutMs = 60_000
const timeoutAnswer = '{"error":"timeout"}'
/** Requests of one session that may wait at a time. */
const maxWaiting = 100
/** What a session may send, as `getSessionLimits` tells it. */
const maxPayloadBytes = 65_536

const requestSchema = z.looseObject({ method: z.string().min(1) })

export type ClientRequests = {
  /** A request that a device makes; its answer comes from the rule chain, or says that none came. */
  ask(session: OpenSession, requestId: number, payload: Uint8Array): Promise<ServerAnswer>
  /** Nobody is there any more to hear the answers. */
  forget(session: OpenSession): void
}

/** Requests from devices to the server: TO_SERVER_RPC_REQUEST out, an answer of the "rpc call reply" node back. */
export const createClientRequests = (options: {
  queue: Pick<UplinkQueue, 'submit'>
  replies: Pick<Replies, 'serviceId' | 'onDevice'>
  limits: Pick<TenantLimits, 'of'>
}): ClientRequests => {
  const waiting = new Map<string, Map<number, (answer: string) => void>>()

  options.replies.onDevice(({ sessionId, requestId, data }) => waiting.get(sessionId)?.get(requestId)?.(data))

  const expect = (session: OpenSession, requestId: number): Promise<string> => {
    const ofSession = waiting.get(session.id) ?? new Map<number, (answer: string) => void>()
    waiting.set(session.id, ofSession)
    if (ofSession.size >= maxWaiting) throw new AppError('RATE_LIMITED', 'Too many requests wait for an answer')
    return new Promise((resolve) => {
      const finish = (answer: string) => {
        clearTimeout(timer)
        if (ofSession.get(requestId) === finish) ofSession.delete(requestId)
        resolve(answer)
      }
      const timer = setTimeout(() => finish(timeoutAnswer), answerTimeoutMs)
      timer.unref()
      ofSession.set(requestId, finish)
    })
  }

  const sessionLimits = async ({ tenantId, info }: OpenSession): Promise<string> => {
    const profile = await options.limits.of(tenantId)
    const ratesOf = (who: 'Device' | 'Gateway' | 'GatewayDevice') => ({
      messages: profile[`transport${who}MsgRateLimit`] || null,
      telemetryMessages: profile[`transport${who}TelemetryMsgRateLimit`] || null,
      telemetryDataPoints: profile[`transport${who}TelemetryDataPointsRateLimit`] || null,
    })
    return JSON.stringify({
      maxPayloadSize: maxPayloadBytes,
      maxInflightMessages: maxWaiting,
      // A gateway is told what it may send altogether, and what each of its devices may.
      ...(info.isGateway && { gatewayRateLimits: ratesOf('Gateway') }),
      rateLimits: ratesOf(info.isGateway ? 'GatewayDevice' : 'Device'),
    })
  }

  return {
    ask: async (session, requestId, payload) => {
      const request = parsedRequest(payload)
      if (!request) return { ok: false, code: 'PAYLOAD_MALFORMED', message: 'The request has no method' }
      if (request.method === 'getSessionLimits') return { ok: true, answer: sessionLimits(session) }
      const answer = expect(session, requestId)
      const { info } = session
      const data = JSON.stringify({ method: request.method, params: request.params ?? null })
      const message: Message = {
        id: newMessageId(),
        ts: Date.now(),
        type: 'TO_SERVER_RPC_REQUEST',
        tenantId: info.tenantId,
        originator: entityId('DEVICE', info.deviceId),
        customerId: info.customerId,
        metadata: {
          deviceName: info.name,
          deviceType: info.type,
          requestId: String(requestId),
          serviceId: options.replies.serviceId,
          sessionId: session.id,
        },
        dataType: 'JSON',
        data,
        ruleChainId: info.defaultRuleChainId,
        ruleNodeId: null,
      }
      try {
        await options.queue.submit(info.defaultQueueName ?? defaultQueueName, info.deviceId, [message], data.length)
      } catch (error) {
        waiting.get(session.id)?.get(requestId)?.(timeoutAnswer)
        throw error
      }
      return { ok: true, answer }
    },

    forget: (session) => {
      for (const finish of waiting.get(session.id)?.values() ?? []) finish(timeoutAnswer)
      waiting.delete(session.id)
    },
  }
}

const parsedRequest = (payload: Uint8Array): z.output<typeof requestSchema> | null => {
  try {
    const parsed = requestSchema.safeParse(JSON.parse(Buffer.from(payload).toString('utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
