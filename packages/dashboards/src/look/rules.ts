import { isRecord, listOf, textOf } from '../read.ts'
import { type Condition, holds, readCondition } from '../transform/condition.ts'

/** What a colour is laid on. */
export const ruleTargets = ['text', 'background', 'row'] as const
export type RuleTarget = (typeof ruleTargets)[number]

/** Stored in `thingwire.colorRules` of a widget's config, or of a data key. `column` '' stands for the value itself. */
export type ColorRule = { when: Condition; color: string; icon: string | null; target: RuleTarget }

const readRule = (file: unknown): ColorRule[] => {
  if (!isRecord(file)) return []
  const [when, color] = [readCondition(file.when), textOf(file.color)]
  if (!when || color === null) return []
  return [{ when, color, icon: textOf(file.icon), target: ruleTargets.find((one) => one === file.target) ?? 'text' }]
}

/** Whether a rule of a file can be used, for the form in which it is written. */
export const isColorRule = (file: unknown): boolean => readRule(file).length === 1

export const readColorRules = (file: unknown): ColorRule[] => listOf(file).slice(0, 200).flatMap(readRule)

/**
 * The rule of each target that a value meets first.
 * @param other values of other columns, by name
 */
export const rulesFor = (
  value: unknown,
  rules: readonly ColorRule[],
  other: (column: string) => unknown = () => undefined,
): Partial<Record<RuleTarget, ColorRule>> => {
  const found: Partial<Record<RuleTarget, ColorRule>> = {}
  for (const rule of rules) {
    if (found[rule.target]) continue
    const { column } = rule.when
    if (holds(column === '' ? value : other(column), rule.when)) found[rule.target] = rule
  }
  return found
}
