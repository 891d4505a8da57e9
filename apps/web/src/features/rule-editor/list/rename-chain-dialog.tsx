'use client'
import { zodResolver } from '@hookform/resolvers/zod'
import { useQueryClient } from '@tanstack/react-query'
import { saveRuleChainSchema } from '@thingwire/contracts'
import { Field, Input, Textarea, toast } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { getRuleChain, type RuleChainView } from '@/api/rule-chains.ts'
import { ApiError } from '@/api/http.ts'
import { saveRuleChain } from '@/api/rule-chain-list.ts'
import { type DialogForm, FormDialog, useDialogForm } from '@/components/form-dialog.tsx'

/** What a chain says about itself; absent: nothing. */
export const descriptionOf = ({ additionalInfo }: Pick<RuleChainView, 'additionalInfo'>): string =>
  typeof additionalInfo?.description === 'string' ? additionalInfo.description : ''

const formSchema = saveRuleChainSchema.pick({ name: true }).extend({ description: z.string().max(10_000) })

/** Name and description of a chain; its drawing stays as it is. */
export const RenameChainDialog = ({ chain, onClose }: { chain: RuleChainView | null; onClose: () => void }) => {
  const t = useTranslations('chainList')
  return (
    <FormDialog
      open={chain !== null}
      onClose={onClose}
      title={t('rename.title', { name: chain?.name ?? '' })}
      submit={t('rename.submit')}
    >
      {(dialog) => (chain ? <RenameForm dialog={dialog} chain={chain} /> : null)}
    </FormDialog>
  )
}

const RenameForm = ({ dialog, chain }: { dialog: DialogForm; chain: RuleChainView }) => {
  const t = useTranslations('chainList')
  const client = useQueryClient()
  const form = useForm({
    resolver: zodResolver(formSchema),
    mode: 'onTouched',
    defaultValues: { name: chain.name, description: descriptionOf(chain) },
  })
  const { errors } = form.formState
  useDialogForm(dialog, form.formState)
  const submit = form.handleSubmit(async ({ name, description }) => {
    try {
      // Read again: what others wrote beside name and description since the list was loaded must stay.
      const newest = await getRuleChain(chain.id.id)
      const { id, debugMode, version, additionalInfo } = newest
      await saveRuleChain({ id, name, debugMode, version, additionalInfo: { ...additionalInfo, description } })
      toast.done(t('rename.done', { name }))
      dialog.close()
      await Promise.all([
        client.invalidateQueries({ queryKey: ['rule-chains'] }),
        client.invalidateQueries({ queryKey: ['rule-chain', chain.id.id] }),
      ])
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.status === 400) form.setError('name', { message: error.message })
      else toast.failed(t('rename.failed'), error.message)
    }
  })
  return (
    <form id={dialog.id} onSubmit={(event) => void submit(event)} noValidate className="grid gap-4">
      <Field label={t('name')} error={errors.name?.message}>
        <Input autoFocus autoComplete="off" {...form.register('name')} />
      </Field>
      <Field label={t('description')} error={errors.description?.message}>
        <Textarea {...form.register('description')} />
      </Field>
    </form>
  )
}
