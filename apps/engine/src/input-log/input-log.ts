import type { Message } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { type Channels, invalidationSchema, parseChannelMessage } from '../channels.ts'
import type { Part } from '../lifecycle.ts'
import { errorFields, type Logger } from '../observability/logger.ts'
import { redisChannels } from '../redis-keys.ts'

export type InputLog = Part & {
  /** Messages as they came out of a queue. Returns at once: a log must not slow down what it is about. */
  note(messages: readonly Message[]): void
}

const writeEveryMs = 500
const writeAtOnce = 500
/** What may wait for the database; what comes beyond it is not in the log, and the program's log says so. */
const maxWaiting = 10_000
const refreshMs = 60_000

/**
 * Keeps messages of devices whose profile asks for it, so that they can be run through a changed rule chain. It is
 * written behind the messages: what a killed process had not written is missing in the log, and only there.
 */
export const createInputLog = (options: {
  inputLog: Database['inputLog']
  channels: Channels
  logger: Logger
}): InputLog => {
  const { inputLog, logger } = options
  let tenants: ReadonlySet<string> = new Set()
  let waiting: Message[] = []
  let leftOut = 0
  let timers: NodeJS.Timeout[] = []
  let running: Promise<void> = Promise.resolve()

  const refresh = async () => {
    tenants = new Set(await inputLog.tenants())
  }
  const refreshSoon = () => {
    refresh().catch((error: unknown) => logger.warn(errorFields(error), 'profiles with an input log are not known'))
  }
  options.channels.subscribe(redisChannels.invalidation, (text) => {
    const event = parseChannelMessage(text, invalidationSchema, logger, redisChannels.invalidation)
    if (event?.kind === 'device-profile' || event?.kind === 'tenant') refreshSoon()
  })
  options.channels.onGap(refreshSoon)

  const write = async () => {
    if (leftOut > 0) logger.warn({ messages: leftOut }, 'messages are not in the input log: the database was too slow')
    leftOut = 0
    while (waiting.length > 0) {
      const batch = waiting.slice(0, writeAtOnce)
      await inputLog.append(batch)
      waiting = waiting.slice(batch.length)
    }
  }
  const writeSoon = () => {
    if (waiting.length === 0) return
    running = running
      .then(write)
      .catch((error: unknown) => logger.warn(errorFields(error), 'the input log waits for the database'))
  }

  return {
    name: 'input log',
    note: (messages) => {
      if (tenants.size === 0) return
      for (const message of messages) {
        if (!tenants.has(message.tenantId) || !isInput(message)) continue
        if (waiting.length < maxWaiting) waiting.push(message)
        else leftOut++
      }
    },
    start: async () => {
      await refresh()
      timers = [setInterval(writeSoon, writeEveryMs), setInterval(refreshSoon, refreshMs)]
    },
    stop: async () => {
      for (const timer of timers) clearInterval(timer)
      await running
        .then(write)
        .catch((error: unknown) => logger.warn(errorFields(error), 'the input log is incomplete'))
    },
  }
}

/** From a device, and at the beginning of its way: what nodes send on or wait for is no input. */
const isInput = ({ originator, ruleNodeId, connection, callers }: Message): boolean =>
  originator.entityType === 'DEVICE' && ruleNodeId === null && connection === undefined && callers === undefined
