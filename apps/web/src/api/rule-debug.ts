import type { Answer } from '@thingwire/api-client'
import type { EntityId } from '@thingwire/contracts'
import { api } from './http.ts'

export type MessageSample = Answer<'GET /api/ruleChain/{ruleChainId}/samples'>[number]
export type NodeState = Answer<'GET /api/ruleChain/{ruleChainId}/nodeStates'>[number]
export type NodeScript = Answer<'GET /api/ruleChain/{ruleChainId}/scripts'>[number]
export type TraceView = Answer<'GET /api/traces'>[number]
export type TracePathView = Answer<'GET /api/traces/{traceId}'>

/** The nodes of a chain that are not active, with the reason. */
export const getNodeStates = (ruleChainId: string, signal?: AbortSignal) =>
  api('GET /api/ruleChain/{ruleChainId}/nodeStates', { path: { ruleChainId }, signal })

/** What the scripts of a chain have done. */
export const getNodeScripts = (ruleChainId: string, signal?: AbortSignal) =>
  api('GET /api/ruleChain/{ruleChainId}/scripts', { path: { ruleChainId }, signal })

/** The last messages that left a node by a connection, newest first; without a connection: that came to it. */
export const getSamples = (
  { ruleChainId, ...query }: { ruleChainId: string; ruleNodeId: string; connection?: string | undefined },
  signal?: AbortSignal,
) => api('GET /api/ruleChain/{ruleChainId}/samples', { path: { ruleChainId }, query, signal })

/** Traces of the last day, newest first. */
export const listTraces = (signal?: AbortSignal) => api('GET /api/traces', { signal })

export const getTrace = (traceId: string, signal?: AbortSignal) =>
  api('GET /api/traces/{traceId}', { path: { traceId }, signal })

/** Follows the next message of an entity through all rule chains. */
export const beginTrace = (entityId: EntityId, waitMs: number) =>
  api('POST /api/traces', { body: { entityId, waitMs } })

/** Forgets a trace, or stops waiting for its message. */
export const deleteTrace = (traceId: string) => api('DELETE /api/traces/{traceId}', { path: { traceId } })
