'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { getRuleChainMetadata, saveRuleChainMetadata } from '@/api/rule-chains.ts'
import { useEditorStore } from '../store/use-editor.ts'
import { type DebugWish, debugOf, takeDebug, throughHistory, withDebugWish } from './debug-now.ts'
import { useLiveChain } from './live-chain.tsx'

type Asked = { nodeIds: ReadonlySet<string> | null; wish: DebugWish }

/**
 * Changes how nodes of the running chain are debugged without publishing anything else: what is saved is the published
 * chain as it stands, with other debug settings; the edits here take them over.
 */
export const useDebugNow = () => {
  const t = useTranslations('chainLive')
  const store = useEditorStore()
  const client = useQueryClient()
  const { ruleChainId } = useLiveChain()
  return useMutation({
    mutationFn: async ({ nodeIds, wish }: Asked) => {
      const before = await getRuleChainMetadata(ruleChainId)
      const after = await saveRuleChainMetadata(withDebugWish(before, nodeIds, wish))
      return { before, after }
    },
    onSuccess: ({ before, after }, { wish }) => {
      const { history, published, version } = store.get()
      // Edits that went out from an older chain meet the newer one elsewhere.
      const isNewest = version === (before.version ?? 0)
      store.set({
        ...throughHistory(history, published, takeDebug(debugOf(after))),
        ...(isNewest && { version: after.version ?? version }),
      })
      client.setQueryData(['rule-chain', ruleChainId, 'metadata'], after)
      toast.done(t(`debug.done.${wish}`))
    },
    onError: (error) => toast.failed(t('debug.refused'), error.message),
  })
}
