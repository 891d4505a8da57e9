'use client'
import { Button, Field, IconButton, Input, Select } from '@thingwire/ui'
import { Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '../../../../../components/switch-row.tsx'
import { isJson, type Json } from '../../side/json.ts'
import { ColorField } from '../parts/color-input.tsx'
import { NumberField } from '../parts/number-field.tsx'
import { SourceFields } from './source-fields.tsx'

const lineTypes = ['solid', 'dashed', 'dotted'] as const
const positions = ['end', 'start', 'middle', 'insideEndTop', 'insideStartTop', 'insideMiddleTop'] as const

const textOf = (value: unknown) => (typeof value === 'string' ? value : '')
const fresh: Json = {
  type: 'constant',
  value: 0,
  lineColor: '#d32f2f',
  lineType: 'dashed',
  lineWidth: 1,
  showLabel: true,
}

/** Lines across a chart: at a number, or at the newest value of a key. */
export const ThresholdsFields = (p: { label: string; value: unknown; onChange: (list: readonly Json[]) => void }) => {
  const t = useTranslations('dashboardPanel')
  const list = Array.isArray(p.value) ? p.value.filter(isJson) : []
  return (
    <section aria-label={p.label} className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h4 className="text-xs font-medium text-ink-2">{p.label}</h4>
      {list.map((one, index) => {
        const set = (members: Json) => p.onChange(list.with(index, { ...one, ...members }))
        return (
          <fieldset
            // biome-ignore lint/suspicious/noArrayIndexKey: thresholds have no ids, and two may be equal
            key={index}
            aria-label={t('threshold', { number: index + 1 })}
            className="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-3 rounded-md border p-3"
          >
            <div className="-mt-1 -mr-1 flex items-center justify-between">
              <p className="text-xs font-medium">{t('threshold', { number: index + 1 })}</p>
              <IconButton
                size="icon-sm"
                label={t('removeThreshold', { number: index + 1 })}
                onClick={() => p.onChange(list.toSpliced(index, 1))}
              >
                <Trash2 />
              </IconButton>
            </div>
            <SourceFields
              label={t('thresholdAt')}
              value={one}
              onChange={(source) => p.onChange(list.with(index, source))}
            />
            <div className="grid grid-cols-2 gap-2">
              <ColorField
                label={t('color')}
                value={textOf(one.lineColor)}
                onChange={(lineColor) => set({ lineColor })}
              />
              <Field label={t('lineType')}>
                <Select
                  value={lineTypes.find((type) => type === one.lineType) ?? 'solid'}
                  onChange={({ target }) => set({ lineType: target.value })}
                >
                  {lineTypes.map((type) => (
                    <option key={type} value={type}>
                      {t(`line.${type}`)}
                    </option>
                  ))}
                </Select>
              </Field>
              <NumberField
                label={t('lineWidth')}
                value={typeof one.lineWidth === 'number' ? one.lineWidth : 1}
                least={0.5}
                most={10}
                isNeeded
                onChange={(lineWidth) => set({ lineWidth })}
              />
              <Field label={t('axisId')}>
                <Input
                  value={textOf(one.yAxisId)}
                  placeholder="default"
                  onChange={({ target }) => set({ yAxisId: target.value || undefined })}
                />
              </Field>
            </div>
            <SwitchRow
              label={t('thresholdLabel')}
              checked={one.showLabel !== false}
              onChange={(showLabel) => set({ showLabel })}
            />
            {one.showLabel === false ? null : (
              <Field label={t('labelPosition')}>
                <Select
                  value={textOf(one.labelPosition) || 'end'}
                  onChange={({ target }) => set({ labelPosition: target.value })}
                >
                  {[...new Set([...positions, textOf(one.labelPosition) || 'end'])].map((position) => (
                    <option key={position} value={position}>
                      {positions.some((known) => known === position)
                        ? t(`labelAt.${position as (typeof positions)[number]}`)
                        : position}
                    </option>
                  ))}
                </Select>
              </Field>
            )}
          </fieldset>
        )
      })}
      <Button onClick={() => p.onChange([...list, fresh])}>
        <Plus />
        {t('addThreshold')}
      </Button>
    </section>
  )
}
