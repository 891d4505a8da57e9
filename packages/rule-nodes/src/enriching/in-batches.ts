import type { Message } from '@thingwire/contracts'
import { type Departure, failureOf, isEnvironmentError, type NodeHandler } from '@thingwire/rules'

/**
 * A node that needs something from outside for every message, and asks once for all of a call. What one message cannot
 * be planned or finished for is the Failure of that message alone.
 */
export const inBatches = <Plan, Answer, C extends string>(steps: {
  /** What is needed for this message. */
  plan(message: Message): Plan
  /** An answer for each plan, in order. */
  read(plans: readonly Plan[]): Promise<readonly Answer[]>
  finish(message: Message, answer: Answer, plan: Plan): Departure<C>[]
}): NodeHandler<C> => ({
  handle: async (batch) => {
    const planned = batch.map((message) => fenced(message, () => ({ plan: steps.plan(message) })))
    const plans = planned.flatMap((one) => ('plan' in one ? [one.plan] : []))
    const answers = plans.length > 0 ? await steps.read(plans) : []
    if (answers.length !== plans.length) throw new Error(`Asked for ${plans.length} answers, got ${answers.length}`)
    let next = 0
    return batch.flatMap((message, index): Departure<C>[] => {
      const one = planned[index]
      if (one === undefined) return []
      if (!('plan' in one)) return [one.failed]
      const answer = answers[next++] as Answer
      const done = fenced(message, () => ({ departures: steps.finish(message, answer, one.plan) }))
      return 'departures' in done ? done.departures : [done.failed]
    })
  },
})

const fenced = <T>(message: Message, work: () => T): T | { failed: Departure<never> } => {
  try {
    return work()
  } catch (error) {
    if (isEnvironmentError(error)) throw error
    return { failed: failureOf(message, error) }
  }
}
