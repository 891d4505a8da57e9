'use client'
import { useQueryClient } from '@tanstack/react-query'
import { Badge, Button, TabPanel, Tabs, toast } from '@thingwire/ui'
import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import { type ReactNode, useEffect, useState } from 'react'
import { type Resolver, useForm } from 'react-hook-form'
import { getDeviceProfile, saveDeviceProfile, type ProfileView } from '@/api/device-profiles.ts'
import { ApiError } from '@/api/http.ts'
import { useUnsavedGuard } from '@/components/unsaved-guard.ts'
import { type Crumb, Page } from '@/shell/page.tsx'
import { ConflictDialog } from './conflict-dialog.tsx'
import { GeneralFields } from './general-fields.tsx'
import { type ProfileField, type ProfileForm, problemsOf, refusedField, tabOf, toBody, toForm } from './profile-form.ts'
import { ProvisioningFields } from './provisioning-fields.tsx'
import { TopicSpaceFields } from './topic-space-fields.tsx'
import { TransportFields } from './transport-fields.tsx'

const tabs = ['general', 'transport', 'provisioning', 'topicSpace'] as const

/** The profile's form: `base` is the state of the server that the form started from, so that nobody's edit is lost. */
const useProfileForm = (profile: ProfileView) => {
  const t = useTranslations('profiles')
  const [base, setBase] = useState(profile)
  const resolver: Resolver<ProfileForm> = (values) => {
    const problems = problemsOf(values, base, t('missing'))
    const fields = Object.entries(problems)
    return fields.length === 0
      ? { values, errors: {} }
      : { values: {}, errors: Object.fromEntries(fields.map(([name, message]) => [name, { type: 'schema', message }])) }
  }
  const form = useForm<ProfileForm>({ resolver, mode: 'onTouched', defaultValues: toForm(profile) })
  const { isDirty } = form.formState
  const start = (from: ProfileView) => {
    setBase(from)
    form.reset(toForm(from))
  }
  useEffect(() => {
    // An answer that was under way while this page saved may be older than what it shows.
    if (!isDirty && profile.version > base.version) start(profile)
  })
  return { form, base, start }
}

export const ProfileEditor = (p: {
  profile: ProfileView
  crumbs: readonly Crumb[]
  menu: ReactNode
  children: ReactNode
}) => {
  const t = useTranslations('profiles')
  const client = useQueryClient()
  const { form, base, start } = useProfileForm(p.profile)
  const [tab, setTab] = useQueryState(
    'tab',
    parseAsStringLiteral(tabs).withDefault('general').withOptions({ history: 'push' }),
  )
  const [refused, setRefused] = useState<string | null>(null)
  const [theirs, setTheirs] = useState<ProfileView | null>(null)
  const { isDirty, isSubmitting, errors } = form.formState
  useUnsavedGuard(isDirty, t('leaveQuestion'))

  const adopt = async (saved: ProfileView) => {
    client.setQueryData(['device-profiles', saved.id.id], saved)
    start(saved)
    setTheirs(null)
    await client.invalidateQueries({ queryKey: ['device-profiles', 'page'] })
  }
  const refuse = (message: string) => {
    const field = refusedField(message)
    if (!field) return setRefused(message)
    form.setError(field, { message })
    if (tabOf[field] !== tab) void setTab(tabOf[field])
  }
  const save = async (values: ProfileForm, over: ProfileView) => {
    setRefused(null)
    try {
      const saved = await saveDeviceProfile(toBody(values, over))
      toast.done(t('saved', { name: saved.name }))
      await adopt(saved)
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      if (error.status === 409) setTheirs(await getDeviceProfile(over.id.id))
      else refuse(error.message)
    }
  }
  const submit = form.handleSubmit(
    (values) => save(values, base),
    (problems) => {
      const fields = Object.keys(problems) as ProfileField[]
      if (fields[0] && !fields.some((field) => tabOf[field] === tab)) void setTab(tabOf[fields[0]])
    },
  )
  const wrong = (value: (typeof tabs)[number]) =>
    (Object.keys(errors) as ProfileField[]).filter((field) => tabOf[field] === value).length
  return (
    <Page
      fixed
      crumbs={p.crumbs}
      documentTitle={p.profile.name}
      actions={
        <>
          {isDirty ? <Button onClick={() => start(base)}>{t('revert')}</Button> : null}
          <Button variant="primary" disabled={!isDirty || isSubmitting} onClick={() => void submit()}>
            {t('save')}
          </Button>
          {p.menu}
        </>
      }
    >
      <form onSubmit={(event) => void submit(event)} noValidate className="flex min-h-0 flex-1 flex-col">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-4 pb-2 sm:px-6">{p.children}</div>
        {refused ? (
          <p
            role="alert"
            className="mx-4 mb-2 flex gap-2 rounded-md bg-danger-soft p-3 text-sm text-danger-text sm:mx-6"
          >
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            {t('refused', { reason: refused })}
          </p>
        ) : null}
        <Tabs
          label={t('tabs')}
          value={tab}
          onChange={(value) => void setTab(tabs.find((known) => known === value) ?? 'general')}
          tabs={tabs.map((value) => ({
            value,
            label: t(`tab.${value}`),
            badge: wrong(value) > 0 ? <Badge tone="danger">{wrong(value)}</Badge> : null,
          }))}
          className="flex-1"
        >
          <TabPanel value="general" className="overflow-y-auto">
            <GeneralFields form={form} profileId={base.id.id} />
          </TabPanel>
          <TabPanel value="transport" className="overflow-y-auto">
            <TransportFields form={form} />
          </TabPanel>
          <TabPanel value="provisioning" className="overflow-y-auto">
            <ProvisioningFields form={form} storedKey={base.provisionDeviceKey} />
          </TabPanel>
          <TabPanel value="topicSpace" className="overflow-y-auto">
            <TopicSpaceFields form={form} />
          </TabPanel>
        </Tabs>
        <button type="submit" className="hidden" tabIndex={-1} aria-hidden />
      </form>
      <ConflictDialog
        mine={form.getValues()}
        theirs={theirs && toForm(theirs)}
        onClose={() => setTheirs(null)}
        onKeep={() => theirs && void save(form.getValues(), theirs)}
        onTake={() => theirs && void adopt(theirs)}
      />
    </Page>
  )
}
