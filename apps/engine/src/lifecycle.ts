import { errorFields, type Logger } from './observability/logger.ts'

/**
 * A part of the engine. Constructing one has no effect; `start` does the work; `stop` ends within the deadline and
 * leaves nothing running. `compose.ts` starts parts in order and stops them in reverse.
 */
export type Part = {
  name: string
  start(): Promise<void>
  /** `deadlineMs`: epoch ms after which what is left is cut off. */
  stop(deadlineMs: number): Promise<void>
}

/** Starts parts in order; when one fails, those already started are stopped again. */
export const startParts = async (parts: readonly Part[], logger: Logger): Promise<void> => {
  const started: Part[] = []
  for (const part of parts) {
    try {
      await part.start()
      started.push(part)
    } catch (error) {
      await stopParts(started, Date.now() + 2_000, logger)
      throw error
    }
  }
}

/** Stops parts in reverse. One that fails does not keep the others from it. */
export const stopParts = async (parts: readonly Part[], deadlineMs: number, logger: Logger): Promise<void> => {
  for (const part of [...parts].reverse()) {
    try {
      await part.stop(deadlineMs)
    } catch (error) {
      logger.error({ part: part.name, ...errorFields(error) }, 'a part did not stop cleanly')
    }
  }
}
