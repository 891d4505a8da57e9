import { AppError, type KvValue, type Message } from '@thingwire/contracts'
import {
  compileExpression,
  defineHandler,
  errorText,
  jsonOfKv,
  numberOf,
  type Settled,
  setMember,
  textOfKv,
  withData,
  withMetadata,
} from '@thingwire/rules'
import { objectOf } from '../enriching/fetch-to.ts'
import { inBatches } from '../enriching/in-batches.ts'
import { patternsOf } from '../enriching/patterns.ts'
import { mathFunction } from './manifest.ts'
import { numberOfJson, numberOfKv, toResult } from './numbers.ts'
import { isWhole, operationOf } from './operations.ts'
import { type Calculated, type Config, keyOfResult, type Plan, placeOf, readValues, store } from './stored-values.ts'

const maxValues = 16

export const mathFunctionHandler = defineHandler(mathFunction, (config, { ports }) => {
  const { result } = config
  const calculate = calculationOf(config)
  const isStored = result.type === 'ATTRIBUTE' || result.type === 'TIME_SERIES'
  const intoBody = result.type === 'MESSAGE_BODY' || (isStored && result.addToBody)
  const intoMetadata = result.type === 'MESSAGE_METADATA' || (isStored && result.addToMetadata)
  const needsBody = intoBody || config.arguments.some(({ type }) => type === 'MESSAGE_BODY')
  const needsKey = result.type !== 'TIME_SERIES' || intoBody || intoMetadata
  // Constants are no patterns, and telemetry stands under its key as it is written.
  const fillKeys = patternsOf([
    ...config.arguments.flatMap(({ type, key }) => (type === 'CONSTANT' ? [] : [key])),
    ...(needsKey ? [result.key] : []),
  ])

  const keysOf = (message: Message): readonly string[] => {
    const filled = fillKeys(message).values()
    const next = () => filled.next().value ?? ''
    const args = config.arguments.map(({ type, key }) => (type === 'CONSTANT' ? key : next()))
    return [...args, needsKey ? next() : result.key]
  }

  /** One after the other: what one message stores the next one reads. */
  const run = async (plans: readonly Plan[]): Promise<Settled<Message>[]> => {
    const known = await readValues(plans, config, ports)
    const answers = new Map<Plan, Settled<Message>>()
    const done: Calculated[] = []
    for (const plan of plans) {
      try {
        const value = calculate(valuesOf(plan, config, known))
        const shown = toResult(value, result.resultValuePrecision, isWhole(config.operation))
        done.push({ plan, value, shown })
        const { originator } = plan.message
        if (result.type === 'ATTRIBUTE') known.set(placeOf(originator, { ...result, key: keyOfResult(plan) }), shown)
        if (result.type === 'TIME_SERIES') known.set(placeOf(originator, result), { type: 'DOUBLE', value })
      } catch (error) {
        answers.set(plan, { ok: false, error: errorText(error) })
      }
    }
    const failed = await store(done, config, ports)
    for (const one of done) {
      const error = failed.get(one)
      answers.set(one.plan, error === undefined ? { ok: true, value: written(one) } : { ok: false, error })
    }
    return plans.map((plan) => answers.get(plan) ?? { ok: false, error: 'There is no result' })
  }

  const written = ({ plan, shown }: Calculated): Message => {
    const key = keyOfResult(plan)
    const message = intoMetadata ? withMetadata(plan.message, { [key]: textOfKv(shown) }) : plan.message
    if (!intoBody || !plan.body) return message
    setMember(plan.body, key, jsonOfKv(shown))
    return withData(message, JSON.stringify(plan.body))
  }

  return inBatches({
    plan: (message): Plan => ({
      message,
      body: needsBody ? objectOf(message) : null,
      keys: keysOf(message),
    }),
    read: (plans) =>
      ports.turns.take(
        'math',
        plans.map(({ message }) => message.originator.id),
        () => run(plans),
      ),
    finish: (_, answer) => {
      if (!answer.ok) throw new Error(answer.error)
      return [{ message: answer.value, connection: 'Success' }]
    },
  })
})

const calculationOf = ({ operation, arguments: args, customFunction }: Config): ((values: number[]) => number) => {
  const refuse = (text: string) => new AppError('ARGUMENT_INVALID', text)
  if (operation !== 'CUSTOM') {
    const { takes, apply } = operationOf(operation)
    if (args.length !== takes) throw refuse(`arguments: ${operation} takes ${takes}, not ${args.length}`)
    return apply
  }
  if (args.length > maxValues) throw refuse(`arguments: there may be ${maxValues}`)
  if (customFunction.trim() === '') throw refuse('customFunction: must be set')
  const names = args.map(({ name }) => name)
  const compiled = compileExpression(customFunction, names)
  if (!compiled.ok) throw refuse(`customFunction: ${compiled.message}`)
  return compiled.evaluate
}

const valuesOf = ({ message, body, keys }: Plan, config: Config, known: ReadonlyMap<string, KvValue>): number[] =>
  config.arguments.map((argument, index) => {
    const key = keys[index] ?? ''
    const whose = `The value of ${argument.name || `argument ${index + 1}`} (${sources[argument.type]} "${key}")`
    const value = ((): number | null => {
      switch (argument.type) {
        case 'CONSTANT':
          return numberOfJson(key, undefined, whose)
        case 'MESSAGE_METADATA':
          return numberOfJson(own(message.metadata, key), undefined, whose)
        case 'MESSAGE_BODY': {
          const member = own(body ?? {}, key)
          return numberOfJson(member, numberOf(member), whose)
        }
        case 'ATTRIBUTE':
        case 'TIME_SERIES': {
          const kv = known.get(placeOf(message.originator, { ...argument, key }))
          return kv ? numberOfKv(kv, whose) : null
        }
      }
    })()
    const number = value ?? argument.defaultValue
    if (number === null) throw new Error(`${whose} is missing`)
    return number
  })

const sources = {
  CONSTANT: 'constant',
  MESSAGE_METADATA: 'metadata',
  MESSAGE_BODY: 'data',
  ATTRIBUTE: 'attribute',
  TIME_SERIES: 'telemetry',
} as const

const own = (object: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(object, key) ? object[key] : undefined
