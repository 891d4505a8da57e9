import { giveUp } from '@thingwire/tbel/budget'
import { Time, toNumber } from './values.ts'

/*
 * Dates: what they say in numbers and as the text that JSON has. Their other texts depend on languages.
 */

const parts = ['FullYear', 'Month', 'Date', 'Hours', 'Minutes', 'Seconds', 'Milliseconds'] as const
const zones = ['', 'UTC'] as const

type Method = (date: Date, args: readonly unknown[]) => unknown

const getters = zones.flatMap((zone) =>
  parts.map((part): [string, Method] => [`get${zone}${part}`, (date) => date[`get${zone}${part}`]()]),
)
const setters = zones.flatMap((zone) =>
  parts.map((part): [string, Method] => [
    `set${zone}${part}`,
    (date, args) => {
      const [first = giveUp(), ...more] = args.map(toNumber)
      const set: (first: number, ...more: number[]) => number = date[`set${zone}${part}`]
      return more.length > 3 ? giveUp() : set.call(date, first, ...more)
    },
  ]),
)

export const dateMethods: ReadonlyMap<string, Method> = new Map<string, Method>([
  ...getters,
  ...setters,
  ['getDay', (date) => date.getDay()],
  ['getUTCDay', (date) => date.getUTCDay()],
  ['getTime', (date) => date.getTime()],
  ['setTime', (date, args) => date.setTime(toNumber(args[0]))],
  ['getTimezoneOffset', (date) => date.getTimezoneOffset()],
  ['toISOString', (date) => date.toISOString()],
  ['toJSON', (date) => date.toJSON()],
  ['toUTCString', (date) => date.toUTCString()],
  ['valueOf', (date) => date.getTime()],
])

/** `new Date(…)`. */
export const makeDate = (args: readonly unknown[]): Time => {
  const [first, ...more] = args
  if (args.length === 0) return new Time(new Date())
  if (more.length > 0) {
    const [month = 0, day = 1, hour = 0, minute = 0, second = 0, ms = 0] = more.map(toNumber)
    return new Time(new Date(toNumber(first), month, day, hour, minute, second, ms))
  }
  if (typeof first === 'string') return first.length > 40 ? giveUp() : new Time(new Date(first))
  return new Time(new Date(toNumber(first)))
}
