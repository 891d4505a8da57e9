'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ActionsMenu, MenuItem, MenuSeparator, toast } from '@thingwire/ui'
import { CopyPlus, Download, History, LogIn, PencilLine, RotateCcw, Trash2 } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { RuleChainView } from '@/api/rule-chains.ts'
import { DiscardDialog } from '../../drafts/discard-dialog.tsx'
import { useBottomPanel } from '../bottom-panel.tsx'
import { duplicateChain, saveChain } from '../list/chain-file.ts'
import { DeleteChainDialog } from '../list/delete-chain-dialog.tsx'
import { RenameChainDialog } from '../list/rename-chain-dialog.tsx'
import { RootChainDialog } from '../list/root-chain-dialog.tsx'
import { useSaving } from '../store/use-saving.ts'
import { useEditor } from '../store/use-editor.ts'

type Deed = 'rename' | 'root' | 'delete' | 'discard'

/** What can be done with the chain as a whole, beside publishing it. */
export const EditorMenu = ({ chain }: { chain: RuleChainView }) => {
  const t = useTranslations('chainVersions')
  const drafts = useTranslations('drafts')
  const list = useTranslations('chainList')
  const saving = useSaving()
  const router = useRouter()
  const client = useQueryClient()
  const [, setPanel] = useBottomPanel()
  const [asked, ask] = useState<Deed | null>(null)
  const hasDraft = useEditor(({ revision }) => revision !== null)
  const duplicate = useMutation({
    mutationFn: () => duplicateChain(chain, list('copySuffix')),
    onSuccess: async (copy) => {
      toast.done(list('duplicated', { name: copy.name }))
      await client.invalidateQueries({ queryKey: ['rule-chains'] })
    },
    onError: (error) => toast.failed(list('duplicateFailed'), error.message),
  })
  const save = useMutation({
    mutationFn: () => saveChain(chain),
    onError: (error) => toast.failed(list('exportFailed'), error.message),
  })
  const close = () => {
    ask(null)
    void client.invalidateQueries({ queryKey: ['rule-chain', chain.id.id], exact: true })
  }
  return (
    <>
      <ActionsMenu label={t('menu')}>
        <MenuItem onSelect={() => void setPanel('versions')}>
          <History />
          {t('versions')}
        </MenuItem>
        <MenuItem disabled={!hasDraft} onSelect={() => ask('discard')}>
          <RotateCcw />
          {drafts('discard')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem onSelect={() => ask('rename')}>
          <PencilLine />
          {list('rename.menu')}
        </MenuItem>
        <MenuItem onSelect={() => duplicate.mutate()}>
          <CopyPlus />
          {list('duplicate')}
        </MenuItem>
        <MenuItem onSelect={() => save.mutate()}>
          <Download />
          {list('export')}
        </MenuItem>
        <MenuItem disabled={chain.root} onSelect={() => ask('root')}>
          <LogIn />
          {list('root.menu')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem danger disabled={chain.root} onSelect={() => ask('delete')}>
          <Trash2 />
          {list('delete.menu')}
        </MenuItem>
      </ActionsMenu>
      {asked === 'rename' ? <RenameChainDialog chain={chain} onClose={close} /> : null}
      {asked === 'root' ? <RootChainDialog chain={chain} onClose={close} /> : null}
      {asked === 'delete' ? (
        <DeleteChainDialog chain={chain} onClose={() => ask(null)} onDeleted={() => router.push('/rule-chains')} />
      ) : null}
      {asked === 'discard' ? <DiscardDialog discard={() => saving.discard()} onClose={() => ask(null)} /> : null}
    </>
  )
}
