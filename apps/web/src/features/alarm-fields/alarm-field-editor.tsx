'use client'
import { alarmRuleOwners, type EntityId } from '@thingwire/contracts'
import { Badge, Button, Card, Field, Input, Select, TabPanel, Tabs } from '@thingwire/ui'
import { TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { parseAsStringLiteral, useQueryState } from 'nuqs'
import type { ReactNode } from 'react'
import { EditActions, RefusedNote } from '@/components/edit-form-parts.tsx'
import { PropagationFields } from '@/features/alarm-rules/propagation-fields.tsx'
import { EntityPicker } from '@/features/rule-editor/panels/editors/entity-picker.tsx'
import { type Crumb, Page } from '@/shell/page.tsx'
import { useGo } from '@/shell/unsaved.tsx'
import { OwnerName } from './owner-link.tsx'
import { type AlarmFieldState, ownerIn, relationTypesIn } from './alarm-field-form.ts'
import { ArgumentList } from './argument-list.tsx'
import { FieldDebugging } from './field-debugging.tsx'
import { FieldConflict } from './field-conflict.tsx'
import { ClearRule, CreateRules } from './rule-conditions.tsx'
import { type AlarmFieldEdit, useAlarmFieldEdit } from './use-alarm-field-edit.ts'
import { useOwnerKind } from './use-field-words.ts'

const tabs = ['rule', 'debug'] as const

/** One alarm rule: whom it is for, what it looks at, and when it raises and clears its alarm. */
export const AlarmFieldEditor = (p: { state: AlarmFieldState; crumbs: readonly Crumb[]; menu?: ReactNode }) => {
  const t = useTranslations('alarmFields')
  const [tab, setTab] = useQueryState(
    'tab',
    parseAsStringLiteral(tabs).withDefault('rule').withOptions({ history: 'push' }),
  )
  const field = useAlarmFieldEdit(p.state, () => {
    if (tab !== 'rule') void setTab('rule')
  })
  const { edit } = field
  const { stored } = p.state
  return (
    <Page
      fixed
      crumbs={p.crumbs}
      documentTitle={p.state.name || t('newRule')}
      actions={
        <>
          {stored ? <EditActions edit={edit} /> : <NewActions field={field} />}
          {p.menu}
        </>
      }
    >
      <form onSubmit={(event) => void edit.submit(event)} noValidate className="flex min-h-0 flex-1 flex-col">
        {stored ? (
          <Tabs
            label={t('tabs')}
            value={tab}
            onChange={(value) => void setTab(tabs.find((known) => known === value) ?? 'rule')}
            tabs={tabs.map((value) => ({
              value,
              label: t(`tab.${value}`),
              badge: value === 'rule' && field.count > 0 ? <Badge tone="danger">{field.count}</Badge> : null,
            }))}
            className="flex-1 pt-2"
          >
            <TabPanel value="rule" className="overflow-y-auto">
              <RuleFields field={field} isNew={false} />
            </TabPanel>
            <TabPanel value="debug" className="overflow-y-auto">
              <FieldDebugging field={field} rule={stored} />
            </TabPanel>
          </Tabs>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          <div tabIndex={0} className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2">
            <RuleFields field={field} isNew />
          </div>
        )}
      </form>
      <FieldConflict edit={edit} />
    </Page>
  )
}

const RuleFields = ({ field, isNew }: { field: AlarmFieldEdit; isNew: boolean }) => {
  const t = useTranslations('alarmFields')
  const { edit, values, set } = field
  return (
    <div className="grid w-full max-w-5xl grid-cols-[minmax(0,1fr)] gap-5 p-4 sm:p-6">
      {field.count > 0 ? (
        <p role="status" className="flex items-center gap-2 text-sm text-danger-text">
          <TriangleAlert aria-hidden className="size-4 shrink-0" />
          {t('notYet', { count: field.count })}
        </p>
      ) : null}
      <div className="-mx-4 empty:hidden sm:-mx-6">
        <RefusedNote reason={edit.refused} />
      </div>
      <GeneralFields field={field} isNew={isNew} />
      <ArgumentList field={field} />
      <CreateRules field={field} />
      <ClearRule field={field} />
      <Card className="p-4">
        <PropagationFields
          propagation={{
            propagate: values.propagate,
            propagateToOwner: values.propagateToOwner,
            propagateToTenant: values.propagateToTenant,
            propagateRelationTypes: relationTypesIn(values),
          }}
          onChange={({ propagateRelationTypes: types, ...flags }) => {
            if (types) set('propagateRelationTypes', JSON.stringify(types))
            for (const flag of ['propagate', 'propagateToOwner', 'propagateToTenant'] as const)
              if (flags[flag] !== undefined) set(flag, flags[flag])
          }}
        />
      </Card>
    </div>
  )
}

/** What is not stored yet can be saved as it was found: a copy, or a file. */
const NewActions = ({ field }: { field: AlarmFieldEdit }) => {
  const t = useTranslations('alarmFields')
  const common = useTranslations('common')
  const go = useGo()
  return (
    <>
      <Button onClick={() => go('/alarm-rules')}>{common('cancel')}</Button>
      <Button variant="primary" disabled={field.edit.isBusy} onClick={() => void field.edit.submit()}>
        {t('create')}
      </Button>
    </>
  )
}

const GeneralFields = ({ field, isNew }: { field: AlarmFieldEdit; isNew: boolean }) => {
  const t = useTranslations('alarmFields')
  const rules = useTranslations('alarmRules')
  const owner = ownerIn(field.values)
  return (
    <Card className="grid gap-4 p-4 sm:grid-cols-2">
      <Field label={t('alarmType')} hint={rules('alarmTypeHint')} error={field.problemAt('name')}>
        <Input
          autoComplete="off"
          maxLength={255}
          placeholder={rules('alarmTypePlaceholder')}
          value={field.values.name}
          onChange={({ target }) => field.set('name', target.value)}
        />
      </Field>
      {isNew ? (
        <OwnerFields owner={owner} field={field} />
      ) : owner ? (
        <div className="grid content-start gap-1.5">
          <p className="text-xs font-medium text-ink-2">{t('appliesTo')}</p>
          <p className="flex min-h-8 items-center text-sm">
            <OwnerName owner={owner} />
          </p>
        </div>
      ) : null}
    </Card>
  )
}

type OwnerKind = (typeof alarmRuleOwners)[number]

const OwnerFields = ({ owner, field }: { owner: EntityId | null; field: AlarmFieldEdit }) => {
  const t = useTranslations('alarmFields')
  const kind = useOwnerKind()
  const type: OwnerKind = alarmRuleOwners.find((one) => one === owner?.entityType) ?? 'DEVICE'
  const put = (entityType: OwnerKind, id: string | null) =>
    field.set('owner', JSON.stringify({ entityType, id: id ?? '' }))
  return (
    <div className="grid items-start gap-4 sm:grid-cols-[11rem_minmax(0,1fr)]">
      <Field label={t('appliesTo')} hint={t(`ownerHints.${type}`)}>
        <Select
          value={type}
          onChange={({ target }) => put(alarmRuleOwners.find((one) => one === target.value) ?? 'DEVICE', null)}
        >
          {alarmRuleOwners.map((one) => (
            <option key={one} value={one}>
              {kind(one)}
            </option>
          ))}
        </Select>
      </Field>
      <EntityPicker
        label={kind(type)}
        entityType={type}
        id={owner?.id || null}
        error={field.problemAt('owner')}
        onChange={(id) => put(type, id)}
        onDone={() => undefined}
      />
    </div>
  )
}
