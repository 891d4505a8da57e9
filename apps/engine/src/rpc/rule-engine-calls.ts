import { randomUUID } from 'node:crypto'
import { AppError, defaultQueueName, type EntityId, type Message } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { newMessageId } from '@thingwire/rules'
import type { EntityAccess } from '../access/entity-access.ts'
import type { EntityActions } from '../actions/entity-actions.ts'
import type { Caller } from '../auth/sign-in.ts'
import type { UplinkQueue } from '../queue/uplink-queue.ts'
import type { Replies } from './replies.ts'

export type RuleEngineCall = {
  /** Absent: the caller's own user. */
  entityId?: EntityId | undefined
  queueName?: string | undefined
  timeoutMs: number
  /** JSON text. */
  body: string
}

export type RuleEngineCalls = {
  /** Pushes the body into the rule engine and waits for a "rest call reply" node; null: none answered in time. */
  call(caller: Caller, call: RuleEngineCall): Promise<string | null>
}

/** REST calls into rule chains (as ThingsBoard). */
export const createRuleEngineCalls = (deps: {
  database: Pick<Database, 'queues'>
  access: EntityAccess
  actions: EntityActions
  queue: Pick<UplinkQueue, 'submitInternal'>
  replies: Pick<Replies, 'serviceId' | 'wait'>
  now: () => number
}): RuleEngineCalls => ({
  call: async (caller, { entityId, queueName, timeoutMs, body }) => {
    const target = entityId ?? caller.user.id
    const { head, tenantId, name } = await deps.access.require(caller, target, 'WRITE')
    if (queueName && !(await deps.database.queues.exists(tenantId, queueName)))
      throw new AppError('ARGUMENT_INVALID', `Queue ${queueName} does not exist!`)
    const requestUUID = randomUUID()
    const deadlineMs = deps.now() + timeoutMs
    const customerId = head.customerIds[0] ?? null
    const message: Message = {
      id: newMessageId(),
      ts: deps.now(),
      type: 'REST_API_REQUEST',
      tenantId,
      originator: head.id,
      customerId,
      metadata: {
        serviceId: deps.replies.serviceId,
        requestUUID,
        expirationTime: String(deadlineMs),
      },
      dataType: 'JSON',
      data: body,
      ruleChainId: head.ruleChainId,
      ruleNodeId: null,
    }
    const deed = {
      action: 'REST_API_RULE_ENGINE_CALL' as const,
      entityId: head.id,
      entityName: name,
      customerId,
      data: { entityId: head.id.id, request: body },
    }
    const waiting = deps.replies.wait(requestUUID, deadlineMs)
    try {
      return await deps.actions.attempt(caller, deed, async () => {
        const queue = queueName ?? head.queueName ?? defaultQueueName
        await deps.queue.submitInternal(queue, head.id.id, [message], body.length)
        return { result: (await waiting.answer)?.data ?? null }
      })
    } finally {
      waiting.cancel()
    }
  },
})
