import { AppError } from '@thingwire/contracts'
import { RE2JS } from 're2js'

/** Longest expression that a node takes, in characters. */
const maxRegexLength = 1_000

/**
 * Whether a key is matched as a whole by any of the expressions. They are run in linear time, whatever they are; what
 * that leaves out (look-ahead, back references) keeps the node from starting.
 */
export const keyMatcher = (expressions: readonly string[]): ((key: string) => boolean) => {
  const compiled = expressions.map(compile)
  // The same few keys come again and again.
  const known = new Map<string, boolean>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const isMatch = compiled.some((regex) => regex.testExact(key))
    if (known.size >= 1_000) known.clear()
    known.set(key, isMatch)
    return isMatch
  }
}

const compile = (expression: string): RE2JS => {
  const shown = JSON.stringify(expression.slice(0, 100))
  if (expression.length > maxRegexLength)
    throw new AppError('RULE_CHAIN_INVALID', `keys: ${shown}… is longer than ${maxRegexLength} characters`)
  try {
    return RE2JS.compile(expression)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('RULE_CHAIN_INVALID', `keys: ${shown} is no regular expression that can be used: ${reason}`)
  }
}
