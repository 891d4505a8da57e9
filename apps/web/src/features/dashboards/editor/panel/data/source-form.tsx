'use client'
import { setMembers, together } from '@thingwire/dashboards/edit'
import { Field, Select } from '@thingwire/ui'
import type { WidgetManifest } from '@thingwire/widgets/manifests'
import { useTranslations } from 'next-intl'
import { DevicePicker } from '../../../../rule-editor/testing/device-picker.tsx'
import { jsonOf, type Json } from '../../side/json.ts'
import { useConfiguration, useEditorStore } from '../../store/use-editor.ts'
import { partOf } from '../focus-part.ts'
import { type Part, useSet } from '../parts/use-set.ts'
import { AlarmFields } from './alarm-fields.tsx'
import { AliasFields } from './alias-fields.tsx'
import { keysIn, typesFor } from './data-key.ts'
import { KeyList } from './key-list.tsx'
import { type SourceType, sourceTypeOf, sourceTypes, withSourceType } from './source-type.ts'
import { useSourceKeys } from './use-source-keys.ts'

type Props = Part & { source: Json; manifest: WidgetManifest; hasKeys: boolean }

/** Kinds of sources that a widget can show; one that is stored stays to be seen. */
const typesOf = ({ manifest }: Props, current: SourceType): readonly SourceType[] => {
  const fitting: readonly SourceType[] =
    manifest.data === 'latest'
      ? sourceTypes
      : manifest.data === 'series'
        ? ['entity', 'device', 'function']
        : ['entity', 'device']
  return fitting.includes(current) ? fitting : [...fitting, current]
}

/** One source of a widget: whose values, and which. */
export const SourceForm = (p: Props) => {
  const t = useTranslations('dashboardPanel')
  const store = useEditorStore()
  const set = useSet(p.id)
  const { source, manifest } = p
  const found = useSourceKeys(source)
  const type = sourceTypeOf(source)
  const aliasId = typeof source.entityAliasId === 'string' ? source.entityAliasId : null
  const isCount = type === 'entityCount' || type === 'alarmCount'
  const most = manifest.limits?.keys ?? Number.POSITIVE_INFINITY
  const list = {
    ...{ id: p.id, manifest, found: found.data ?? null },
  }
  return (
    <div {...partOf(p.path)} className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Field label={t('sourceType')}>
        <Select
          value={type}
          onChange={({ target }) => {
            const next = sourceTypes.find((one) => one === target.value)
            if (!next) return
            const members = withSourceType(source, next).map(({ path, value }) => ({
              path: [...p.path, ...path],
              value,
            }))
            store.run(setMembers([p.id], members))
          }}
        >
          {typesOf(p, type).map((one) => (
            <option key={one} value={one}>
              {t(`source.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      {type === 'device' ? (
        <DevicePicker
          label={t('device')}
          value={typeof source.deviceId === 'string' ? source.deviceId : null}
          onChange={(device) => device && set([...p.path, 'deviceId'], device.id.id)}
        />
      ) : type === 'function' ? null : (
        <AliasFields
          aliasId={aliasId}
          {...(type === 'alarmCount'
            ? { none: t('allAlarms'), onNone: () => set([...p.path, 'entityAliasId'], undefined) }
            : {})}
          choose={(chosen, made) =>
            store.run(
              together([
                ...(made ? [made] : []),
                setMembers(
                  [p.id],
                  [
                    { path: [...p.path, 'type'], value: isCount ? type : 'entity' },
                    { path: [...p.path, 'entityAliasId'], value: chosen },
                  ],
                ),
              ]),
            )
          }
        />
      )}
      {type === 'function' ? null : <FilterSelect id={p.id} path={p.path} source={source} member="filterId" />}
      {type === 'alarmCount' ? (
        <AlarmFields id={p.id} path={[...p.path, 'alarmFilterConfig']} filter={jsonOf(source.alarmFilterConfig)} />
      ) : null}
      {found.error ? (
        <p role="alert" className="text-xs text-danger-text">
          {found.error.message}
        </p>
      ) : null}
      {p.hasKeys && !isCount ? (
        <KeyList
          {...list}
          path={[...p.path, 'dataKeys']}
          keys={keysIn(source.dataKeys)}
          types={typesFor(source, manifest, false)}
          isLatest={manifest.data !== 'series' && manifest.data !== 'alarms'}
          schema={manifest.keySettings}
          title={t(manifest.data === 'series' ? 'seriesKeys' : manifest.data === 'alarms' ? 'columns' : 'keys')}
          searchLabel={t('key')}
          most={most}
        />
      ) : null}
      {p.hasKeys && manifest.data === 'series' ? (
        <KeyList
          {...list}
          path={[...p.path, 'latestDataKeys']}
          keys={keysIn(source.latestDataKeys)}
          types={typesFor(source, manifest, true)}
          isLatest
          schema={undefined}
          title={t('besideKeys')}
          searchLabel={t('besideKey')}
          most={Number.POSITIVE_INFINITY}
        />
      ) : null}
    </div>
  )
}

/** The dashboard's filter that narrows the entities; `member` of the source names it. */
export const FilterSelect = (p: Part & { source: Json; member: 'filterId' | 'dsFilterId' }) => {
  const t = useTranslations('dashboardPanel')
  const set = useSet(p.id)
  const filters = Object.entries(jsonOf(useConfiguration().filters))
  const value = p.source[p.member]
  const chosen = typeof value === 'string' ? value : ''
  if (filters.length === 0 && chosen === '') return null
  const isLost = chosen !== '' && !filters.some(([id]) => id === chosen)
  return (
    <Field label={t('filter')} error={isLost ? t('filterLost') : undefined}>
      <Select
        {...partOf([...p.path, p.member])}
        value={chosen}
        onChange={({ target }) => set([...p.path, p.member], target.value === '' ? undefined : target.value)}
      >
        <option value="">{t('noFilter')}</option>
        {isLost ? <option value={chosen}>{chosen}</option> : null}
        {filters.map(([id, filter]) => (
          <option key={id} value={id}>
            {String(jsonOf(filter).filter ?? id)}
          </option>
        ))}
      </Select>
    </Field>
  )
}
