'use client'
import { useQuery } from '@tanstack/react-query'
import { parseAsInteger, parseAsString, useQueryState } from 'nuqs'
import { getTrace } from '@/api/rule-debug.ts'

const refreshMs = 1_000
/** Steps that come late, by queues and timers, are waited for so long after the last one. */
const quietMs = 20_000

/** The trace that is looked at stands in the URL, so that it goes on in the chains that its message went into. */
export const useTraceId = () => useQueryState('trace', parseAsString.withOptions({ history: 'replace' }))

/** The step that is looked at, from 1. */
export const useTraceHop = () => useQueryState('hop', parseAsInteger.withOptions({ history: 'replace' }))

export const useTrace = (traceId: string | null) =>
  useQuery({
    queryKey: ['trace', traceId],
    queryFn: ({ signal }) => getTrace(traceId ?? '', signal),
    enabled: traceId !== null,
    retry: false,
    refetchInterval: ({ state: { data } }) => {
      if (!data || data.state === 'EXPIRED') return false
      const last = data.hops.at(-1)?.at ?? data.createdTime
      return data.state === 'WAITING' || Date.now() - last < quietMs ? refreshMs : false
    },
  })
