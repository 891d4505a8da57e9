'use client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ActionsMenu, MenuItem, MenuSeparator, toast } from '@thingwire/ui'
import { CopyPlus, Download, LogIn, PencilLine, Trash2, Workflow } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import type { RuleChainView } from '@/api/rule-chains.ts'
import { duplicateChain, saveChain } from './chain-file.ts'

export type ChainDeed = 'rename' | 'root' | 'delete'

/** What can be done with a chain from its row. `ask` opens the dialog of what must be asked first. */
export const ChainMenu = ({ chain, ask }: { chain: RuleChainView; ask: (deed: ChainDeed) => void }) => {
  const t = useTranslations('chainList')
  const router = useRouter()
  const client = useQueryClient()
  const duplicate = useMutation({
    mutationFn: () => duplicateChain(chain, t('copySuffix')),
    onSuccess: async ({ name }) => {
      toast.done(t('duplicated', { name }))
      await client.invalidateQueries({ queryKey: ['rule-chains'] })
    },
    onError: (error) => toast.failed(t('duplicateFailed'), error.message),
  })
  const save = useMutation({
    mutationFn: () => saveChain(chain),
    onError: (error) => toast.failed(t('exportFailed'), error.message),
  })
  return (
    <ActionsMenu inRow label={t('actionsFor', { name: chain.name })}>
      <MenuItem onSelect={() => router.push(`/rule-chains/${chain.id.id}`)}>
        <Workflow />
        {t('open')}
      </MenuItem>
      <MenuItem onSelect={() => ask('rename')}>
        <PencilLine />
        {t('rename.menu')}
      </MenuItem>
      <MenuItem onSelect={() => duplicate.mutate()}>
        <CopyPlus />
        {t('duplicate')}
      </MenuItem>
      <MenuItem onSelect={() => save.mutate()}>
        <Download />
        {t('export')}
      </MenuItem>
      <MenuItem disabled={chain.root} onSelect={() => ask('root')}>
        <LogIn />
        {t('root.menu')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem danger disabled={chain.root} onSelect={() => ask('delete')}>
        <Trash2 />
        {t('delete.menu')}
      </MenuItem>
    </ActionsMenu>
  )
}
