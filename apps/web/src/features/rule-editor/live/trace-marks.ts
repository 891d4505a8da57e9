import { KeyedStore } from './keyed-store.ts'

/** What a trace says of one node or one wire of the canvas. */
export type TraceMark = {
  /** The first step that touched it, from 1. */
  step: number
  /** It is the step that is looked at. */
  isCurrent: boolean
  hasFailed: boolean
}

export type TraceMarks = { nodes: ReadonlyMap<string, TraceMark>; wires: ReadonlyMap<string, TraceMark> }

const isSame = (a: TraceMark, b: TraceMark) =>
  a.step === b.step && a.isCurrent === b.isCurrent && a.hasFailed === b.hasFailed

/** The trace that is lit on the canvas, by the ids of its nodes and wires. */
export class TraceMarkStore {
  readonly nodes = new KeyedStore(isSame)
  readonly wires = new KeyedStore(isSame)

  show({ nodes, wires }: TraceMarks): void {
    this.nodes.replace(nodes)
    this.wires.replace(wires)
  }
}
