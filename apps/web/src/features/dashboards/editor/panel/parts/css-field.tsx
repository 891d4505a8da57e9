'use client'
import { Field, Textarea } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { isJson } from '../../side/json.ts'
import { declarationsOf, declarationText } from './declarations.ts'

/** Declarations of CSS, a line each, kept as the object that files have. */
export const CssField = (p: { label: string; value: unknown; onChange: (style: unknown) => void }) => {
  const t = useTranslations('dashboardPanel')
  const [typed, setTyped] = useState<{ text: string; of: string } | null>(null)
  const stored = declarationText(isJson(p.value) ? p.value : {})
  const text = typed !== null && typed.of === stored ? typed.text : stored
  return (
    <Field label={p.label} error={declarationsOf(text) === null ? t('noDeclarations') : undefined}>
      <Textarea
        value={text}
        spellCheck={false}
        placeholder="letter-spacing: 0.02em;"
        className="font-mono text-xs"
        onChange={({ target }) => {
          const read = declarationsOf(target.value)
          setTyped({ text: target.value, of: read === null ? stored : declarationText(read) })
          if (read !== null) p.onChange(Object.keys(read).length === 0 ? undefined : read)
        }}
      />
    </Field>
  )
}
