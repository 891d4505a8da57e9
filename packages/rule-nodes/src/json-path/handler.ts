import { AppError } from '@thingwire/contracts'
import { defineHandler, parseExactJson, perMessage, withData } from '@thingwire/rules'
import { evaluatePath, type Found } from './evaluate-path.ts'
import { jsonPath } from './manifest.ts'
import { parsePath } from './parse-path.ts'

/** Longest data that is made of what was found: the same place may be found many times. */
const maxCharacters = 10_000_000

export const jsonPathHandler = defineHandler(jsonPath, (config) => {
  const text = config.jsonPath ?? ''
  // The data is not even read then, and may be anything.
  if (text === '$') return perMessage((message) => [{ message, connection: 'Success' }])
  const parsed = parsePath(text)
  if (!parsed.ok)
    throw new AppError('RULE_CHAIN_INVALID', `jsonPath: ${JSON.stringify(text.slice(0, 100))}: ${parsed.message}`)
  return perMessage((message) => {
    const data = parseExactJson(message.data)
    if (data === undefined) throw new Error('The data is no JSON')
    return [{ message: withData(message, written(evaluatePath(parsed.path, data))), connection: 'Success' }]
  })
})

export const written = ({ isList, values }: Found): string => {
  let characters = 0
  const texts = values.map((value) => {
    const text = JSON.stringify(value)
    characters += text.length
    if (characters > maxCharacters) throw new Error(`What was found is longer than ${maxCharacters} characters`)
    return text
  })
  return isList ? `[${texts.join()}]` : (texts[0] ?? 'null')
}
