'use client'
import { useQuery } from '@tanstack/react-query'
import { getSamples, type MessageSample } from '@/api/rule-debug.ts'

const refreshMs = 2_000

/**
 * The last messages that left a node by some of its connections, or (null) that came to it; the newest first, read again
 * while they are looked at.
 */
export const useSamples = (ruleChainId: string, ruleNodeId: string, connections: readonly string[] | null) =>
  useQuery({
    queryKey: ['rule-chain', ruleChainId, 'samples', ruleNodeId, connections],
    queryFn: async ({ signal }): Promise<MessageSample[]> => {
      const all = await Promise.all(
        (connections ?? [undefined]).map((connection) => getSamples({ ruleChainId, ruleNodeId, connection }, signal)),
      )
      return all.flat().sort((a, b) => b.at - a.at)
    },
    refetchInterval: refreshMs,
  })
