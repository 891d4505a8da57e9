'use client'
import { useQuery } from '@tanstack/react-query'
import { Field, Input, Segmented, Select } from '@thingwire/ui'
import { useFormatter, useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { Controller, useWatch } from 'react-hook-form'
import { listQueues } from '@/api/device-profiles.ts'
import { getSystemParams, listRuleChains } from '@/api/entities.ts'
import { CodeArea } from '@/components/schema-form/code-area.tsx'
import type { FieldEditor } from '@/components/schema-form/form-context.ts'
import { readJson, writeJson } from '@/components/schema-form/json-text.ts'
import { SchemaForm } from '@/components/schema-form/schema-form.tsx'
import { SwitchRow } from '@/components/switch-row.tsx'
import { findManifest } from '../catalogue.ts'
import { configProblems } from './node-form.ts'
import type { NodeEdit } from './use-node-edit.ts'

const views = ['form', 'json'] as const

type Props = { edit: NodeEdit; showsAll: boolean; isReadOnly: boolean }

/** What can be set about a node: its name, what it does, through which queue, and what is kept of its messages. */
export const NodeSettings = ({ edit, showsAll, isReadOnly }: Props) => {
  const t = useTranslations('ruleChain')
  const { form, base } = edit
  const manifest = findManifest(base.node.type)
  return (
    <fieldset disabled={isReadOnly} className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-5">
      <Field label={t('nodeName')} error={form.formState.errors.name?.message}>
        <Input autoComplete="off" {...form.register('name')} />
      </Field>
      <Configuration edit={edit} showsAll={showsAll} isReadOnly={isReadOnly} />
      {manifest?.hasQueueName ? <QueueField edit={edit} /> : null}
      <Debugging edit={edit} />
    </fieldset>
  )
}

/** The same configuration as a form and as JSON; one of them at a time, so that none can be behind the other. */
const Configuration = ({ edit, showsAll, isReadOnly }: Props) => {
  const t = useTranslations('ruleChain')
  const words = useTranslations('schemaForm')
  const { form, base } = edit
  const manifest = findManifest(base.node.type)
  const [wanted, setView] = useState<(typeof views)[number]>('form')
  const text = useWatch({ control: form.control, name: 'configuration' })
  const read = useMemo(() => readJson(text), [text])
  const required = words('required')
  const problems = useMemo(
    () => (read.error === undefined ? configProblems(manifest, read.value, required) : []),
    [manifest, read, required],
  )
  const write = (next: string) => form.setValue('configuration', next, { shouldDirty: true, shouldValidate: true })
  // Text that is no JSON has no form; it must be mended where it was written.
  const view = manifest && read.error === undefined ? wanted : 'json'
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-3">
      <div className="flex items-center justify-between gap-2">
        <h3 className="text-sm font-semibold">{t('configuration')}</h3>
        {manifest ? (
          <Segmented
            label={t('configurationAs')}
            value={view}
            onChange={setView}
            options={views.map((value) => ({ value, label: t(`configurationView.${value}`) }))}
          />
        ) : null}
      </div>
      {view === 'form' && manifest && read.error === undefined ? (
        <>
          <SchemaForm
            schema={manifest.config}
            value={read.value}
            problems={problems}
            showsAll={showsAll}
            isReadOnly={isReadOnly}
            editors={editors}
            onChange={(value) => write(writeJson(value))}
          />
          {Object.keys(shapeOf(manifest.config)).length === 0 ? (
            <p className="text-sm text-ink-3">{t('nothingToSet')}</p>
          ) : null}
        </>
      ) : (
        <Field label={t('configurationJson')} error={form.formState.errors.configuration?.message}>
          <CodeArea value={text} onChange={(event) => write(event.target.value)} />
        </Field>
      )}
    </section>
  )
}

const shapeOf = (schema: object): object =>
  'shape' in schema && typeof schema.shape === 'object' && schema.shape !== null ? schema.shape : {}

/** A rule chain of the tenant, by its name. */
const RuleChainSelect: FieldEditor = ({ field, value, onChange, error, onDone }) => {
  const t = useTranslations('schemaForm')
  const chains = useQuery({
    queryKey: ['rule-chains', 'choice'],
    queryFn: ({ signal }) => listRuleChains({ page: 0, pageSize: 100, sortProperty: 'name', sortOrder: 'ASC' }, signal),
  })
  const known = chains.data?.data ?? []
  const id = typeof value === 'string' ? value : ''
  return (
    <Field label={field.title} hint={field.description} error={error}>
      <Select value={id} onBlur={onDone} onChange={({ target }) => onChange(target.value || null)}>
        <option value="">{t('open')}</option>
        {id === '' || known.some((one) => one.id.id === id) ? null : <option value={id}>{id}</option>}
        {known.map((one) => (
          <option key={one.id.id} value={one.id.id}>
            {one.name}
          </option>
        ))}
      </Select>
    </Field>
  )
}

const editors = { 'rule-chain': RuleChainSelect }

const QueueField = ({ edit: { form } }: { edit: NodeEdit }) => {
  const t = useTranslations('ruleChain')
  const queues = useQuery({ queryKey: ['queues'], queryFn: ({ signal }) => listQueues(signal) })
  return (
    <Controller
      control={form.control}
      name="queueName"
      render={({ field }) => (
        <Field label={t('queue')} hint={t('queueHint')}>
          <Select value={field.value} onBlur={field.onBlur} onChange={field.onChange}>
            <option value="">{t('queueOfProfile')}</option>
            {[...new Set([field.value, ...(queues.data?.data ?? []).map(({ name }) => name)])].map((name) =>
              name === '' ? null : (
                <option key={name} value={name}>
                  {name}
                </option>
              ),
            )}
          </Select>
        </Field>
      )}
    />
  )
}

const minutesOffered = [1, 5, 15, 30, 60, 240, 1_440]

const Debugging = ({ edit: { form, base } }: { edit: NodeEdit }) => {
  const t = useTranslations('ruleChain')
  const format = useFormatter()
  const params = useQuery({ queryKey: ['system-params'], queryFn: ({ signal }) => getSystemParams(signal) })
  const most = params.data?.maxDebugModeDurationMinutes ?? 0
  const until = base.node.debugSettings?.allEnabledUntil ?? 0
  return (
    <section className="grid gap-3">
      <h3 className="text-sm font-semibold">{t('debugging')}</h3>
      <Controller
        control={form.control}
        name="debugsFailures"
        render={({ field }) => (
          <SwitchRow
            label={t('debugsFailures')}
            hint={t('debugsFailuresHint')}
            checked={field.value}
            onChange={field.onChange}
          />
        )}
      />
      <Field label={t('debugsAll')} hint={t('debugsAllHint', { most })}>
        <Select {...form.register('debugsAll')}>
          <option value="off">{t('debugsAllOff')}</option>
          {until > 0 && form.formState.defaultValues?.debugsAll === 'kept' ? (
            <option value="kept">
              {t('debugsAllUntil', { time: format.dateTime(until, { hour: '2-digit', minute: '2-digit' }) })}
            </option>
          ) : null}
          {[...new Set([...minutesOffered.filter((minutes) => minutes < most), most])].map((minutes) =>
            minutes > 0 ? (
              <option key={minutes} value={String(minutes)}>
                {t('debugsAllFor', { minutes })}
              </option>
            ) : null,
          )}
        </Select>
      </Field>
    </section>
  )
}
