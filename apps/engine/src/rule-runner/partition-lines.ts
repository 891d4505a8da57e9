import type { Message } from '@thingwire/contracts'
import { errorFields, type Logger } from '../observability/logger.ts'
import { laneKeyOf } from '../queue/pack.ts'
import type { QueueSettings } from '../queue/queue-settings.ts'
import type { PackPlace } from './pack-runner.ts'
import type { PartitionJob } from './partition-worker.ts'
import { createQueueLine, type QueueLine } from './queue-line.ts'

/** Of batches that stand aside, in this process; the partitions of others are held up until there is room. */
const mostCharactersAside = 64_000_000

export type PartitionLines = {
  /** Does the work on a job in the job's place among those of its partition that are under way. */
  inLine<T>(
    job: PartitionJob & { partition: string },
    batch: { messages: readonly Message[]; submit: QueueSettings['submit'] },
    work: (place: PackPlace) => Promise<T>,
  ): Promise<T>
  /** Whether other batches of the partition may be under way. */
  isBusy(partition: string): boolean
}

/** Lets the next batch of a partition begin when one waits for slow nodes alone. */
export const createPartitionLines = ({
  untilDone,
  logger,
}: {
  /** Repeats what fails because the environment is away. */
  untilDone(work: () => Promise<void>): Promise<void>
  logger: Logger
}): PartitionLines => {
  const lines = new Map<string, QueueLine>()
  let charactersAside = 0

  const lineOf = (partition: string): QueueLine => {
    const line = lines.get(partition) ?? createQueueLine()
    lines.set(partition, line)
    return line
  }

  return {
    isBusy: (partition) => !lineOf(partition).isEmpty(),
    inLine: async (job, { messages, submit }, work) => {
      const line = lineOf(job.partition)
      await untilDone(() => job.lookAround(line))
      const laneOf = laneKeyOf(submit)
      const place = line.enter(() => (laneOf ? messages.map(laneOf) : []))
      let characters = 0
      const stalled = (laneKeys: () => ReadonlySet<string>): void => {
        if (characters > 0 || charactersAside > mostCharactersAside) return
        characters = messages.reduce((sum, { data }) => sum + data.length, messages.length)
        charactersAside += characters
        const keys = laneKeys()
        // First, since the next batch may begin at once.
        place.standAside(keys)
        job.standAside(keys).catch((error: unknown) => {
          logger.debug(errorFields(error), 'a batch that waits for slow nodes holds up its partition')
        })
      }
      try {
        return await work({ isHeld: place.isHeld, released: place.released, stalled })
      } finally {
        charactersAside -= characters
        place.leave()
      }
    },
  }
}
