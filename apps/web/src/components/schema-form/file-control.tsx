'use client'
import { Button, Field, Textarea } from '@thingwire/ui'
import { FileUp, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { type ControlProps, useFormState, useProblem } from './form-context.ts'
import type { FieldOf } from './form-field.ts'
import { ShowButton } from './show-button.tsx'
import { asText, unset } from './values.ts'

/** Certificates and keys are some kilobytes; whatever is larger is another file. */
const largestBytes = 1_000_000

/** A text that comes out of a file as a rule: it can be chosen, or pasted. What the file was called stays beside it. */
export const FileControl = ({ field, path, value, onChange, label, siblings }: ControlProps<FieldOf<'text'>>) => {
  const t = useTranslations('schemaForm')
  const { touch } = useFormState()
  const problem = useProblem(path)
  const input = useRef<HTMLInputElement>(null)
  const [isShown, setShown] = useState(false)
  const [refusal, setRefusal] = useState<string | null>(null)
  const nameField = siblings?.fields.find(({ key }) => key === field.covers[0])
  const text = asText(value)
  const name = nameField ? asText(siblings?.values[nameField.key]) : ''
  const put = (next: string | null, fileName: string | null) => {
    setRefusal(null)
    const members = { [field.key]: next ?? unset(field) }
    if (!siblings) return onChange(members[field.key])
    siblings.set(nameField ? { ...members, [nameField.key]: fileName ?? unset(nameField) } : members)
  }
  const take = async (file: File | undefined) => {
    if (!file) return
    if (file.size > largestBytes) return setRefusal(t('fileTooLarge'))
    put(await file.text(), file.name)
  }
  return (
    <Field
      label={label ?? field.title}
      hint={name ? t('fromFile', { name }) : field.description}
      error={refusal ?? problem}
      aside={
        <>
          {field.isSecret && text !== '' ? <ShowButton of={field.title} isShown={isShown} onChange={setShown} /> : null}
          <Button size="sm" variant="ghost" onClick={() => input.current?.click()}>
            <FileUp />
            {t('chooseFile')}
          </Button>
          {text === '' ? null : (
            <Button
              size="sm"
              variant="ghost"
              aria-label={t('removeNamed', { what: field.title })}
              onClick={() => put(null, null)}
            >
              <Trash2 />
            </Button>
          )}
        </>
      }
    >
      <Textarea
        value={text}
        rows={3}
        autoComplete="off"
        spellCheck={false}
        placeholder={t('pasteFile')}
        onBlur={() => touch(path)}
        onChange={({ target }) => put(target.value, null)}
        className={
          field.isSecret && !isShown
            ? 'min-h-16 font-mono text-xs [-webkit-text-security:disc] placeholder:[-webkit-text-security:none]'
            : 'min-h-16 font-mono text-xs'
        }
      />
      <input
        ref={input}
        type="file"
        tabIndex={-1}
        aria-label={nameField?.title ?? t('fileOf', { what: field.title })}
        className="sr-only"
        onChange={({ target }) => {
          void take(target.files?.[0])
          target.value = ''
        }}
      />
    </Field>
  )
}
