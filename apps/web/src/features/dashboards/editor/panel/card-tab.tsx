'use client'
import { titleOf, titlePathOf } from '@thingwire/dashboards'
import { Field, Input } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '../../../../components/switch-row.tsx'
import { jsonOf, type Json } from '../side/json.ts'
import { ColorField } from './parts/color-input.tsx'
import { IconInput } from './parts/icon-input.tsx'
import { NumberField } from './parts/number-field.tsx'
import { Section } from './parts/section.tsx'
import { useSet } from './parts/use-set.ts'
import { CssField } from './parts/css-field.tsx'

const textOf = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
const pxOf = (value: unknown): number | null => {
  const number = typeof value === 'number' ? value : Number.parseFloat(textOf(value))
  return Number.isFinite(number) ? number : null
}

/** The card around a widget: its title, its icon, its ground. */
export const CardTab = ({ id, config }: { id: string; config: Json }) => {
  const t = useTranslations('dashboardPanel')
  const setAt = useSet(id)
  const set = (member: string, value: unknown) => setAt(['config', member], value)
  const text = (member: string) => ({
    value: textOf(config[member]),
    onChange: ({ target }: { target: { value: string } }) => set(member, target.value),
  })
  const flag = (member: string, fallback: boolean) => ({
    checked: typeof config[member] === 'boolean' ? config[member] : fallback,
    onChange: (checked: boolean) => set(member, checked),
  })
  const color = (member: string) => ({
    value: textOf(config[member]),
    onChange: (value: string) => set(member, value === '' ? undefined : value),
  })
  const px = (member: string) => ({
    value: pxOf(config[member]),
    onChange: (value: number | null) => set(member, value === null ? undefined : `${value}px`),
    least: 0,
    placeholder: t('usual'),
  })
  const titleFont = jsonOf(config.titleFont)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)]">
      <Section title={t('card.title')}>
        <Field label={t('card.titleText')} hint={t('card.titleHint')}>
          <Input
            value={titleOf(config)}
            onChange={({ target }) => setAt(['config', ...titlePathOf(config)], target.value)}
          />
        </Field>
        <SwitchRow label={t('card.showTitle')} {...flag('showTitle', true)} />
        <Field label={t('card.tooltip')}>
          <Input {...text('titleTooltip')} />
        </Field>
        <ColorField label={t('card.titleColor')} {...color('titleColor')} />
        <div className="grid grid-cols-2 items-end gap-3">
          <NumberField
            label={t('card.titleSize')}
            value={pxOf(titleFont.size)}
            least={8}
            most={96}
            placeholder={t('usual')}
            onChange={(size) => set('titleFont', size === null ? undefined : { ...titleFont, size, sizeUnit: 'px' })}
          />
          <div className="pb-1.5">
            <SwitchRow
              label={t('card.bold')}
              checked={titleFont.weight === 'bold' || Number(titleFont.weight) >= 700}
              onChange={(isBold) => set('titleFont', { ...titleFont, weight: isBold ? '700' : '500' })}
            />
          </div>
        </div>
      </Section>
      <Section title={t('card.icon')} isOpen={config.showTitleIcon === true}>
        <SwitchRow label={t('card.showIcon')} {...flag('showTitleIcon', false)} />
        <Field label={t('card.iconName')}>
          <IconInput
            isLabelled
            label={t('card.iconName')}
            value={textOf(config.titleIcon)}
            onChange={(icon) => set('titleIcon', icon)}
          />
        </Field>
        <ColorField label={t('card.iconColor')} {...color('iconColor')} />
        <NumberField label={t('card.iconSize')} {...px('iconSize')} most={64} />
      </Section>
      <Section title={t('card.ground')}>
        <ColorField label={t('card.background')} {...color('backgroundColor')} hint={t('card.backgroundHint')} />
        <ColorField label={t('card.textColor')} {...color('color')} />
        <div className="grid grid-cols-3 gap-3">
          <NumberField label={t('card.padding')} {...px('padding')} most={200} />
          <NumberField label={t('card.margin')} {...px('margin')} most={200} />
          <NumberField label={t('card.radius')} {...px('borderRadius')} most={200} />
        </div>
        <SwitchRow label={t('card.shadow')} {...flag('dropShadow', true)} />
        <SwitchRow label={t('card.fullScreen')} {...flag('enableFullscreen', true)} />
        <Field label={t('card.noData')} hint={t('card.noDataHint')}>
          <Input {...text('noDataDisplayMessage')} />
        </Field>
      </Section>
      <Section title={t('card.css')} hint={t('card.cssHint')} isOpen={false}>
        <CssField
          label={t('card.titleStyle')}
          value={config.titleStyle}
          onChange={(style) => set('titleStyle', style)}
        />
        <CssField
          label={t('card.widgetStyle')}
          value={config.widgetStyle}
          onChange={(style) => set('widgetStyle', style)}
        />
        <Field label={t('card.widgetCss')}>
          <textarea
            className="min-h-24 w-full rounded-md border border-line-strong bg-surface px-2.5 py-1.5 font-mono text-xs text-ink"
            spellCheck={false}
            {...text('widgetCss')}
          />
        </Field>
      </Section>
    </div>
  )
}
