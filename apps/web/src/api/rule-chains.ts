import type { Answer } from '@thingwire/api-client'
import type { PageLink, PublishDraft, SaveRuleChainDraft } from '@thingwire/contracts'
import { api, pageIn } from './http.ts'

export type RuleChainView = Answer<'GET /api/ruleChain/{ruleChainId}'>
export type ChainMetadata = Answer<'GET /api/ruleChain/{ruleChainId}/metadata'>

export const listRuleChains = async (query: PageLink, signal?: AbortSignal) =>
  pageIn(await api('GET /api/ruleChains', { query, signal }))

export const getRuleChain = (ruleChainId: string, signal?: AbortSignal) =>
  api('GET /api/ruleChain/{ruleChainId}', { path: { ruleChainId }, signal })

export const getRuleChainMetadata = (ruleChainId: string, signal?: AbortSignal) =>
  api('GET /api/ruleChain/{ruleChainId}/metadata', { path: { ruleChainId }, signal })

/** Saves nodes and connections of a chain over the version they were read with; refused with 409 when that is not the newest. */
export const saveRuleChainMetadata = (body: ChainMetadata) => api('POST /api/ruleChain/metadata', { body })

/** `file` is what the person chose; the server names everything that is wrong with it. */
export const importRuleChain = (file: unknown) => api('POST /api/ruleChain/import', { body: file })

export const exportRuleChain = (ruleChainId: string) =>
  api('GET /api/ruleChain/{ruleChainId}/export', { path: { ruleChainId } })

export const getRuleChainDraft = (ruleChainId: string) =>
  api('GET /api/ruleChain/{ruleChainId}/draft', { path: { ruleChainId } })

export const saveRuleChainDraft = (ruleChainId: string, body: SaveRuleChainDraft) =>
  api('PUT /api/ruleChain/{ruleChainId}/draft', { path: { ruleChainId }, body })

/** Refused with 409 when the draft is another than that revision by now. */
export const discardRuleChainDraft = async (ruleChainId: string, revision: number): Promise<void> => {
  await api('DELETE /api/ruleChain/{ruleChainId}/draft', { path: { ruleChainId }, query: { revision } })
}

export const publishRuleChain = (ruleChainId: string, body: PublishDraft) =>
  api('POST /api/ruleChain/{ruleChainId}/publish', { path: { ruleChainId }, body })

export const listRuleChainVersions = async (ruleChainId: string, query: PageLink, signal?: AbortSignal) =>
  pageIn(await api('GET /api/ruleChain/{ruleChainId}/versions', { path: { ruleChainId }, query, signal }))

export const getRuleChainVersion = (ruleChainId: string, version: number, signal?: AbortSignal) =>
  api('GET /api/ruleChain/{ruleChainId}/version/{version}', {
    path: { ruleChainId, version: String(version) },
    signal,
  })

export type RuleChainVersionView = Awaited<ReturnType<typeof listRuleChainVersions>>['data'][number]

/** Nodes of other chains that call this one, with the labels that they have wired. */
export const getRuleChainOutputUses = (ruleChainId: string, signal?: AbortSignal) =>
  api('GET /api/ruleChain/{ruleChainId}/output/labels/usage', { path: { ruleChainId }, signal })
