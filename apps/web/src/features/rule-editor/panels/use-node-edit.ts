import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { getRuleChainMetadata, saveRuleChainMetadata } from '@/api/entities.ts'
import { type EditForm, useEditForm } from '@/components/edit-form.ts'
import { findManifest } from '../catalogue.ts'
import { type NodeForm, type NodeState, problemsOf, stateOf, toForm, toMetadata } from './node-form.ts'

export type NodeEdit = EditForm<NodeState, NodeForm>

/** A node of a chain as a form; it is saved with its chain, over the version that the form started from. */
export const useNodeEdit = (stored: NodeState, ruleChainId: string, show: () => void): NodeEdit => {
  const t = useTranslations('ruleChain')
  const form = useTranslations('schemaForm')
  const client = useQueryClient()
  const nodeId = stored.node.id?.id ?? ''
  const manifest = findManifest(stored.node.type)
  const found = (state: NodeState | null): NodeState => {
    if (!state) throw new Error(t('nodeGone'))
    return state
  }
  const shown = (state: NodeState) => toForm(state, manifest, Date.now())
  return useEditForm<NodeState, NodeForm>({
    stored,
    toForm: shown,
    problemsOf: (values, base) =>
      problemsOf(values, shown(base), manifest, {
        required: form('required'),
        noJson: (reason) => form('noJson', { reason }),
      }),
    read: async () => found(stateOf(await getRuleChainMetadata(ruleChainId), nodeId)),
    write: async (values, over) =>
      found(stateOf(await saveRuleChainMetadata(toMetadata(values, over, manifest, Date.now())), nodeId)),
    refusedField: () => undefined,
    show,
    onSaved: (saved) => client.setQueryData(['rule-chain', ruleChainId, 'metadata'], saved.metadata),
  })
}
