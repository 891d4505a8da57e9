'use client'
import { gridAt, gridsOfState, type LayoutAddress, setGrid } from '@thingwire/dashboards/edit'
import { Field, Segmented, Select } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { SwitchRow } from '@/components/switch-row.tsx'
import { PictureField } from '../../../pictures/picture-field.tsx'
import { useEditedGrid } from '../../canvas/use-edited-grid.ts'
import { jsonOf } from '../../side/json.ts'
import { useConfiguration, useEditorStore } from '../../store/use-editor.ts'
import { ColorField } from '../../panel/parts/color-input.tsx'
import { NumberInput } from '../number-input.tsx'
import { useGridName } from './use-grid-name.ts'

const nameOf = ({ layout, breakpoint }: LayoutAddress) => `${layout}/${breakpoint ?? ''}`
const sizes = ['100%', 'cover', 'contain', 'auto'] as const

/** Columns, gaps and ground of a grid of the state that is edited. */
export const GridFields = () => {
  const t = useTranslations('dashboardManagers')
  const configuration = useConfiguration()
  const edited = useEditedGrid('main')
  const words = useGridName()
  const grids = gridsOfState(configuration, edited.stateId)
  const [chosen, setChosen] = useState(nameOf(edited))
  const at = grids.find((one) => nameOf(one) === chosen) ?? grids[0]
  if (!at) return null
  return (
    <>
      {grids.length > 1 ? (
        <Field label={t('gridOf')}>
          <Select value={nameOf(at)} onChange={({ target }) => setChosen(target.value)}>
            {grids.map((one) => (
              <option key={nameOf(one)} value={nameOf(one)}>
                {words(one)}
              </option>
            ))}
          </Select>
        </Field>
      ) : null}
      <Members key={nameOf(at)} at={at} />
    </>
  )
}

const Members = ({ at }: { at: LayoutAddress }) => {
  const t = useTranslations('dashboardManagers')
  const store = useEditorStore()
  const settings = jsonOf(gridAt(useConfiguration(), at)?.gridSettings)
  const set = (name: string, value: unknown) =>
    store.run(setGrid(at, { [name]: value }, `grid ${nameOf(at)} ${at.stateId} ${name}`))
  const numberOf = (name: string) => (typeof settings[name] === 'number' ? settings[name] : null)
  const textOf = (name: string) => (typeof settings[name] === 'string' ? settings[name] : '')
  const number = (
    name: 'columns' | 'cellHeight' | 'minColumns' | 'margin' | 'mobileRowHeight',
    bounds: { min: number; max: number; usual: number | null },
    hint?: string,
  ) => (
    <Field label={t(name === 'cellHeight' ? 'rowHeight' : name)} hint={hint}>
      <NumberInput
        isWhole
        mayBeEmpty={bounds.usual === null}
        min={bounds.min}
        max={bounds.max}
        value={numberOf(name) ?? bounds.usual}
        onChange={(value) => set(name, value ?? undefined)}
      />
    </Field>
  )
  return (
    <>
      {settings.layoutType === 'divider' ? null : (
        <Choice
          label={t('layoutType')}
          value={settings.layoutType === 'scada' ? 'scada' : 'default'}
          options={(['default', 'scada'] as const).map((value) => ({ value, label: t(`layoutTypes.${value}`) }))}
          onChange={(value) => set('layoutType', value)}
        />
      )}
      <Choice
        label={t('viewFormat')}
        value={settings.viewFormat === 'list' ? 'list' : 'grid'}
        options={(['grid', 'list'] as const).map((value) => ({ value, label: t(`viewFormats.${value}`) }))}
        onChange={(value) => set('viewFormat', value)}
      />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        {number('columns', { min: 1, max: 1_008, usual: 24 })}
        {number('minColumns', { min: 1, max: 1_008, usual: null }, t('minColumnsHint'))}
        {number('cellHeight', { min: 1, max: 1_000, usual: null }, t('rowHeightHint'))}
        {number('margin', { min: 0, max: 50, usual: 10 })}
      </div>
      <SwitchRow
        label={t('outerMargin')}
        checked={settings.outerMargin !== false}
        onChange={(checked) => set('outerMargin', checked)}
      />
      <SwitchRow
        label={t('autoFill')}
        checked={settings.autoFillHeight === true}
        onChange={(checked) => set('autoFillHeight', checked)}
      />
      <h3 className="border-t pt-4 text-sm font-semibold">{t('backgroundColor')}</h3>
      <ColorField
        isClearable
        label={t('backgroundColor')}
        value={textOf('backgroundColor')}
        onChange={(color) => set('backgroundColor', color || undefined)}
      />
      <PictureField
        label={t('backgroundImage')}
        value={textOf('backgroundImageUrl')}
        onChange={(link) => set('backgroundImageUrl', link || null)}
      />
      {textOf('backgroundImageUrl') === '' ? null : (
        <Field label={t('backgroundSize')}>
          <Select
            value={textOf('backgroundSizeMode') || '100%'}
            onChange={({ target }) => set('backgroundSizeMode', target.value)}
          >
            {sizes.map((one) => (
              <option key={one} value={one}>
                {t(`backgroundSizes.${one}`)}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <h3 className="border-t pt-4 text-sm font-semibold">{t('phones')}</h3>
      <SwitchRow
        label={t('autoFillPhone')}
        checked={settings.mobileAutoFillHeight === true}
        onChange={(checked) => set('mobileAutoFillHeight', checked)}
      />
      {number('mobileRowHeight', { min: 5, max: 200, usual: 70 })}
    </>
  )
}

const Choice = <T extends string>(p: {
  label: string
  value: T
  options: readonly { value: T; label: string }[]
  onChange: (value: T) => void
}) => (
  <div className="grid justify-items-start gap-1.5">
    <span aria-hidden className="text-xs font-medium text-ink-2">
      {p.label}
    </span>
    <Segmented {...p} />
  </div>
)
