import { type FunctionSource, readFunction } from '@thingwire/dashboards'
import type { FunctionsPort } from '../host/host.ts'
import { usualParse } from './manifest.ts'

export type PinStates = ReadonlyMap<number | string, boolean>

/** Parameters of a command: the file's text with the pin and its new state put in, as JSON where it is some. */
export const paramsOf = (body: string, pin: number | string, isOn: boolean): unknown => {
  const filled = body
    // Quoted placeholders are the bare value, as the widget's own text has them.
    .replaceAll(/"\{\$pin\}"|\{\$pin\}/g, () => JSON.stringify(pin))
    .replaceAll(/"\{\$enabled\}"|\{\$enabled\}/g, String(isOn))
  if (filled.trim() === '') return {}
  try {
    return JSON.parse(filled)
  } catch {
    return filled
  }
}

const memberOf = (body: unknown, pin: number | string): unknown =>
  typeof body === 'object' && body !== null && Object.hasOwn(body, pin) ? Reflect.get(body, pin) : undefined

/** What a device's answer says of the pins, by the function of the file; a pin that it says nothing of is off. */
export const readStates = async (
  functions: FunctionsPort,
  parse: FunctionSource,
  pins: readonly (number | string)[],
  answer: unknown,
): Promise<PinStates> => {
  const code = readFunction(parse)
  if (code === null || code === usualParse) return new Map(pins.map((pin) => [pin, memberOf(answer, pin) === true]))
  const results = await functions.callMany(
    code,
    ['body', 'pin'],
    pins.map((pin) => [answer ?? null, pin]),
  )
  const failed = results.find((result) => !result.ok)
  if (failed && !failed.ok) throw new Error(failed.message)
  return new Map(pins.map((pin, at) => [pin, results[at]?.ok === true && results[at].value === true]))
}
