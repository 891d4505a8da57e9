import type { Message } from '@thingwire/contracts'
import type { CompiledChain, CompiledNode } from './compile-chain.ts'
import type { Left } from './leave-by-queue.ts'
import type { InspectedCall, InspectedDeparture } from './run-batch.ts'

/** Messages that a departure became, each on its way to the node of this index. */
export type Onward = readonly { level: { chain: CompiledChain }; node: number; message: Message }[]

type Leaving = Omit<InspectedDeparture, 'onward'> & { onward?: Onward }

/** Gathers what one call of a node does, for an observer that wants to see it message by message. */
export class Inspection {
  readonly #chain: CompiledChain
  readonly #node: CompiledNode
  readonly #arrivals: InspectedCall['arrivals']
  readonly #departures: InspectedDeparture[] = []

  constructor(chain: CompiledChain, node: CompiledNode, arrivals: InspectedCall['arrivals']) {
    this.#chain = chain
    this.#node = node
    this.#arrivals = arrivals.map(({ message, via }) => ({ message, via }))
  }

  left({ arrival, message, chain, node, connection, error, onward = [] }: Leaving): void {
    this.#departures.push({
      ...{ arrival, message, chain, node, connection, error },
      onward: onward.flatMap(({ level, node: index, message: sent }) => {
        const target = level.chain.nodes[index]
        return target ? [{ ruleChainId: level.chain.id, nodeId: target.id, messageId: sent.id }] : []
      }),
    })
  }

  queued({ owner, queueName, message }: Left): void {
    const [chain, node] = [this.#chain, this.#node]
    this.#departures.push({
      ...{ arrival: owner, message, chain, node, connection: 'Success', error: null, queueName: queueName ?? '' },
      onward: [{ ruleChainId: chain.id, nodeId: node.id, messageId: message.id }],
    })
  }

  end(elapsedMs: number): InspectedCall {
    const chain = this.#chain
    return { chain, node: this.#node, arrivals: this.#arrivals, departures: this.#departures, elapsedMs }
  }
}
