'use client'
import { useTranslations } from 'next-intl'
import { useCallback, useId } from 'react'
import { inPattern } from '@/components/schema-form/completion.ts'
import { CodeEditor } from '@/features/rule-editor/scripts/code-editor.tsx'
import type { Suggest } from '@/features/rule-editor/scripts/code-types.ts'

/** What the alarm says, with the values of arguments filled in. */
export const DetailsField = (p: {
  text: string
  names: readonly string[]
  error: string | undefined
  onChange: (text: string) => void
}) => {
  const t = useTranslations('alarmFields')
  const noteId = useId()
  const { names } = p
  const suggest = useCallback<Suggest>(
    (text, at) => {
      const found = inPattern({ metadata: names, data: [] }, text, at)
      return (
        found && {
          from: found.from,
          validFor: /^\$\{?[^}\s]*$/,
          options: found.options.map((option) => ({ label: option, kind: 'variable' as const })),
        }
      )
    },
    [names],
  )
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-1.5">
      <p aria-hidden className="text-xs font-medium text-ink-2">
        {t('details')}
      </p>
      <CodeEditor
        label={t('details')}
        language="template"
        value={p.text}
        suggest={suggest}
        isInvalid={p.error !== undefined}
        describedBy={noteId}
        onChange={p.onChange}
      />
      <p id={noteId} className={p.error ? 'text-xs text-danger-text' : 'text-xs text-ink-3'}>
        {p.error ?? t('detailsHint')}
      </p>
    </div>
  )
}
