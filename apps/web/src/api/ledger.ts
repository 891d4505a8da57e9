import type { Answer } from '@thingwire/api-client'
import { api } from './http.ts'

export type LedgerView = Answer<'GET /api/ledger'>

export const getLedger = (query: { fromMs: number; toMs: number }, signal?: AbortSignal) =>
  api('GET /api/ledger', { query, signal })
