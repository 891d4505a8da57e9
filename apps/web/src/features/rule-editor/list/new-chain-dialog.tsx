'use client'
import { useQueryClient } from '@tanstack/react-query'
import { saveRuleChainSchema } from '@thingwire/contracts'
import { type AnyTemplate, chainTemplates } from '@thingwire/rule-nodes/templates'
import { cn, Field, Input, Select, Textarea, toast } from '@thingwire/ui'
import { FilePlus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { type ReactNode, useMemo, useState } from 'react'
import { saveRuleChain } from '@/api/rule-chain-list.ts'
import { importRuleChain } from '@/api/rule-chains.ts'
import { type DialogForm, FormDialog, useDialogForm } from '@/components/form-dialog.tsx'
import { type Problem, problemsOf } from '@/components/schema-form/problems.ts'
import { SchemaForm } from '@/components/schema-form/schema-form.tsx'
import { iconOf } from '../catalogue.ts'
import { ChainPicture } from './chain-picture.tsx'

/** A chain to begin with: an empty one, or one for a common job. `template`: which one is chosen. */
export const NewChainDialog = (p: { template: string; onChoose: (template: string) => void; onClose: () => void }) => {
  const t = useTranslations('chainList')
  return (
    <FormDialog
      open
      onClose={p.onClose}
      title={t('new.title')}
      description={t('new.text')}
      submit={t('new.submit')}
      busy={t('new.busy')}
      className="sm:top-[8vh] sm:max-h-[84vh] sm:max-w-4xl"
    >
      {(dialog) => <NewChainForm dialog={dialog} chosen={p.template} onChoose={p.onChoose} />}
    </FormDialog>
  )
}

const templateOf = (id: string): AnyTemplate | null => chainTemplates.find((one) => one.id === id) ?? null

const NewChainForm = (p: { dialog: DialogForm; chosen: string; onChoose: (template: string) => void }) => {
  const template = templateOf(p.chosen)
  const { draft, set, made, problems } = useNewChain(template)
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const create = useCreate()
  useDialogForm(p.dialog, { isDirty: draft.isEdited, isSubmitting: isBusy })
  const submit = async () => {
    setTried(true)
    if (problems.form.length > 0 || problems.name) return
    setBusy(true)
    try {
      await create(made)
    } finally {
      setBusy(false)
    }
  }
  return (
    <form
      id={p.dialog.id}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
      className="grid gap-5 sm:grid-cols-[minmax(0,15rem)_minmax(0,1fr)]"
    >
      <TemplateChoice chosen={template?.id ?? 'empty'} onChoose={p.onChoose} />
      <NarrowChoice chosen={template?.id ?? 'empty'} onChoose={p.onChoose} />
      <div className="grid content-start gap-4">
        {template ? <About template={template} drawn={made.drawn} /> : null}
        <Words
          name={made.name}
          nameError={isTried || draft.name !== null ? problems.name : undefined}
          description={made.description}
          set={set}
        />
        {template ? (
          <SchemaForm
            key={template.id}
            schema={template.parameters}
            value={draft.values}
            onChange={(values) => set({ values })}
            problems={problems.form}
            showsAll={isTried}
          />
        ) : null}
      </div>
    </form>
  )
}

/** What a person has entered; null: nothing yet, and the template's own words stand there. */
type Draft = { values: unknown; name: string | null; description: string | null; isEdited: boolean }
/** `drawn`: the drawing to show, which does not depend on the answers. */
type Made = { file: Filled | null; drawn: Filled | null; name: string; description: string }
type Filled = Extract<ReturnType<AnyTemplate['fill']>, { ok: true }>['file']

const fileOf = (filled: ReturnType<AnyTemplate['fill']> | undefined): Filled | null => (filled?.ok ? filled.file : null)

const useNewChain = (template: AnyTemplate | null) => {
  const required = useTranslations('schemaForm')('required')
  const [drafts, setDrafts] = useState<Readonly<Record<string, Draft>>>({})
  const id = template?.id ?? 'empty'
  const fresh: Draft = { values: template?.defaults ?? {}, name: null, description: null, isEdited: false }
  const draft = drafts[id] ?? fresh
  const set = (change: Partial<Draft>) => setDrafts({ ...drafts, [id]: { ...draft, ...change, isEdited: true } })
  const filled = useMemo(() => template?.fill(draft.values) ?? null, [template, draft.values])
  const file = filled?.ok ? filled.file : null
  // While an answer is wrong, the words are those of the usual answers.
  const usual = useMemo(() => fileOf(template?.fill(template.defaults)), [template])
  const worded = file ?? usual
  const described = worded?.ruleChain.additionalInfo?.description
  const made: Made = {
    file,
    drawn: worded,
    name: draft.name ?? worded?.ruleChain.name ?? '',
    description: draft.description ?? (typeof described === 'string' ? described : ''),
  }
  const named = saveRuleChainSchema.shape.name.safeParse(made.name)
  const form: Problem[] = template
    ? problemsOf(template.parameters.safeParse(draft.values), draft.values, required)
    : []
  return { draft, set, made, problems: { form, name: named.error?.issues[0]?.message } }
}

/** Stores the chain and goes on to its drawing. */
const useCreate = () => {
  const t = useTranslations('chainList')
  const router = useRouter()
  const client = useQueryClient()
  return async ({ file, name, description }: Made) => {
    try {
      const chain = file ? await fromTemplate(file, name, description) : await empty(name, description)
      await client.invalidateQueries({ queryKey: ['rule-chains'] })
      router.push(`/rule-chains/${chain.id.id}`)
    } catch (error) {
      toast.failed(t('new.failed'), error instanceof Error ? error.message : String(error))
    }
  }
}

const empty = (name: string, description: string) => saveRuleChain({ name, additionalInfo: { description } })

const fromTemplate = async ({ ruleChain, metadata }: Filled, name: string, description: string) => {
  const additionalInfo = { ...ruleChain.additionalInfo, description }
  return (await importRuleChain({ ruleChain: { ...ruleChain, name, additionalInfo }, metadata })).ruleChain
}

const Words = (p: {
  name: string
  nameError: string | undefined
  description: string
  set: (change: Partial<Draft>) => void
}) => {
  const t = useTranslations('chainList')
  return (
    <>
      <Field label={t('name')} error={p.nameError}>
        <Input
          autoFocus
          autoComplete="off"
          value={p.name}
          maxLength={255}
          onChange={(event) => p.set({ name: event.target.value })}
        />
      </Field>
      <Field label={t('description')}>
        <Textarea
          value={p.description}
          onChange={(event) => p.set({ description: event.target.value })}
          className="min-h-14"
        />
      </Field>
    </>
  )
}

const About = ({ template, drawn }: { template: AnyTemplate; drawn: Filled | null }) => (
  <div className="grid gap-3 rounded-lg bg-sunken p-3">
    {drawn ? <ChainPicture chain={drawn.metadata} className="h-24 w-full" /> : null}
    <p className="text-xs text-ink-2">{template.summary}</p>
  </div>
)

const TemplateChoice = ({ chosen, onChoose }: { chosen: string; onChoose: (template: string) => void }) => {
  const t = useTranslations('chainList')
  return (
    <fieldset className="-mx-1 grid content-start gap-0.5 px-1 max-sm:hidden">
      <legend className="sr-only">{t('new.begin')}</legend>
      <Choice id="empty" chosen={chosen} onChoose={onChoose} icon={<FilePlus aria-hidden />} title={t('new.empty')} />
      <p aria-hidden className="px-2 pt-3 pb-1 text-xs font-medium text-ink-3">
        {t('new.templates')}
      </p>
      {chainTemplates.map((template) => {
        const Icon = iconOf(template.icon)
        return (
          <Choice
            key={template.id}
            id={template.id}
            chosen={chosen}
            onChoose={onChoose}
            icon={<Icon aria-hidden />}
            title={template.title}
          />
        )
      })}
    </fieldset>
  )
}

/** The same where there is no room for a list. */
const NarrowChoice = ({ chosen, onChoose }: { chosen: string; onChoose: (template: string) => void }) => {
  const t = useTranslations('chainList')
  return (
    <Select
      aria-label={t('new.begin')}
      value={chosen}
      onChange={(event) => onChoose(event.target.value)}
      className="sm:hidden"
    >
      <option value="empty">{t('new.empty')}</option>
      {chainTemplates.map(({ id, title }) => (
        <option key={id} value={id}>
          {title}
        </option>
      ))}
    </Select>
  )
}

const Choice = (p: {
  id: string
  chosen: string
  onChoose: (template: string) => void
  icon: ReactNode
  title: string
}) => {
  const isChosen = p.chosen === p.id
  return (
    <label
      className={cn(
        'flex h-8 cursor-pointer items-center gap-2.5 rounded-md px-2 text-sm text-ink-2 hover:bg-hover pointer-coarse:min-h-10 has-focus-visible:outline-2 has-focus-visible:outline-accent [&_svg]:size-4 [&_svg]:text-ink-3',
        isChosen && 'bg-hover font-medium text-ink',
      )}
    >
      <input type="radio" name="template" checked={isChosen} onChange={() => p.onChoose(p.id)} className="sr-only" />
      {p.icon}
      {p.title}
    </label>
  )
}
