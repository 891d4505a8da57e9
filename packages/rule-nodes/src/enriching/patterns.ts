import type { Message } from '@thingwire/contracts'
import { fillTemplate } from '@thingwire/rules'

const hasPlaceholder = (text: string): boolean => text.includes('${') || text.includes('$[')

/** Fills patterns for one message. Data that is no JSON fails, whether a pattern names any of it or not. */
export type FillPatterns = (message: Message) => readonly string[]

export const patternsOf = (patterns: readonly string[]): FillPatterns => {
  // Names without a placeholder are the rule; what is left of filling them is that the data must be JSON.
  if (patterns.some(hasPlaceholder)) return (message) => patterns.map((pattern) => fill(pattern, message))
  return (message) => {
    if (patterns.length > 0) fill('', message)
    return patterns
  }
}

export const fill = (pattern: string, message: Message): string => {
  const filled = fillTemplate(pattern, message)
  if (!filled.ok) throw new Error(filled.message)
  return filled.text
}
