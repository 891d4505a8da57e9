'use client'
import { Button, Field, Textarea } from '@thingwire/ui'
import { CircleAlert, FileJson } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { largestFileBytes, type Refusal } from './chain-source.ts'
import type { Import } from './use-import.ts'

const megabytes = (bytes: number) => Math.ceil(bytes / 1024 / 1024)

/** A file or a text to import; above it why the last one could not be read. */
export const ChooseFile = (p: { refused: Refusal | null; fileName: string; work: Import }) => {
  const t = useTranslations('chainList')
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  return (
    <div className="grid gap-4">
      {p.refused ? <RefusedFile refused={p.refused} fileName={p.fileName} /> : null}
      <div className="flex flex-col items-center gap-3 rounded-lg border border-dashed border-line-strong bg-sunken px-6 py-8 text-center">
        <FileJson aria-hidden className="size-6 stroke-[1.5] text-ink-3" />
        <p className="text-sm text-ink-2">{t('import.drop')}</p>
        <input
          ref={input}
          type="file"
          accept=".json,application/json"
          aria-label={t('import.file')}
          className="sr-only"
          tabIndex={-1}
          onChange={(event) => {
            const [file] = event.target.files ?? []
            event.target.value = ''
            if (file) void p.work.readFile(file)
          }}
        />
        <Button variant="primary" onClick={() => input.current?.click()}>
          {t('import.choose')}
        </Button>
      </div>
      <Field label={t('import.paste')}>
        <Textarea
          value={text}
          onChange={(event) => setText(event.target.value)}
          spellCheck={false}
          placeholder='{ "ruleChain": …, "metadata": … }'
          className="min-h-24 font-mono text-xs"
        />
      </Field>
      {text.trim() ? (
        <Button className="justify-self-end" onClick={() => void p.work.readText(text, t('import.pastedName'))}>
          {t('import.readText')}
        </Button>
      ) : null}
    </div>
  )
}

const RefusedFile = ({ refused, fileName }: { refused: Refusal; fileName: string }) => {
  const t = useTranslations('chainList')
  const words = useRefusal(refused)
  return (
    <div role="alert" className="flex gap-2.5 rounded-md bg-danger-soft p-3 text-xs text-danger-text">
      <CircleAlert aria-hidden className="size-4 shrink-0" />
      <div className="grid min-w-0 gap-1">
        <p className="font-medium">{t('import.refused', { name: fileName })}</p>
        <p>{words}</p>
        {refused.why === 'json' && refused.fault.excerpt ? (
          <code className="block truncate font-mono">{refused.fault.excerpt}</code>
        ) : null}
      </div>
    </div>
  )
}

const useRefusal = (refused: Refusal): string => {
  const t = useTranslations('chainList')
  switch (refused.why) {
    case 'empty':
      return t('import.why.empty')
    case 'tooLarge':
      return t('import.why.tooLarge', { size: megabytes(refused.bytes), most: megabytes(largestFileBytes) })
    case 'json': {
      const { line, column, expected } = refused.fault
      return t('import.why.json', { line, column, what: t(`import.expected.${expected}`) })
    }
    case 'foreign':
      return t(`import.foreign.${refused.kind}`)
    case 'unknown':
      return refused.members.length > 0
        ? t('import.why.unknown', { members: refused.members.join(', ') })
        : t('import.why.unknownShape')
  }
}
