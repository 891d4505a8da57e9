import type { AlarmKeyFilter, AlarmPredicate, DynamicValue, KvValue } from '@thingwire/contracts'
import { booleanOf, constantOf, type Facts, factKey, numberOf, resolved, textOf } from './facts.ts'

export type Condition = (facts: Facts) => boolean
type Test = (value: KvValue, facts: Facts) => boolean

/** All filters of a rule. What a filter names and the device does not have makes the rule false. */
export const conditionOf = (filters: readonly AlarmKeyFilter[]): Condition => {
  const conditions = filters.map(filterOf)
  return (facts) => conditions.every((holds) => holds(facts))
}

const filterOf = ({ key, value, predicate }: AlarmKeyFilter): Condition => {
  if (key.type === 'CONSTANT') {
    const constant = constantOf(value)
    const test = testOf(predicate, true)
    return (facts) => constant !== undefined && test(constant, facts)
  }
  const name = factKey(key.type, key.key)
  const test = testOf(predicate, false)
  return (facts) => {
    const found = facts.values.get(name)
    return found !== undefined && test(found, facts)
  }
}

/** @param isConstant A constant is compared with a value from elsewhere; without that one nothing is known. */
const testOf = (predicate: AlarmPredicate, isConstant: boolean): Test => {
  switch (predicate.type) {
    case 'COMPLEX': {
      const tests = predicate.predicates.map((one) => testOf(one, isConstant))
      return predicate.operation === 'OR'
        ? (value, facts) => tests.some((test) => test(value, facts))
        : (value, facts) => tests.every((test) => test(value, facts))
    }
    case 'NUMERIC': {
      const compare = numericTests[predicate.operation]
      const expected = expectedOf(predicate.value, numberOf, isConstant)
      return (value, facts) => {
        const [left, right] = [numberOf(value), expected(facts)]
        return left !== null && right !== null && compare(left, right)
      }
    }
    case 'BOOLEAN': {
      const isEqual = predicate.operation === 'EQUAL'
      const expected = expectedOf(predicate.value, booleanOf, isConstant)
      return (value, facts) => {
        const right = expected(facts)
        return right !== null && (booleanOf(value) === right) === isEqual
      }
    }
    case 'STRING': {
      const compare = textTests[predicate.operation]
      const folded = (text: string) => (predicate.ignoreCase ? text.toLowerCase() : text)
      const expected = expectedOf(predicate.value, textOf, isConstant)
      return (value, facts) => {
        const right = expected(facts)
        return right !== null && compare(folded(textOf(value)), folded(right))
      }
    }
  }
}

const expectedOf =
  <T>(
    { defaultValue, dynamicValue }: { defaultValue?: T | null | undefined; dynamicValue?: DynamicValue },
    convert: (value: KvValue) => T | null,
    isConstant: boolean,
  ) =>
  (facts: Facts): T | null => {
    const elsewhere = dynamicValue ? resolved(dynamicValue, facts) : undefined
    const converted = elsewhere === undefined ? null : convert(elsewhere)
    return converted ?? (isConstant ? null : (defaultValue ?? null))
  }

export const numericTests: Record<
  Extract<AlarmPredicate, { type: 'NUMERIC' }>['operation'],
  (left: number, right: number) => boolean
> = {
  EQUAL: (left, right) => left === right,
  NOT_EQUAL: (left, right) => left !== right,
  GREATER: (left, right) => left > right,
  LESS: (left, right) => left < right,
  GREATER_OR_EQUAL: (left, right) => left >= right,
  LESS_OR_EQUAL: (left, right) => left <= right,
}

export const textTests: Record<
  Extract<AlarmPredicate, { type: 'STRING' }>['operation'],
  (left: string, right: string) => boolean
> = {
  EQUAL: (left, right) => left === right,
  NOT_EQUAL: (left, right) => left !== right,
  STARTS_WITH: (left, right) => left.startsWith(right),
  ENDS_WITH: (left, right) => left.endsWith(right),
  CONTAINS: (left, right) => left.includes(right),
  NOT_CONTAINS: (left, right) => !left.includes(right),
  IN: (left, right) => listed(right).includes(left),
  NOT_IN: (left, right) => !listed(right).includes(left),
}

/** A list with commas; a comma inside quotes belongs to its entry, and the quotes do not. */
const listed = (text: string): string[] =>
  [...text.matchAll(/(?:^|,)((?:"[^"]*"|'[^']*'|[^,])*)/g)].map(([, entry = '']) =>
    entry.trim().replace(/^(["'])(.*)\1$/s, '$2'),
  )
