'use client'
import { Badge, IconButton } from '@thingwire/ui'
import { Redo2, Undo2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { RuleChainView } from '@/api/rule-chains.ts'
import { useEditor, useEditorStore } from './store/use-editor.ts'
import { ConflictNotice } from './versions/conflict-dialog.tsx'
import { EditorMenu } from './versions/editor-menu.tsx'
import { People } from './versions/people.tsx'
import { PublishButton } from './versions/publish.tsx'
import { SaveStateText } from './versions/save-state.tsx'

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
      <SaveStateText />
      <People ruleChainId={chain.id.id} />
      <UndoRedo />
      <ConflictNotice />
      <PublishButton chain={chain} />
      <EditorMenu chain={chain} />
    </>
  )
}

const UndoRedo = () => {
  const t = useTranslations('chainEditor')
  const store = useEditorStore()
  const undoable = useEditor(({ history }) => history.past.at(-1)?.name)
  const redoable = useEditor(({ history }) => history.future[0]?.name)
  const labelOf = (word: 'undo' | 'redo', name: string | undefined) =>
    name !== undefined && t.has(`step.${name}` as 'step.move')
      ? `${t(word)}: ${t(`step.${name}` as 'step.move')}`
      : t(word)
  return (
    <div className="flex max-sm:hidden">
      <IconButton label={labelOf('undo', undoable)} disabled={undoable === undefined} onClick={store.undo}>
        <Undo2 />
      </IconButton>
      <IconButton label={labelOf('redo', redoable)} disabled={redoable === undefined} onClick={store.redo}>
        <Redo2 />
      </IconButton>
    </div>
  )
}
