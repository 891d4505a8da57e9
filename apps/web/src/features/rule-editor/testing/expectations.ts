import { type ChainTest, type ChainTestReport, type ChainTestStep, effectKinds } from '@thingwire/contracts'
import { isDeepEqual } from './deep-equal.ts'

type Expected = ChainTest['expect']

/**
 * What happened, as expectations for the next time. It must have happened twice: what differs between two runs (times,
 * made-up ids) is not expected.
 */
export const expectWhatHappened = (test: ChainTest, first: ChainTestReport, second: ChainTestReport): ChainTest => ({
  ...test,
  expect: {
    connections: first.steps.flatMap(({ node, connection }) => (connection === null ? [] : [{ node, connection }])),
    messages: first.steps.flatMap((step, index) =>
      step.isEnd && step.error === null ? [endOf(step, second.steps[index])] : [],
    ),
    effects: first.effects.flatMap((effect, index) => effectOf(effect, second.effects[index])),
    failures: first.steps.flatMap(({ node, error, isEnd }) =>
      isEnd && error !== null ? [{ node, error: steadyPart(error) }] : [],
    ),
  },
})

const endOf = (step: ChainTestStep, again: ChainTestStep | undefined): NonNullable<Expected['messages']>[number] => ({
  node: step.node,
  connection: step.connection,
  type: step.type,
  ...(again?.data === step.data && { data: readData(step.data) }),
})

const effectOf = (
  effect: Record<string, unknown>,
  again: Record<string, unknown> | undefined,
): NonNullable<Expected['effects']> => {
  const kind = effectKinds.find((one) => one === effect.kind)
  if (!kind) return []
  const steady = Object.entries(effect).filter(([key, value]) => isDeepEqual(value, again?.[key]))
  return [{ ...Object.fromEntries(steady), kind }]
}

/** Errors are looked for by a part of them, and the first line is what says what went wrong. */
const steadyPart = (error: string): string => error.split('\n')[0]?.slice(0, 500) ?? ''

const readData = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export type SeenMessage = {
  type: string
  originator: NonNullable<ChainTest['message']['originator']>
  dataType: ChainTest['message']['dataType']
  data: string
  metadata: Record<string, string>
}

/** A test that sends a message that was seen, and expects nothing yet but that it does not fail. */
export const testOfMessage = (
  { type, originator, dataType, data, metadata }: SeenMessage,
  name: string,
): ChainTest => ({
  name,
  message: { type, originator, metadata, dataType, data },
  given: { attributes: [], commandAnswers: {} },
  expect: { failures: [] },
})

/** The first of `name`, `name 2`, `name 3`… that no test has. */
export const freeName = (tests: readonly Pick<ChainTest, 'name'>[], name: string): string => {
  const taken = new Set(tests.map((test) => test.name))
  if (!taken.has(name)) return name
  let number = 2
  while (taken.has(`${name} ${number}`)) number += 1
  return `${name} ${number}`
}
