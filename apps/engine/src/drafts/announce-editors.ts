import type { EditedId } from '@thingwire/contracts'
import type { Redis } from 'ioredis'
import { errorFields, type Logger } from '../observability/logger.ts'
import { redisChannels } from '../redis-keys.ts'

/** What has drafts, as one text: `DASHBOARD <id>`. */
export const editedText = ({ entityType, id }: EditedId): string => `${entityType} ${id.toLowerCase()}`

/**
 * Tells those who have a document open that its draft is another. The draft is stored by then, so a Redis that is away fails
 * nobody: editors look again every few seconds.
 */
export const announceEditors =
  (redis: Redis, logger: Logger) =>
  async (edited: EditedId): Promise<void> => {
    try {
      await redis.publish(redisChannels.editors, editedText(edited))
    } catch (error) {
      logger.warn({ ...edited, ...errorFields(error) }, 'a draft was not announced')
    }
  }
