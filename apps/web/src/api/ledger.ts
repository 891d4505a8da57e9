import { z } from 'zod'
import { queryString, request } from './http.ts'

const counts = {
  tenantId: z.string(),
  accepted: z.number(),
  stored: z.number(),
  finished: z.number(),
  deadLettered: z.number(),
  rejected: z.number(),
}

export const ledgerSchema = z.object({
  isBalanced: z.boolean(),
  tenants: z.array(z.object({ ...counts, queued: z.number(), difference: z.number() })),
  rows: z.array(z.object({ ...counts, minuteMs: z.number() })),
})
export type LedgerView = z.infer<typeof ledgerSchema>

export const getLedger = (range: { fromMs: number; toMs: number }, signal?: AbortSignal) =>
  request(`/api/ledger${queryString(range)}`, ledgerSchema, { signal })
