'use client'
import { useQueryClient } from '@tanstack/react-query'
import { Button, Dialog, toast } from '@thingwire/ui'
import { CircleCheck, TriangleAlert, Upload } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { importRuleChain } from '@/api/entities.ts'

type Imported = Awaited<ReturnType<typeof importRuleChain>>

const largestFileBytes = 5_000_000

/** Takes an exported file and tells what of it will not run here before leading to the chain. */
export const ImportChain = () => {
  const t = useTranslations('ruleChains')
  const common = useTranslations('common')
  const router = useRouter()
  const client = useQueryClient()
  const input = useRef<HTMLInputElement>(null)
  const [imported, setImported] = useState<Imported | null>(null)
  const [isBusy, setBusy] = useState(false)

  const open = (result: Imported) => router.push(`/rule-chains/${result.ruleChain.id.id}`)
  const take = async (file: File) => {
    setBusy(true)
    try {
      if (file.size > largestFileBytes) throw new Error(t('fileTooLarge'))
      const result = await importRuleChain(parseFile(await file.text(), t('notJson')))
      await client.invalidateQueries({ queryKey: ['rule-chains'] })
      if (result.warnings.length > 0) setImported(result)
      else {
        toast.done(t('imported', { name: result.ruleChain.name }))
        open(result)
      }
    } catch (error) {
      toast.failed(t('importFailed'), error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        aria-label={t('importFile')}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          event.target.value = ''
          if (file) void take(file)
        }}
      />
      <Button variant="primary" disabled={isBusy} onClick={() => input.current?.click()}>
        <Upload />
        {isBusy ? t('importing') : t('import')}
      </Button>
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

const parseFile = (text: string, notJson: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(notJson)
  }
}
