import type { Answer } from '@thingwire/api-client'
import type { ChainDocumentData, ChainTest, EntityId } from '@thingwire/contracts'
import { api } from './http.ts'

export type WireSample = Answer<'GET /api/ruleChain/{ruleChainId}/samples'>[number]

/** Runs tests on a drawing that need not be saved; nothing outside is changed. One report for each, in their order. */
export const runChainTests = (
  ruleChainId: string,
  metadata: ChainDocumentData['metadata'],
  tests: readonly ChainTest[],
  signal?: AbortSignal,
) =>
  api('POST /api/ruleChain/{ruleChainId}/runTests', {
    path: { ruleChainId },
    body: { metadata, tests: [...tests] },
    signal,
  })

/** The newest messages that came to a node. */
export const messagesInto = (ruleChainId: string, ruleNodeId: string, signal?: AbortSignal) =>
  api('GET /api/ruleChain/{ruleChainId}/samples', { path: { ruleChainId }, query: { ruleNodeId }, signal })

export type ReplayRange = { entityId: EntityId; startTs: number; endTs: number; limit: number }

/** Runs kept messages through a drawing and tells where it does something else than the published one. */
export const replayMessages = (
  ruleChainId: string,
  metadata: ChainDocumentData['metadata'],
  range: ReplayRange,
  signal?: AbortSignal,
) => api('POST /api/ruleChain/{ruleChainId}/replay', { path: { ruleChainId }, body: { metadata, ...range }, signal })
