'use client'
import type { NodeCounters } from '@thingwire/contracts'
import { createContext, type ReactNode, use, useMemo, useRef } from 'react'
import { useChainCounters } from '@/live/use-values.ts'

type Counters = {
  node: (id: string) => NodeCounters | undefined
  /** Messages that took the connection so far. */
  connection: (fromNodeId: string, label: string) => number | undefined
  /** Whether the last update brought more of them. */
  isBusy: (fromNodeId: string, label: string) => boolean
}

const CountersContext = createContext<Counters>({
  node: () => undefined,
  connection: () => undefined,
  isBusy: () => false,
})

const connectionId = (fromNodeId: string, label: string) => `${fromNodeId} ${label}`

/** Counters reach boxes and arrows past the canvas, whose own data would be rebuilt every second otherwise. */
export const CountersProvider = ({ ruleChainId, children }: { ruleChainId: string; children: ReactNode }) => {
  const counters = useChainCounters(ruleChainId)
  const before = useRef(new Map<string, number>())
  const value = useMemo((): Counters => {
    const nodes = new Map(counters?.nodes.map((one) => [one.nodeId, one]))
    const totals = new Map(counters?.connections.map((one) => [connectionId(one.fromNodeId, one.type), one.messages]))
    const grown = new Set(
      [...totals].filter(([id, total]) => total > (before.current.get(id) ?? total)).map(([id]) => id),
    )
    before.current = totals
    return {
      node: (id) => nodes.get(id),
      connection: (from, label) => totals.get(connectionId(from, label)),
      isBusy: (from, label) => grown.has(connectionId(from, label)),
    }
  }, [counters])
  return <CountersContext value={value}>{children}</CountersContext>
}

export const useCounters = () => use(CountersContext)
