// Load of alarms.ts: messages of devices into the real queue, each for an alarm of its own.
import { randomUUID } from 'node:crypto'
import type { Message } from '@thingwire/contracts'
import { openDatabase } from '@thingwire/db'
import { newMessageId } from '@thingwire/rules'
import { createChannels } from '../../apps/engine/src/channels.ts'
import { startParts, stopParts } from '../../apps/engine/src/lifecycle.ts'
import { silentLogger as logger } from '../../apps/engine/src/observability/logger.ts'
import { createMetrics } from '../../apps/engine/src/observability/metrics.ts'
import { createQueueDirectory } from '../../apps/engine/src/queue/queue-directory.ts'
import { createUplinkQueue } from '../../apps/engine/src/queue/uplink-queue.ts'
import { redisOpener } from '../../apps/engine/src/redis.ts'
import type { StormPlan, StormReport } from './protocol.ts'

const tickMs = 20

const run = async (plan: StormPlan): Promise<StormReport> => {
  const openRedis = redisOpener(plan.redisUrl, logger)
  const database = openDatabase({ url: plan.databaseUrl, poolSize: 2 })
  const channels = createChannels({ openRedis, logger })
  const directory = createQueueDirectory({ database, channels, mostPartitions: 4, logger })
  const queue = createUplinkQueue({
    ...{ openRedis, processId: randomUUID(), directory, maxBatchMessages: 500, maxPending: 100_000 },
    ...{ logger, metrics: createMetrics() },
  })
  const parts = [channels, directory, queue]
  await startParts(parts, logger)
  const messageOf = (n: number): Message => ({
    id: newMessageId(),
    ts: Date.now(),
    type: 'POST_TELEMETRY_REQUEST',
    tenantId: plan.tenantId,
    originator: { entityType: 'DEVICE', id: plan.deviceIds[n % plan.deviceIds.length] ?? '' },
    customerId: null,
    metadata: { kind: String(Math.floor(n / plan.deviceIds.length)), ts: String(Date.now()) },
    dataType: 'JSON',
    data: JSON.stringify({ temperature: 90 }),
    ruleChainId: null,
    ruleNodeId: null,
  })
  const total = plan.rate * plan.seconds
  const pending: Promise<unknown>[] = []
  let rejected = 0
  const began = performance.now()
  for (let sent = 0; sent < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - began) / 1_000) * plan.rate))
    for (; sent < due; sent++) {
      const message = messageOf(sent)
      pending.push(
        queue.submitInternal('Main', message.originator.id, [message], 400).catch(() => {
          rejected++
        }),
      )
    }
    await new Promise((resolve) => setTimeout(resolve, tickMs))
  }
  await Promise.all(pending)
  const elapsedMs = performance.now() - began
  await stopParts(parts, Date.now() + 3_000, logger)
  await database.close()
  return { sent: total, elapsedMs, rejected }
}

process.once('message', (plan: StormPlan) => {
  void run(plan).then((report) => process.send?.(report, () => process.disconnect?.()))
})
