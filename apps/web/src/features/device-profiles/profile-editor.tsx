'use client'
import { useQueryClient } from '@tanstack/react-query'
import { Badge, TabPanel, Tabs } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import type { ReactNode } from 'react'
import { type UseFormReturn, useWatch } from 'react-hook-form'
import { getDeviceProfile, saveDeviceProfile, type ProfileView } from '@/api/device-profiles.ts'
import { useEditForm } from '@/components/edit-form.ts'
import { ConflictDialog, EditActions, RefusedNote } from '@/components/edit-form-parts.tsx'
import { EntityAlarmRules } from '@/features/alarm-fields/entity-alarm-rules.tsx'
import { AlarmRulesFields } from '@/features/alarm-rules/alarm-rules-fields.tsx'
import { readRules, typesOf } from '@/features/alarm-rules/rule-model.ts'
import { type Crumb, Page } from '@/shell/page.tsx'
import { GeneralFields } from './general-fields.tsx'
import { type ProfileField, type ProfileForm, problemsOf, refusedField, tabOf, toBody, toForm } from './profile-form.ts'
import { ProvisioningFields } from './provisioning-fields.tsx'
import { TopicSpaceFields } from './topic-space-fields.tsx'
import { TransportFields } from './transport-fields.tsx'

const tabs = ['general', 'transport', 'alarmFields', 'alarmRules', 'provisioning', 'topicSpace'] as const

const useProfileEdit = (profile: ProfileView, show: (fields: ProfileField[]) => void) => {
  const t = useTranslations('profiles')
  const client = useQueryClient()
  return useEditForm<ProfileView, ProfileForm>({
    stored: profile,
    toForm,
    problemsOf: (values, base) => problemsOf(values, base, t('missing')),
    read: () => getDeviceProfile(profile.id.id),
    write: (values, over) => saveDeviceProfile(toBody(values, over)),
    refusedField,
    show,
    onSaved: (saved) => {
      client.setQueryData(['device-profiles', saved.id.id], saved)
      void client.invalidateQueries({ queryKey: ['device-profiles', 'page'] })
    },
  })
}

export const ProfileEditor = (p: {
  profile: ProfileView
  crumbs: readonly Crumb[]
  menu: ReactNode
  children: ReactNode
}) => {
  const t = useTranslations('profiles')
  const [tab, setTab] = useQueryState(
    'tab',
    parseAsStringLiteral(tabs).withDefault('general').withOptions({ history: 'push' }),
  )
  const edit = useProfileEdit(p.profile, (fields) => {
    if (fields[0] && !fields.some((field) => tabOf[field] === tab)) void setTab(tabOf[fields[0]])
  })
  const { form, base } = edit
  const wrong = (value: (typeof tabs)[number]) =>
    (Object.keys(form.formState.errors) as ProfileField[]).filter((field) => tabOf[field] === value).length
  return (
    <Page
      fixed
      crumbs={p.crumbs}
      documentTitle={p.profile.name}
      actions={
        <>
          <EditActions edit={edit} />
          {p.menu}
        </>
      }
    >
      <form onSubmit={(event) => void edit.submit(event)} noValidate className="flex min-h-0 flex-1 flex-col">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-4 pb-2 sm:px-6">{p.children}</div>
        <RefusedNote reason={edit.refused} />
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
          <TabPanel value="alarmFields" className="flex flex-col">
            <EntityAlarmRules owner={base.id} />
          </TabPanel>
          <TabPanel value="alarmRules" className="overflow-y-auto">
            <RulesFields form={form} />
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
        edit={edit}
        fieldName={(field) => t(`fields.${field}`)}
        valueText={(field, value) => {
          if (field !== 'alarmRules') return undefined
          const rules = readRules(String(value))
          return t('ruleCount', { count: rules.length, types: typesOf(rules, '').join(', ') })
        }}
      />
    </Page>
  )
}

const RulesFields = ({ form }: { form: UseFormReturn<ProfileForm> }) => {
  const [text, ruleChainId] = useWatch({ control: form.control, name: ['alarmRules', 'ruleChainId'] })
  return (
    <AlarmRulesFields
      text={text}
      onChange={(value) => form.setValue('alarmRules', value, { shouldDirty: true, shouldValidate: true })}
      error={form.formState.errors.alarmRules?.message}
      ruleChainId={ruleChainId}
    />
  )
}
