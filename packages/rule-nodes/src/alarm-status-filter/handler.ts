import type { Message } from '@thingwire/contracts'
import { type Departure, defineHandler, failureOf } from '@thingwire/rules'
import { alarmIdInData } from '../alarming/message-alarm.ts'
import { alarmStatusFilter } from './manifest.ts'

export const alarmStatusFilterHandler = defineHandler(alarmStatusFilter, ({ alarmStatusList }, { ports }) => {
  const wanted = new Set(alarmStatusList)
  return {
    handle: async (batch) => {
      const ids = new Map<Message, string>()
      const failed = new Map<Message, Departure<never>>()
      for (const message of batch) {
        try {
          ids.set(message, alarmIdInData(message.data))
        } catch (error) {
          failed.set(message, failureOf(message, error))
        }
      }
      // The alarm in the message may be long past; what counts is how it is now.
      const unique = [...new Set(ids.values())]
      const found = unique.length > 0 ? await ports.alarms.read(unique) : []
      const alarms = new Map(unique.map((id, index) => [id, found[index] ?? null]))
      return batch.map((message): Departure<'True' | 'False'> => {
        const id = ids.get(message) ?? ''
        const alarm = alarms.get(id)
        if (alarm) return { message, connection: wanted.has(alarm.status) ? 'True' : 'False' }
        return failed.get(message) ?? failureOf(message, new Error(`There is no alarm with id ${id}`))
      })
    },
  }
})
