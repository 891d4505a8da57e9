import type { CompiledNode, Connection } from './compile-chain.ts'

type Counted = { connection: Connection; messages: number }

/** Looks up and counts the labels one node emits in one call; neighbours mostly share a label, so that is the quick way. */
export class LabelTally {
  readonly #node: CompiledNode
  readonly #byLabel = new Map<string, Counted>()
  #lastLabel = ''
  #last: Counted | undefined

  constructor(node: CompiledNode) {
    this.#node = node
  }

  /** The connection the label leads along, in any case; without targets when nobody is wired to it. */
  pass(label: string): Connection {
    if (!this.#last || label !== this.#lastLabel) {
      this.#last = this.#find(label)
      this.#lastLabel = label
    }
    this.#last.messages++
    return this.#last.connection
  }

  counts(): Iterable<Counted> {
    return this.#byLabel.values()
  }

  #find(label: string): Counted {
    const key = label.toLowerCase()
    const known = this.#byLabel.get(key)
    if (known) return known
    const counted = { connection: this.#node.connections.get(key) ?? { label, targets: [] }, messages: 0 }
    this.#byLabel.set(key, counted)
    return counted
  }
}
