'use client'
import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, use, useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import { getNodeScripts, getNodeStates, type NodeScript, type NodeState } from '@/api/rule-debug.ts'
import { useConnectionState, useLive } from '@/live/live-provider.tsx'
import { CounterStore } from './counter-store.ts'
import { KeyedStore, tellByFrames } from './keyed-store.ts'
import { type TraceMark, TraceMarkStore } from './trace-marks.ts'

/** What the platform says of a node beyond its counters. */
export type NodeLive = {
  /** Null: it is active. */
  state: NodeState | null
  /** Its script, when something is the matter with it. */
  script: NodeScript | null
}

/** What happens in an open chain; each part is listened to node by node and wire by wire. */
type LiveChain = {
  ruleChainId: string
  counters: CounterStore
  nodes: KeyedStore<NodeLive>
  trace: TraceMarkStore
  /** The drawing moves: its numbers stand still meanwhile. */
  moved: () => void
}

const LiveChainContext = createContext<LiveChain | null>(null)

export const useLiveChain = (): LiveChain => {
  const live = use(LiveChainContext)
  if (!live) throw new Error('No rule chain is open here')
  return live
}

const isSameLive = (a: NodeLive, b: NodeLive) =>
  a.state?.state === b.state?.state &&
  a.state?.reason === b.state?.reason &&
  a.state?.attempts === b.state?.attempts &&
  a.state?.nextAttempt === b.state?.nextAttempt &&
  a.script?.state === b.script?.state &&
  a.script?.suspendedUntil === b.script?.suspendedUntil

/**
 * Brings what happens in the running chain to its boxes and arrows past the canvas: the value of this context never
 * changes, so a new number draws anew the one node that it belongs to.
 */
export const LiveChainProvider = ({ ruleChainId, children }: { ruleChainId: string; children: ReactNode }) => {
  const [live] = useState((): LiveChain => {
    const { tell, wait } = tellByFrames()
    return {
      ruleChainId,
      counters: new CounterStore(tell),
      nodes: new KeyedStore(isSameLive),
      trace: new TraceMarkStore(),
      moved: wait,
    }
  })
  return (
    <LiveChainContext value={live}>
      <Feed />
      {children}
    </LiveChainContext>
  )
}

const stateEveryMs = 4_000

const Feed = () => {
  const { ruleChainId, counters, nodes } = useLiveChain()
  const { status } = useConnectionState()
  useLive({ kind: 'rule-chain', ruleChainId }, (change) => {
    if (change.kind === 'rule-chain') counters.take(change.nodes, change.connections, Date.now())
  })
  useEffect(() => {
    if (status === 'lost') counters.settle()
  }, [status, counters])
  const known = useQuery({
    queryKey: ['rule-chain', ruleChainId, 'live-nodes'],
    queryFn: async ({ signal }) =>
      nodesOf(await Promise.all([getNodeStates(ruleChainId, signal), getNodeScripts(ruleChainId, signal)])),
    refetchInterval: stateEveryMs,
    structuralSharing: false,
  })
  useEffect(() => {
    if (known.data) nodes.replace(known.data)
  }, [known.data, nodes])
  return null
}

const nodesOf = ([states, scripts]: readonly [readonly NodeState[], readonly NodeScript[]]): Map<string, NodeLive> => {
  const byId = new Map<string, NodeLive>()
  for (const state of states) if (state.state !== 'active') byId.set(state.nodeId, { state, script: null })
  for (const script of scripts)
    if (script.state !== 'active') byId.set(script.nodeId, { state: byId.get(script.nodeId)?.state ?? null, script })
  return byId
}

/** The value of one key; the component is drawn anew when that value is another. */
export const useKeyed = <V,>(store: KeyedStore<V>, key: string): V | undefined => {
  const subscribe = useCallback((listener: () => void) => store.subscribe([key], listener), [store, key])
  const get = () => store.get(key)
  return useSyncExternalStore(subscribe, get, get)
}

/** All values; for what speaks of the chain as a whole. */
export const useAllKeyed = <V,>(store: KeyedStore<V>): ReadonlyMap<string, V> =>
  useSyncExternalStore(store.subscribeAll, store.all, store.all)

/** Whether a node runs and its script may; undefined: nothing is the matter. */
export const useNodeLive = (nodeId: string): NodeLive | undefined => useKeyed(useLiveChain().nodes, nodeId)

/** What the open trace says of a node. */
export const useNodeTrace = (nodeId: string): TraceMark | undefined => useKeyed(useLiveChain().trace.nodes, nodeId)

/** What the open trace says of a wire, by its `wireId`. */
export const useWireTrace = (wireId: string): TraceMark | undefined => useKeyed(useLiveChain().trace.wires, wireId)
