import { queryOptions } from '@tanstack/react-query'
import { getLedger } from '@/api/ledger.ts'

const rangeMs = 3_600_000
export const refreshMs = 10_000

/** The last hour of what the person may see: a tenant's own messages, or those of all tenants. */
export const ledgerQuery = queryOptions({
  queryKey: ['home', 'ledger'],
  queryFn: ({ signal }) => {
    const now = Date.now()
    return getLedger({ fromMs: now - rangeMs, toMs: now }, signal)
  },
  refetchInterval: refreshMs,
})
