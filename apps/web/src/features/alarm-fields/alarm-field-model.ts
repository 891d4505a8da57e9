import {
  type AlarmFieldConfiguration,
  type AlarmSeverity,
  alarmSeverities,
  type ArgumentPredicate,
  type ArgumentRule,
  type FieldArgument,
  type RuleExpression,
} from '@thingwire/contracts'

/** An argument in the list of the form; there, names may still be missing or stand twice. */
export type NamedArgument = FieldArgument & { name: string }

export type SimpleExpression = Extract<RuleExpression, { type: 'SIMPLE' }>
export type ArgumentFilter = SimpleExpression['filters'][number]
export type ValueType = NonNullable<ArgumentFilter['valueType']>
type GroupPredicate = Extract<ArgumentPredicate, { type: 'COMPLEX' }>
export type PlainPredicate = Exclude<ArgumentPredicate, { type: 'COMPLEX' }>
/** A value that stands in the rule, or the name of the argument that has it. */
export type Given<T> = { staticValue?: T | null | undefined; dynamicValueArgument?: string | null | undefined }

export const newArgument = (): NamedArgument => ({
  name: '',
  refEntityKey: { key: '', type: 'TS_LATEST' },
  defaultValue: null,
})

/** A key as the name of an argument: `outside temp.` becomes `outsideTemp`. `taken` are the names that there are. */
export const nameFromKey = (key: string, taken: readonly string[]): string => {
  const words = key.split(/[^A-Za-z0-9_$]+/).filter(Boolean)
  const joined = words
    .map((word, index) => (index === 0 ? word : `${word.charAt(0).toUpperCase()}${word.slice(1)}`))
    .join('')
  const plain = /^[A-Za-z_$]/.test(joined) && joined !== 'ctx' ? joined : joined && `_${joined}`
  if (plain === '' || !taken.includes(plain)) return plain
  let number = 2
  while (taken.includes(`${plain}${number}`)) number += 1
  return `${plain}${number}`
}

export const newPredicate = (type: ValueType): PlainPredicate => {
  switch (type) {
    case 'STRING':
      return { type, operation: 'EQUAL', value: { staticValue: '' }, ignoreCase: false }
    case 'BOOLEAN':
      return { type, operation: 'EQUAL', value: { staticValue: true } }
    case 'NUMERIC':
    case 'DATE_TIME':
      return { type: 'NUMERIC', operation: 'GREATER', value: { staticValue: null } }
  }
}

export const silence = (): PlainPredicate => ({ type: 'NO_DATA', unit: 'MINUTES', duration: { staticValue: 10 } })

export const newFilter = (argument: string): ArgumentFilter => ({
  argument,
  valueType: 'NUMERIC',
  operation: 'AND',
  predicates: [newPredicate('NUMERIC')],
})

export const newExpression = (type: RuleExpression['type'], argument: string): RuleExpression =>
  type === 'TBEL'
    ? { type, expression: argument === '' ? '' : `return ${argument} > 20;` }
    : { type, filters: [newFilter(argument)], operation: 'AND' }

/** A condition that looks at an argument; at none yet, when there is none. */
export const newRule = (argument: string): ArgumentRule => ({
  condition: { type: 'SIMPLE', expression: newExpression('SIMPLE', argument), schedule: null },
  alarmDetails: null,
  dashboardId: null,
})

export const newConfiguration = (): AlarmFieldConfiguration => ({
  type: 'ALARM',
  arguments: {},
  createRules: { MAJOR: newRule('') },
  clearRule: null,
  propagate: false,
  propagateToOwner: false,
  propagateToTenant: false,
  propagateRelationTypes: [],
})

/** The type of what a filter compares; one without tells it by its predicates. */
export const valueTypeOf = ({ valueType, predicates }: ArgumentFilter): ValueType => {
  if (valueType) return valueType
  const plain = predicates.find(({ type }) => type !== 'NO_DATA' && type !== 'COMPLEX')?.type
  return plain === 'STRING' || plain === 'BOOLEAN' ? plain : 'NUMERIC'
}

/** Another type of value is another comparison: what was compared before means nothing now. Silence stays what it is. */
export const withValueType = (filter: ArgumentFilter, valueType: ValueType): ArgumentFilter => ({
  ...filter,
  valueType,
  predicates: filter.predicates.map((one) => (one.type === 'NO_DATA' ? one : newPredicate(valueType))),
})

export const withMember = <T>(list: readonly T[], index: number, member: T): T[] =>
  list.map((one, place) => (place === index ? member : one))

export const without = <T>(list: readonly T[], index: number): T[] => list.filter((_, place) => place !== index)

/** A group that has lost a member: one of one is that one, one of none is none. */
export const withoutMember = (group: GroupPredicate, index: number): ArgumentPredicate | null => {
  const predicates = without(group.predicates, index)
  return predicates.length > 1 ? { ...group, predicates } : (predicates[0] ?? null)
}

/** From the highest down, as they are tried. */
export const severitiesIn = (rules: Partial<Record<AlarmSeverity, unknown>>): AlarmSeverity[] =>
  alarmSeverities.filter((severity) => rules[severity])

const names = new Set(['argument', 'dynamicValueArgument'])

/** Every place of a rule where an argument is named, with the way there. */
export const argumentUses = (value: unknown, path: PropertyKey[] = []): { path: PropertyKey[]; name: string }[] => {
  if (Array.isArray(value)) return value.flatMap((one: unknown, index) => argumentUses(one, [...path, index]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, one]: [string, unknown]) => {
    const here = [...path, key]
    if (!names.has(key)) return argumentUses(one, here)
    // Nothing is named where a fixed value stands.
    return typeof one === 'string' && (one !== '' || key === 'argument') ? [{ path: here, name: one }] : []
  })
}

/**
 * The JSON of a rule with an argument called otherwise, also in the details of the alarm; scripts are left to people. From '':
 * values for which none was chosen yet.
 */
export const withRenamed = (json: string, from: string, to: string): string =>
  json === ''
    ? json
    : JSON.stringify(
        JSON.parse(json, (key, value: unknown) => {
          if ((from === '' ? key === 'argument' : names.has(key)) && value === from) return to
          if (key === 'alarmDetails' && typeof value === 'string' && from !== '')
            return value.replaceAll(`\${${from}}`, `\${${to}}`)
          return value
        }),
      )
