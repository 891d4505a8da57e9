import type { ConnectionCounters, NodeCounters } from '@thingwire/contracts'
import { KeyedStore, type Tell } from './keyed-store.ts'

/** What left a node by one connection. */
export type WireCounters = {
  /** In all. */
  messages: number
  /** Over the last few seconds. */
  perSecond: number
  /** The last look found more than the one before. */
  isBusy: boolean
}

export const wireKey = (fromNodeId: string, label: string) => `${fromNodeId} ${label}`

const windowMs = 5_000

const isSameNode = (a: NodeCounters, b: NodeCounters) =>
  a.processed === b.processed && a.failed === b.failed && a.perSecond === b.perSecond && a.averageMs === b.averageMs
const isSameWire = (a: WireCounters, b: WireCounters) =>
  a.messages === b.messages && a.perSecond === b.perSecond && a.isBusy === b.isBusy

type Look = { atMs: number; totals: ReadonlyMap<string, number> }

/** The counters of one chain, as they come in about once a second, for those who draw one node or one wire. */
export class CounterStore {
  readonly nodes: KeyedStore<NodeCounters>
  readonly wires: KeyedStore<WireCounters>
  #looks: Look[] = []

  constructor(tell?: Tell) {
    this.nodes = new KeyedStore(isSameNode, tell)
    this.wires = new KeyedStore(isSameWire, tell)
  }

  take(nodes: readonly NodeCounters[], connections: readonly ConnectionCounters[], atMs: number): void {
    this.nodes.replace(new Map(nodes.map((one) => [one.nodeId, one])))
    const totals = new Map(connections.map((one) => [wireKey(one.fromNodeId, one.type), one.messages]))
    this.#looks = this.#looks.filter((look) => atMs - look.atMs <= windowMs)
    const [oldest] = this.#looks
    const newest = this.#looks.at(-1)
    const seconds = oldest ? (atMs - oldest.atMs) / 1_000 : 0
    const wires = [...totals].map(([key, messages]): [string, WireCounters] => {
      // A connection that was not there before has just had its first messages.
      const more = oldest ? messages - (oldest.totals.get(key) ?? 0) : 0
      return [
        key,
        {
          messages,
          perSecond: seconds > 0 ? Math.round((Math.max(0, more) / seconds) * 10) / 10 : 0,
          isBusy: newest !== undefined && messages > (newest.totals.get(key) ?? 0),
        },
      ]
    })
    this.#looks.push({ atMs, totals })
    this.wires.replace(new Map(wires))
  }

  /** Nothing is known any more of what happens now; the totals stay. */
  settle(): void {
    this.#looks = []
    this.nodes.replace(new Map([...this.nodes.all()].map(([id, one]) => [id, { ...one, perSecond: 0 }])))
    this.wires.replace(
      new Map([...this.wires.all()].map(([key, one]) => [key, { ...one, perSecond: 0, isBusy: false }])),
    )
  }
}

/** The share of messages that failed, in percent; null while there were none. */
export const failedShare = ({ processed, failed }: Pick<NodeCounters, 'processed' | 'failed'>): number | null =>
  processed > 0 ? Math.min(100, (failed / processed) * 100) : null
