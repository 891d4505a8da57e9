import type { Message } from '@thingwire/contracts'
import { defineHandler, fillTemplate, perMessage } from '@thingwire/rules'
import { delay } from './manifest.ts'

export const delayHandler = defineHandler(delay, (config, { ports }) => {
  const periodOf = (message: Message): number => {
    if (!config.useMetadataPeriodInSecondsPatterns) return config.periodInSeconds
    const pattern = config.periodInSecondsPattern ?? ''
    const filled = fillTemplate(pattern, message)
    if (!filled.ok) throw new Error(filled.message)
    if (!/^\d{1,9}$/.test(filled.text.trim()))
      throw new Error(`The pattern ${pattern} gives no number of seconds: ${filled.text.slice(0, 100)}`)
    return Number(filled.text)
  }
  return perMessage((message) => {
    const untilMs = ports.clock.now() + periodOf(message) * 1_000
    const hold = { untilMs, most: config.maxPendingMsgs, refusal: 'Max limit of pending messages reached!' }
    return [{ message, queueName: null, hold }]
  })
})
