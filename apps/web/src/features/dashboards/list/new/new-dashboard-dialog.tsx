'use client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { EntityFilter } from '@thingwire/contracts'
import type { FoundKey } from '@thingwire/dashboards/edit'
import { cn, Field, Input, Select, toast } from '@thingwire/ui'
import { BellRing, ChartSpline, Cpu, FilePlus, type LucideIcon, Network, Zap } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { saveDashboard } from '@/api/dashboards.ts'
import { listDeviceProfileNames } from '@/api/choices.ts'
import { getKeySummaries } from '@/api/key-summaries.ts'
import { type DialogForm, FormDialog, useDialogForm } from '@/components/form-dialog.tsx'
import { DevicePicker } from '@/features/rule-editor/testing/device-picker.tsx'
import { energyKeys, isTemplate, type TemplateId, templates } from './templates.ts'

const icons: Record<TemplateId, LucideIcon> = {
  blank: FilePlus,
  device: Cpu,
  fleet: Network,
  energy: Zap,
  alarms: BellRing,
}
const ids = Object.keys(templates).filter(isTemplate)
const longestTitle = 255

type Props = { template: string; choose: (template: string) => void; onClose: () => void }

/** A dashboard to begin with: an empty one, or one for a common job, of what the devices here send. */
export const NewDashboardDialog = (p: Props) => {
  const t = useTranslations('dashboardTemplates')
  return (
    <FormDialog
      open
      onClose={p.onClose}
      title={t('title')}
      description={t('text')}
      submit={t('submit')}
      busy={t('busy')}
      className="sm:top-[8vh] sm:max-h-[84vh] sm:max-w-2xl"
    >
      {(dialog) => <NewForm dialog={dialog} {...p} />}
    </FormDialog>
  )
}

/** Which devices a template is made of, as the filter of an alias. */
type Source = { deviceId: string | null; deviceName: string; profile: string }

const filterOf = (needs: 'device' | 'devices', { deviceId, profile }: Source): EntityFilter | null => {
  if (needs === 'device') {
    return deviceId === null ? null : { type: 'singleEntity', singleEntity: { entityType: 'DEVICE', id: deviceId } }
  }
  return profile === ''
    ? { type: 'entityType', entityType: 'DEVICE' }
    : { type: 'deviceType', deviceTypes: [profile], deviceNameFilter: '' }
}

const useNewForm = (id: TemplateId) => {
  const t = useTranslations('dashboardTemplates')
  const { needs } = templates[id]
  const [title, setTitle] = useState('')
  const [source, setSource] = useState<Source>({ deviceId: null, deviceName: '', profile: '' })
  const [chosen, setChosen] = useState<{ power?: string; energy?: string }>({})
  const isOfDevices = needs === 'devices' || needs === 'energy'
  const filter = filterOf(needs === 'device' ? 'device' : 'devices', source)
  const hasKeys = needs !== 'nothing' && filter !== null
  const question = {
    queryKey: ['dashboards', 'template-keys', filter],
    queryFn: async ({ signal }: { signal: AbortSignal }): Promise<readonly FoundKey[]> =>
      filter
        ? (await getKeySummaries(filter, signal)).timeseries.map(({ key, last }) => ({ name: key, value: last.value }))
        : [],
    staleTime: 60_000,
  }
  const client = useQueryClient()
  const keys = useQuery({ ...question, enabled: hasKeys })
  const suggested = needs === 'device' && source.deviceName ? source.deviceName : t(`name.${id}`)
  /** What is made of these keys, as far as nothing else was chosen. */
  const choicesFrom = (found: readonly FoundKey[]) => {
    const guessed = energyKeys(found)
    const power = chosen.power ?? guessed.power ?? ''
    const energy = chosen.energy ?? guessed.energy ?? ''
    const noKeys = needs === 'energy' && power === '' && energy === ''
    const problem = filter === null ? t('deviceMissing') : noKeys ? t('keysMissing') : null
    return { found, power, energy, problem }
  }
  return {
    ...{ needs, title, setTitle, source, setSource, setChosen, suggested, isOfDevices },
    ...choicesFrom(keys.data ?? []),
    isWaiting: keys.isFetching,
    error: keys.error,
    isDirty: title !== '' || source.deviceId !== null || source.profile !== '',
    /** The same once the keys are there. */
    settled: async () => choicesFrom(hasKeys ? await client.ensureQueryData(question) : []),
    make: ({ found, power, energy }: ReturnType<typeof choicesFrom>) =>
      templates[id].make({
        filter: { ...filter },
        keys: found,
        power: power || null,
        energy: energy || null,
        words: (word) => t(`words.${word}`),
        newId: () => crypto.randomUUID(),
      }),
  }
}

const NewForm = ({ dialog, template, choose }: Props & { dialog: DialogForm }) => {
  const t = useTranslations('dashboardTemplates')
  const router = useRouter()
  const client = useQueryClient()
  const id = isTemplate(template) ? template : 'blank'
  const form = useNewForm(id)
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  useDialogForm(dialog, { isDirty: form.isDirty, isSubmitting: isBusy })
  const create = async () => {
    setTried(true)
    setBusy(true)
    try {
      const choices = await form.settled()
      if (choices.problem !== null) return setBusy(false)
      const title = form.title.trim() || form.suggested
      const saved = await saveDashboard({ title, configuration: form.make(choices) })
      await client.invalidateQueries({ queryKey: ['dashboards'] })
      router.push(`/dashboards/${saved.id.id}/edit`)
    } catch (error) {
      toast.failed(t('failed'), error instanceof Error ? error.message : String(error))
      setBusy(false)
    }
  }
  return (
    <form
      id={dialog.id}
      className="grid grid-cols-[minmax(0,1fr)] gap-5"
      onSubmit={(event) => {
        event.preventDefault()
        void create()
      }}
    >
      <fieldset className="grid gap-2 sm:grid-cols-2">
        <legend className="sr-only">{t('template')}</legend>
        {ids.map((one) => (
          <TemplateChoice key={one} id={one} isChosen={one === id} choose={() => choose(one)} />
        ))}
        <VisualiseLink deviceId={form.source.deviceId} />
      </fieldset>
      {form.needs === 'device' ? (
        <DeviceField form={form} isMissing={isTried && form.problem !== null} />
      ) : form.isOfDevices ? (
        <ProfileField form={form} />
      ) : null}
      {form.needs === 'energy' ? <EnergyFields form={form} isTried={isTried} /> : null}
      {form.error ? (
        <p role="alert" className="text-xs text-danger-text">
          {form.error.message}
        </p>
      ) : null}
      <Field label={t('titleLabel')}>
        <Input
          value={form.title}
          maxLength={longestTitle}
          placeholder={form.suggested}
          autoComplete="off"
          onChange={({ target }) => form.setTitle(target.value)}
        />
      </Field>
    </form>
  )
}

type FormProps = { form: ReturnType<typeof useNewForm> }

const choice =
  'flex items-start gap-3 rounded-lg border p-3 text-left transition-colors duration-100 hover:bg-hover focus-visible:-outline-offset-2 has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent'

const TemplateChoice = (p: { id: TemplateId; isChosen: boolean; choose: () => void }) => {
  const t = useTranslations('dashboardTemplates')
  const Icon = icons[p.id]
  return (
    <label className={cn(choice, 'cursor-pointer', p.isChosen && 'border-accent bg-accent-soft hover:bg-accent-soft')}>
      {/* The dialog opens with the chosen one, which may not be the first. */}
      <input
        type="radio"
        name="template"
        // biome-ignore lint/a11y/noAutofocus: in a dialog that was opened to choose
        autoFocus={p.isChosen}
        checked={p.isChosen}
        onChange={p.choose}
        className="sr-only"
      />
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', p.isChosen ? 'text-accent-text' : 'text-ink-3')} />
      <span className="min-w-0">
        <span className="block text-sm font-medium">{t(`name.${p.id}`)}</span>
        <span className="block text-xs text-ink-2">{t(`about.${p.id}`)}</span>
      </span>
    </label>
  )
}

/** The board that a device's page makes of its keys; it is looked at first and kept there. */
const VisualiseLink = ({ deviceId }: { deviceId: string | null }) => {
  const t = useTranslations('dashboardTemplates')
  return (
    <Link href={deviceId === null ? '/devices' : `/dashboards/visualise?device=${deviceId}`} className={choice}>
      <ChartSpline aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-3" />
      <span className="min-w-0">
        <span className="block text-sm font-medium">{t('visualise')}</span>
        <span className="block text-xs text-ink-2">{t('visualiseText')}</span>
      </span>
    </Link>
  )
}

const DeviceField = ({ form, isMissing }: FormProps & { isMissing: boolean }) => {
  const t = useTranslations('dashboardTemplates')
  return (
    <div className="grid gap-1.5">
      <p className="text-xs font-medium text-ink-2">{t('device')}</p>
      <DevicePicker
        label={t('device')}
        value={form.source.deviceId}
        none={t('chooseDevice')}
        onChange={(device) =>
          form.setSource({ ...form.source, deviceId: device?.id.id ?? null, deviceName: device?.name ?? '' })
        }
      />
      {isMissing ? (
        <p role="alert" className="text-xs text-danger-text">
          {t('deviceMissing')}
        </p>
      ) : null}
    </div>
  )
}

const ProfileField = ({ form }: FormProps) => {
  const t = useTranslations('dashboardTemplates')
  const profiles = useQuery({
    queryKey: ['device-profiles', 'names'],
    queryFn: ({ signal }) => listDeviceProfileNames(signal),
    staleTime: 60_000,
  })
  return (
    <Field label={t('profile')} hint={t('profileHint')}>
      <Select
        value={form.source.profile}
        onChange={({ target }) => {
          form.setSource({ ...form.source, profile: target.value })
          form.setChosen({})
        }}
      >
        <option value="">{t('allDevices')}</option>
        {profiles.data?.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
    </Field>
  )
}

const EnergyFields = ({ form, isTried }: FormProps & { isTried: boolean }) => {
  const t = useTranslations('dashboardTemplates')
  const names = form.found.map(({ name }) => name).toSorted()
  const field = (key: 'power' | 'energy') => (
    <Field
      label={t(`key.${key}`)}
      hint={t(`keyHint.${key}`)}
      error={isTried && form.problem && key === 'power' ? form.problem : undefined}
    >
      <Select
        value={form[key]}
        disabled={form.isWaiting}
        onChange={({ target }) => form.setChosen((known) => ({ ...known, [key]: target.value }))}
      >
        <option value="">{t('noKey')}</option>
        {names.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
    </Field>
  )
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      {field('power')}
      {field('energy')}
    </div>
  )
}
