'use client'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Dialog, toast } from '@thingwire/ui'
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { importRuleChain } from '@/api/entities.ts'
import { ImportButton } from '@/components/json-file.tsx'

type Imported = Awaited<ReturnType<typeof importRuleChain>>

/** Takes an exported file and tells what of it will not run here before leading to the chain. */
export const ImportChain = () => {
  const t = useTranslations('ruleChains')
  const common = useTranslations('common')
  const router = useRouter()
  const client = useQueryClient()
  const [imported, setImported] = useState<Imported | null>(null)

  const open = (result: Imported) => router.push(`/rule-chains/${result.ruleChain.id.id}`)
  const take = async (content: unknown) => {
    const result = await importRuleChain(content)
    await client.invalidateQueries({ queryKey: ['rule-chains'] })
    if (result.warnings.length > 0) return setImported(result)
    toast.done(t('imported', { name: result.ruleChain.name }))
    open(result)
  }
  return (
    <>
      <ImportButton variant="primary" label={t('importFile')} failed={t('importFailed')} take={take} />
      <Dialog
        open={imported !== null}
        onOpenChange={(isOpen) => !isOpen && setImported(null)}
        title={t('importedWith', { name: imported?.ruleChain.name ?? '' })}
        description={t('importedText')}
        closeLabel={common('close')}
        footer={
          <Button variant="primary" onClick={() => imported && open(imported)}>
            {t('openChain')}
          </Button>
        }
      >
        <ul className="grid gap-2">
          {imported?.warnings.map((warning) => (
            <li key={warning} className="flex gap-2.5 rounded-md bg-warn-soft p-3 text-xs text-warn-text">
              <TriangleAlert aria-hidden className="size-4 shrink-0" />
              {warning}
            </li>
          ))}
          <li className="flex gap-2.5 p-1 text-xs text-ink-3">
            <CircleCheck aria-hidden className="size-4 shrink-0 text-ok" />
            {t('restRuns')}
          </li>
        </ul>
      </Dialog>
    </>
  )
}
