'use client'
import { aliasOf } from '@thingwire/dashboards/edit'
import { type ViewerRole, viewerRoles, visibilityScopes } from '@thingwire/dashboards'
import { Checkbox, Field, Input, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '../../../../components/switch-row.tsx'
import { type Json, jsonOf } from '../side/json.ts'
import { useConfiguration } from '../store/use-editor.ts'
import { ConditionFields } from './parts/condition-fields.tsx'
import { Section } from './parts/section.tsx'
import { useSet } from './parts/use-set.ts'

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
const noColumns: readonly string[] = []
const path = ['config', 'thingwire', 'visibility']

/** For whom a widget is drawn: by role, and by an attribute of an entity. */
export const VisibilityFields = ({ id, config }: { id: string; config: Json }) => {
  const t = useTranslations('dashboardVisibility')
  const set = useSet(id)
  const visibility = jsonOf(jsonOf(config.thingwire).visibility)
  const named = Array.isArray(visibility.roles) ? visibility.roles : viewerRoles
  const roles = viewerRoles.filter((role) => named.includes(role))
  const change = (members: Json) => {
    const made = Object.entries({ ...visibility, ...members }).filter(([, value]) => value !== undefined)
    set(path, made.length > 0 ? Object.fromEntries(made) : undefined)
  }
  const choose = (role: ViewerRole, isShown: boolean) => {
    const next = viewerRoles.filter((one) => (one === role ? isShown : roles.includes(one)))
    change({ roles: next.length === viewerRoles.length ? undefined : next })
  }
  return (
    <Section title={t('title')} hint={t('hint')}>
      <fieldset className="grid gap-2">
        <legend className="mb-2 text-xs font-medium text-ink-2">{t('roles')}</legend>
        {viewerRoles.map((role) => (
          // biome-ignore lint/a11y/noLabelWithoutControl: the box is in it, as a button
          <label key={role} className="flex items-center gap-2 text-sm pointer-coarse:min-h-8">
            <Checkbox
              label={t(`role.${role}`)}
              checked={roles.includes(role)}
              onChange={(isShown) => choose(role, isShown)}
            />
            <span aria-hidden>{t(`role.${role}`)}</span>
          </label>
        ))}
        {roles.length === 0 ? (
          <p role="alert" className="text-xs text-danger-text">
            {t('nobody')}
          </p>
        ) : null}
      </fieldset>
      <SwitchRow
        label={t('when')}
        hint={t('whenHint')}
        checked={visibility.when !== undefined}
        onChange={(isOn) =>
          change({ when: isOn ? { entityAliasId: '', key: '', operation: 'equal', value: '' } : undefined })
        }
      />
      {visibility.when === undefined ? null : (
        <WhenFields when={jsonOf(visibility.when)} onChange={(when) => change({ when })} />
      )}
    </Section>
  )
}

const WhenFields = ({ when, onChange }: { when: Json; onChange: (when: Json) => void }) => {
  const t = useTranslations('dashboardVisibility')
  const configuration = useConfiguration()
  const aliases = Object.keys(jsonOf(configuration.entityAliases))
  const alias = textOf(when.entityAliasId)
  const key = textOf(when.key)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3 rounded-md border p-3">
      <Field label={t('alias')} hint={t('aliasHint')} error={alias === '' ? t('aliasMissing') : undefined}>
        <Select value={alias} onChange={({ target }) => onChange({ ...when, entityAliasId: target.value })}>
          <option value="">{t('chooseAlias')}</option>
          {aliases.map((one) => (
            <option key={one} value={one}>
              {textOf(aliasOf(configuration, one)?.alias) || one}
            </option>
          ))}
        </Select>
      </Field>
      <div className="grid grid-cols-2 items-start gap-3">
        <Field label={t('key')} error={key.trim() === '' ? t('keyMissing') : undefined}>
          <Input value={key} maxLength={255} onChange={({ target }) => onChange({ ...when, key: target.value })} />
        </Field>
        <Field label={t('scope')}>
          <Select
            value={textOf(when.scope)}
            onChange={({ target }) => onChange({ ...when, scope: target.value || undefined })}
          >
            <option value="">{t('anyScope')}</option>
            {visibilityScopes.map((scope) => (
              <option key={scope} value={scope}>
                {t(`scopes.${scope}`)}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <ConditionFields condition={when} columns={noColumns} onChange={onChange} />
    </div>
  )
}
