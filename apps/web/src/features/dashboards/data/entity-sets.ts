import { canonical } from './canonical.ts'
import {
  type EntityQuestion,
  EntitySet,
  type EntitySetListener,
  type EntitySetPorts,
  type EntityWants,
} from './entity-set.ts'

/** All sets of entities of a board. Widgets that ask the same question share one, as far as its keys have room. */
export class EntitySets {
  readonly #ports: EntitySetPorts
  readonly #byQuestion = new Map<string, EntitySet[]>()

  constructor(ports: EntitySetPorts) {
    this.#ports = ports
  }

  join(
    question: EntityQuestion,
    listener: EntitySetListener,
    wants: EntityWants,
  ): { set: EntitySet; leave: () => void } {
    const name = canonical(question)
    const sets = this.#byQuestion.get(name) ?? []
    this.#byQuestion.set(name, sets)
    let set = sets.find((one) => one.takes(wants))
    if (!set) {
      const made = new EntitySet(question, this.#ports, () => {
        const left = (this.#byQuestion.get(name) ?? []).filter((one) => one !== made)
        if (left.length > 0) this.#byQuestion.set(name, left)
        else this.#byQuestion.delete(name)
      })
      set = made
      sets.push(made)
    }
    return { set, leave: set.join(listener, wants) }
  }

  /** How many subscriptions there are. */
  count(): number {
    let count = 0
    for (const sets of this.#byQuestion.values()) count += sets.length
    return count
  }
}
