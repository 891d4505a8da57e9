'use client'
import { aggregations } from '@thingwire/contracts'
import { readTimeWindow } from '@thingwire/dashboards'
import { setTimeWindow, setTimeWindowMembers } from '@thingwire/dashboards/edit'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '@/components/switch-row.tsx'
import { useBoard } from '../../../board/board-context.ts'
import { readWindowLimits } from '../../../board/window/window-limits.ts'
import { WindowPicker } from '../../../board/window/window-picker.tsx'
import { jsonOf } from '../../side/json.ts'
import { useConfiguration, useEditorStore } from '../../store/use-editor.ts'
import { AllowedChoices } from './allowed-choices.tsx'
import { WindowModeFields } from './window-mode-fields.tsx'

const noLimits = readWindowLimits(null)
const hidden = {
  aggregation: 'hideAggregation',
  interval: 'hideAggInterval',
  timezone: 'hideTimezone',
} as const

/** The window that viewers begin with, and what they may choose of it. */
export const TimeFields = () => {
  const t = useTranslations('dashboardManagers')
  const store = useEditorStore()
  const { isPhone } = useBoard()
  const file = jsonOf(useConfiguration().timewindow)
  const words = useTranslations('boardWindow')
  const model = readTimeWindow(file)
  const limits = readWindowLimits(file)
  return (
    <>
      <div className="grid justify-items-start gap-1.5">
        <span className="text-xs font-medium text-ink-2">{t('defaultWindow')}</span>
        <WindowPicker
          isPhone={isPhone}
          model={model}
          base={model}
          limits={noLimits}
          onChange={(window) => store.run(setTimeWindow(window))}
        />
        <p className="text-xs text-ink-3">{t('windowHint')}</p>
      </div>
      <fieldset className="grid gap-4 border-t pt-4">
        <legend className="sr-only">{t('viewersChoose')}</legend>
        <p aria-hidden className="text-sm font-semibold">
          {t('viewersChoose')}
        </p>
        {(Object.keys(hidden) as (keyof typeof hidden)[]).map((name) => (
          <SwitchRow
            key={name}
            label={t(`choices.${name}`)}
            checked={file[hidden[name]] !== true}
            onChange={(checked) => store.run(setTimeWindowMembers({ [hidden[name]]: !checked }))}
          />
        ))}
        {limits.hidesAggregation ? null : (
          <AllowedChoices
            label={t('allowedAggregations')}
            choices={aggregations.map((value) => ({ value, label: words(`agg.${value}`) }))}
            allowed={limits.aggregations}
            onChange={(allowed) => store.run(setTimeWindowMembers({ allowedAggTypes: allowed ?? [] }))}
          />
        )}
      </fieldset>
      {(['realtime', 'history'] as const).map((mode) => (
        <WindowModeFields
          key={mode}
          mode={mode}
          file={jsonOf(file[mode])}
          onChange={(members) => store.run(setTimeWindowMembers({ [mode]: { ...jsonOf(file[mode]), ...members } }))}
        />
      ))}
    </>
  )
}
