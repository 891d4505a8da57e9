'use client'
import type { ConnectionCounters, NodeCounters } from '@thingwire/contracts'
import { createContext, type ReactNode, use, useMemo } from 'react'
import { useChainCounters } from '@/live/use-values.ts'

type Counters = {
  node: (id: string) => NodeCounters | undefined
  connection: (from: string, label: string) => number | undefined
}

const CountersContext = createContext<Counters>({ node: () => undefined, connection: () => undefined })

/** Counters reach boxes and arrows past the canvas, whose own data would be rebuilt every second otherwise. */
export const CountersProvider = ({ ruleChainId, children }: { ruleChainId: string; children: ReactNode }) => {
  const counters = useChainCounters(ruleChainId)
  const value = useMemo((): Counters => {
    const nodes = new Map(counters?.nodes.map((one) => [one.nodeId, one]))
    const connections = new Map(
      counters?.connections.map((one: ConnectionCounters) => [`${one.fromNodeId} ${one.type}`, one.messages]),
    )
    return { node: (id) => nodes.get(id), connection: (from, label) => connections.get(`${from} ${label}`) }
  }, [counters])
  return <CountersContext value={value}>{children}</CountersContext>
}

export const useCounters = () => use(CountersContext)
