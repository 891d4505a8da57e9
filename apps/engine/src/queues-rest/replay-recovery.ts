import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import type { LetterReplay } from './letter-replay.ts'

const everyMs = 60_000

/** Sends the dead letters whose replay was cut off by the death of its process. Any number of processes may do it. */
export const createReplayRecovery = (options: { replay: LetterReplay; logger: Logger }): Part => {
  let timer: NodeJS.Timeout | null = null
  let running: Promise<void> = Promise.resolve()

  const run = async () => {
    try {
      const finished = await options.replay.finish()
      if (finished > 0) options.logger.info({ letters: finished }, 'an unfinished replay was finished')
    } catch (error) {
      options.logger.warn(errorFields(error), 'unfinished replays were not looked for')
    }
  }

  return {
    name: 'replay recovery',
    start: async () => {
      timer = setInterval(() => {
        running = running.then(run)
      }, everyMs)
    },
    stop: async () => {
      if (timer) clearInterval(timer)
      await running
    },
  }
}
