'use client'
import { setMembers, together } from '@thingwire/dashboards/edit'
import { Field, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { DevicePicker } from '../../../../rule-editor/testing/device-picker.tsx'
import type { Json } from '../../side/json.ts'
import { useEditorStore } from '../../store/use-editor.ts'
import { AliasFields } from '../data/alias-fields.tsx'
import { FilterSelect } from '../data/source-form.tsx'
import { type Part, useSet } from '../parts/use-set.ts'

const types = ['entity', 'device', 'function'] as const
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** Whose places a layer shows: members of the layer, or of one of the sources beside its own. */
export const LayerSource = (p: Part & { source: Json; isBeside?: boolean }) => {
  const t = useTranslations('dashboardPanel')
  const store = useEditorStore()
  const set = useSet(p.id)
  const { source } = p
  const type = types.find((one) => one === source.dsType) ?? 'entity'
  const at = (name: string, value: unknown) => ({ path: [...p.path, name], value })
  const fitting = types.filter((one) => one !== 'function' || type === one || !p.isBeside)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Field label={t('sourceType')}>
        <Select
          value={type}
          onChange={({ target }) => {
            const next = types.find((one) => one === target.value)
            if (next)
              store.run(
                setMembers(
                  [p.id],
                  [
                    at('dsType', next),
                    ...(next === 'entity' ? [] : [at('dsEntityAliasId', undefined)]),
                    ...(next === 'device' ? [] : [at('dsDeviceId', undefined)]),
                  ],
                ),
              )
          }}
        >
          {fitting.map((one) => (
            <option key={one} value={one}>
              {t(`source.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      {type === 'device' ? (
        <DevicePicker
          label={t('device')}
          value={textOf(source.dsDeviceId)}
          onChange={(device) => device && set([...p.path, 'dsDeviceId'], device.id.id)}
        />
      ) : type === 'entity' ? (
        <AliasFields
          aliasId={textOf(source.dsEntityAliasId)}
          choose={(chosen, made) =>
            store.run(
              together([
                ...(made ? [made] : []),
                setMembers([p.id], [at('dsType', 'entity'), at('dsEntityAliasId', chosen)]),
              ]),
            )
          }
        />
      ) : null}
      {type === 'function' ? null : <FilterSelect {...p} member="dsFilterId" />}
    </div>
  )
}
