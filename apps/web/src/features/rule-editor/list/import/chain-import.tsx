'use client'
import { toast } from '@thingwire/ui'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useEffect, useEffectEvent } from 'react'
import { ImportDialog } from './import-dialog.tsx'
import { useImport } from './use-import.ts'

/** The import of chains, as long as it is open. `file`: one that was dropped on the page is read at once. */
export const ChainImport = ({ file, onClose }: { file: File | null; onClose: () => void }) => {
  const t = useTranslations('chainList')
  const router = useRouter()
  const work = useImport((chainId, name) => {
    toast.done(t('import.done', { name }))
    router.push(`/rule-chains/${chainId}`)
  })
  const read = useEffectEvent((dropped: File) => void work.readFile(dropped))
  useEffect(() => {
    if (file) read(file)
  }, [file])
  return <ImportDialog open onClose={onClose} work={work} />
}
