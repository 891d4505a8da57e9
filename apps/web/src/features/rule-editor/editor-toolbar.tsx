'use client'
import { Badge, Button, IconButton, toast } from '@thingwire/ui'
import { Download, Redo2, Undo2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { exportRuleChain, type RuleChainView } from '@/api/entities.ts'
import { saveJson } from '@/components/json-file.tsx'
import { useEditor, useEditorStore } from './store/use-editor.ts'

/** What can be done with the chain as a whole, in the head of the page. */
export const EditorToolbar = ({ chain }: { chain: RuleChainView }) => {
  const t = useTranslations('ruleChains')
  return (
    <>
      {chain.root ? <Badge tone="accent">{t('root')}</Badge> : null}
      <UndoRedo />
      <ExportButton id={chain.id.id} name={chain.name} />
    </>
  )
}

const UndoRedo = () => {
  const t = useTranslations('chainEditor')
  const store = useEditorStore()
  const canUndo = useEditor(({ history }) => history.past.length > 0)
  const canRedo = useEditor(({ history }) => history.future.length > 0)
  return (
    <>
      <IconButton label={t('undo')} disabled={!canUndo} onClick={store.undo}>
        <Undo2 />
      </IconButton>
      <IconButton label={t('redo')} disabled={!canRedo} onClick={store.redo}>
        <Redo2 />
      </IconButton>
    </>
  )
}

const ExportButton = ({ id, name }: { id: string; name: string }) => {
  const t = useTranslations('ruleChains')
  const run = async () => {
    try {
      saveJson(name, await exportRuleChain(id))
    } catch (error) {
      toast.failed(t('exportFailed'), error instanceof Error ? error.message : '')
    }
  }
  return (
    <Button onClick={() => void run()}>
      <Download />
      <span className="max-sm:sr-only">{t('export')}</span>
    </Button>
  )
}
