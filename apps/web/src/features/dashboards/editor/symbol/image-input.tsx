'use client'
import { IconButton, Input } from '@thingwire/ui'
import { FileUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'

/** It is stored in the dashboard itself. */
const largestBytes = 200_000

const dataUrl = (file: File): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error ?? new Error(file.name))
    reader.readAsDataURL(file)
  })

/** A picture: the link of a stored one, or a small file. */
export const ImageInput = (p: { label: string; value: string; onChange: (image: string) => void }) => {
  const t = useTranslations('symbolForm')
  const input = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const take = async (file: File | undefined) => {
    if (!file) return
    if (file.size > largestBytes) return setProblem(t('imageTooLarge'))
    setProblem(null)
    p.onChange(await dataUrl(file))
  }
  const isFile = p.value.startsWith('data:')
  return (
    <div className="w-full">
      <div className="flex items-center gap-2">
        <Input
          aria-label={p.label}
          autoComplete="off"
          spellCheck={false}
          placeholder="/api/images/tenant/pump.png"
          value={isFile ? t('imageFile') : p.value}
          readOnly={isFile}
          onChange={({ target }) => p.onChange(target.value)}
        />
        <IconButton
          label={t('imageFrom', { name: p.label })}
          variant="secondary"
          onClick={() => input.current?.click()}
        >
          <FileUp />
        </IconButton>
      </div>
      {problem ? (
        <p role="alert" className="mt-1 text-xs text-danger-text">
          {problem}
        </p>
      ) : null}
      <input
        ref={input}
        type="file"
        accept="image/*"
        tabIndex={-1}
        aria-hidden
        className="sr-only"
        onChange={({ target }) => {
          void take(target.files?.[0])
          target.value = ''
        }}
      />
    </div>
  )
}
