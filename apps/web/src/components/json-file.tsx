'use client'
import { Button, saveFile, toast } from '@thingwire/ui'
import { Upload } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type ComponentProps, useRef, useState } from 'react'

const largestFileBytes = 5_000_000

/** Hands a person a value as a file; its name is made of what is in it. */
export const saveJson = (name: string, value: unknown) =>
  saveFile(
    `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '_').toLowerCase()}.json`,
    JSON.stringify(value, null, 2),
    'application/json',
  )

/** Asks for a JSON file and hands on what is in it; says so when it is none, or when `take` refuses it. */
export const ImportButton = (p: {
  /** Name of the file field, for screen readers. */
  label: string
  failed: string
  variant?: ComponentProps<typeof Button>['variant']
  take: (content: unknown) => Promise<void>
}) => {
  const t = useTranslations('file')
  const input = useRef<HTMLInputElement>(null)
  const [isBusy, setBusy] = useState(false)
  const take = async (file: File) => {
    setBusy(true)
    try {
      if (file.size > largestFileBytes) throw new Error(t('tooLarge'))
      await p.take(parse(await file.text(), t('notJson')))
    } catch (error) {
      toast.failed(p.failed, error instanceof Error ? error.message : String(error))
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
        aria-label={p.label}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          event.target.value = ''
          if (file) void take(file)
        }}
      />
      <Button variant={p.variant} disabled={isBusy} onClick={() => input.current?.click()}>
        <Upload />
        <span className="max-sm:sr-only">{isBusy ? t('importing') : t('import')}</span>
      </Button>
    </>
  )
}

const parse = (text: string, notJson: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(notJson)
  }
}
