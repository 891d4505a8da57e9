'use client'
import { useQueries } from '@tanstack/react-query'
import { useSearchParams } from 'next/navigation'
import { getRuleChain } from '@/api/rule-chains.ts'
import { viaOf } from './via.ts'

export type ViaCrumb = { label: string; href: string }

/** The chains that one came through to this one, each with the way back to it; those that are gone are left out. */
export const useVia = (): readonly ViaCrumb[] => {
  const ids = viaOf(useSearchParams().toString())
  const chains = useQueries({
    queries: ids.map((id) => ({
      queryKey: ['rule-chain', id],
      queryFn: ({ signal }: { signal: AbortSignal }) => getRuleChain(id, signal),
    })),
  })
  return ids.flatMap((id, index) => {
    const chain = chains[index]?.data
    const before = ids.slice(0, index)
    const query = before.length > 0 ? `?via=${before.join(',')}` : ''
    return chain ? [{ label: chain.name, href: `/rule-chains/${id}${query}` }] : []
  })
}
