'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { maxKeyLength } from '@thingwire/contracts'
import { Field, Input, Textarea } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import type { AttributeView } from '@/api/telemetry.ts'
import { type DialogForm, FormDialog, useDialogForm } from '@/components/form-dialog.tsx'
import { parseTyped } from '@/components/value-text.ts'

type Props = {
  editing: AttributeView | 'new' | null
  isTaken: (key: string) => boolean
  onClose: () => void
  /** Rejects with the server's reason. */
  onSave: (key: string, value: unknown) => Promise<void>
}

export const AttributeDialog = (p: Props) => {
  const t = useTranslations('attributes')
  const common = useTranslations('common')
  return (
    <FormDialog
      open={p.editing !== null}
      onClose={p.onClose}
      title={p.editing === 'new' ? t('addTitle') : t('editTitle')}
      submit={common('save')}
    >
      {(dialog) => <AttributeForm {...p} dialog={dialog} />}
    </FormDialog>
  )
}

const AttributeForm = ({ editing, isTaken, onSave, dialog }: Props & { dialog: DialogForm }) => {
  const t = useTranslations('attributes')
  const attribute = editing === 'new' ? null : editing
  const schema = z.object({
    key: z
      .string()
      .trim()
      .min(1, t('keyMissing'))
      .max(maxKeyLength)
      .refine((key) => attribute !== null || !isTaken(key), t('keyTaken')),
    text: z.string(),
  })
  const stored = attribute?.value
  const form = useForm({
    resolver: zodResolver(schema),
    mode: 'onTouched',
    defaultValues: {
      key: attribute?.key ?? '',
      text:
        stored === undefined ? '' : typeof stored === 'string' ? quoteWhenAmbiguous(stored) : JSON.stringify(stored),
    },
  })
  const { errors } = form.formState
  useDialogForm(dialog, form.formState)
  const value = parseTyped(form.watch('text'))
  const submit = form.handleSubmit(async ({ key, text }) => {
    try {
      await onSave(key, parseTyped(text))
    } catch (error) {
      form.setError('text', { message: error instanceof Error ? error.message : String(error) })
    }
  })
  return (
    <form id={dialog.id} onSubmit={(event) => void submit(event)} noValidate className="grid gap-4">
      <Field label={t('key')} error={errors.key?.message}>
        <Input
          autoComplete="off"
          className="font-mono text-xs"
          disabled={attribute !== null}
          {...form.register('key')}
        />
      </Field>
      <Field
        label={t('value')}
        error={errors.text?.message}
        hint={t('valueHint')}
        aside={<span className="text-xs text-ink-3">{t(`types.${typeName(value)}`)}</span>}
      >
        <Textarea autoFocus={attribute !== null} className="font-mono text-xs" {...form.register('text')} />
      </Field>
    </form>
  )
}

/** A stored text that reads like a number must come back as a text. */
const quoteWhenAmbiguous = (text: string) =>
  typeof parseTyped(text) === 'string' && !text.startsWith('"') ? text : JSON.stringify(text)

const typeName = (value: unknown): 'text' | 'number' | 'boolean' | 'json' => {
  if (typeof value === 'string') return 'text'
  if (typeof value === 'number') return 'number'
  return typeof value === 'boolean' ? 'boolean' : 'json'
}
