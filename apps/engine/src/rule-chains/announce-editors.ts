import type { Redis } from 'ioredis'
import { errorFields, type Logger } from '../observability/logger.ts'
import { redisChannels } from '../redis-keys.ts'

/**
 * Tells those who have a chain open that its draft is another. The draft is stored by then, so a Redis that is away fails
 * nobody: editors look again every few seconds.
 */
export const announceEditors =
  (redis: Redis, logger: Logger) =>
  async (ruleChainId: string): Promise<void> => {
    try {
      await redis.publish(redisChannels.chainEditors, ruleChainId.toLowerCase())
    } catch (error) {
      logger.warn({ ruleChainId, ...errorFields(error) }, 'a draft was not announced')
    }
  }
