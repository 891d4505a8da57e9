'use client'
import { Badge } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import type { RuleChainView } from '@/api/rule-chains.ts'
import { People } from '../drafts/people.tsx'
import { SaveStateText } from '../drafts/save-state.tsx'
import { ChainSteps } from './chain-steps.tsx'
import { isPublished } from './store/editor-store.ts'
import { useEditor } from './store/use-editor.ts'
import { ChainConflict } from './versions/conflict-notice.tsx'
import { EditorMenu } from './versions/editor-menu.tsx'
import { PublishChain } from './versions/publish.tsx'

/** What can be done with the chain as a whole, in the head of the page. */
export const EditorToolbar = ({ chain }: { chain: RuleChainView }) => {
  const t = useTranslations('ruleChains')
  return (
    <>
      {chain.root ? (
        <Badge tone="accent" className="max-sm:hidden">
          {t('root')}
        </Badge>
      ) : null}
      <ChainSaveState />
      <People edited={{ entityType: 'RULE_CHAIN', id: chain.id.id }} />
      <ChainSteps className="max-sm:hidden" />
      <ChainConflict />
      <PublishChain chain={chain} />
      <EditorMenu chain={chain} />
    </>
  )
}

const ChainSaveState = () => {
  const save = useEditor((state) => state.save)
  return <SaveStateText save={save} isUpToDate={useEditor(isPublished)} />
}
