import { nullUuid, type Queue, type QueueConfiguration, queueConfigurationSchema } from '@thingwire/contracts'
import { redisKeys } from '../redis-keys.ts'

/** How one queue is worked off. Times in ms. */
export type QueueSettings = {
  /** What its Redis keys are made of: differs between tenants that have a queue of the same name. */
  key: string
  name: string
  /** null: a queue of the system. */
  tenantId: string | null
  partitions: number
  packProcessingTimeoutMs: number
  submit: { type: QueueConfiguration['submitStrategy']['type']; batchSize: number }
  processing: {
    type: QueueConfiguration['processingStrategy']['type']
    /** 0: for ever. */
    retries: number
    /** A share from 0 to 1 (as ThingsBoard), so what is set above 1 never matters; 0: not looked at. */
    failurePercentage: number
    pauseMs: number
    maxPauseMs: number
  }
}

/** What serves everything while the database knows no queue of that name. */
export const fallbackSettings = (name: string, mostPartitions: number): QueueSettings => ({
  key: redisKeys.queueKey(name, null),
  name,
  tenantId: null,
  partitions: Math.min(10, mostPartitions),
  packProcessingTimeoutMs: 2_000,
  submit: { type: 'BURST', batchSize: 1_000 },
  processing: { type: 'SKIP_ALL_FAILURES', retries: 3, failurePercentage: 0, pauseMs: 3_000, maxPauseMs: 3_000 },
})

/** null: what is stored is no configuration that this version knows. */
export const toSettings = (queue: Queue, mostPartitions: number): QueueSettings | null => {
  const parsed = queueConfigurationSchema.safeParse(queue)
  if (!parsed.success) return null
  const { name, partitions, packProcessingTimeout, submitStrategy, processingStrategy } = parsed.data
  const tenantId = queue.tenantId.id === nullUuid ? null : queue.tenantId.id
  return {
    key: redisKeys.queueKey(name, tenantId),
    name,
    tenantId,
    partitions: Math.min(partitions, mostPartitions),
    packProcessingTimeoutMs: packProcessingTimeout,
    submit: { type: submitStrategy.type, batchSize: submitStrategy.batchSize },
    processing: {
      type: processingStrategy.type,
      retries: processingStrategy.retries,
      failurePercentage: processingStrategy.failurePercentage,
      pauseMs: processingStrategy.pauseBetweenRetries * 1_000,
      maxPauseMs: processingStrategy.maxPauseBetweenRetries * 1_000,
    },
  }
}
