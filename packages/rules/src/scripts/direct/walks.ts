import { giveUp, keep, spend } from '@thingwire/tbel/budget'
import { Walkable } from './values.ts'

/**
 * What `entries()` and the like give: it goes on where it has been left, and sees what has changed meanwhile.
 * Each step of it costs as much, whoever takes it.
 */
export class Walk extends Walkable {
  readonly #steps: Iterator<unknown>
  readonly #isOfPairs: boolean

  /** `isOfPairs`: each step makes a list of its own. */
  constructor(steps: Iterator<unknown>, isOfPairs: boolean) {
    super()
    this.#steps = steps
    this.#isOfPairs = isOfPairs
  }
  walk(): this {
    return this
  }
  step(): IteratorResult<unknown> {
    spend(3)
    const step = this.#steps.next()
    if (this.#isOfPairs && Array.isArray(step.value)) for (const part of step.value) keep(part)
    keep(step.value)
    return step
  }
  call(name: string): unknown {
    if (name !== 'next') return giveUp()
    const { value, done = false } = this.step()
    return keep({ value, done })
  }
}
