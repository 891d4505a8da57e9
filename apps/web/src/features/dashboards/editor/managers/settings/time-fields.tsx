'use client'
import { readTimeWindow } from '@thingwire/dashboards'
import { setTimeWindow, setTimeWindowMembers } from '@thingwire/dashboards/edit'
import { useTranslations } from 'next-intl'
import { SwitchRow } from '@/components/switch-row.tsx'
import { useBoard } from '../../../board/board-context.ts'
import { readWindowLimits } from '../../../board/window/window-limits.ts'
import { WindowPicker } from '../../../board/window/window-picker.tsx'
import { jsonOf } from '../../side/json.ts'
import { useConfiguration, useEditorStore } from '../../store/use-editor.ts'

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
  const model = readTimeWindow(file)
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
        {(['realtime', 'history'] as const).map((mode) => (
          <SwitchRow
            key={mode}
            label={t(`choices.${mode}`)}
            checked={jsonOf(file[mode]).hideInterval !== true}
            onChange={(checked) =>
              store.run(setTimeWindowMembers({ [mode]: { ...jsonOf(file[mode]), hideInterval: !checked } }))
            }
          />
        ))}
        {(Object.keys(hidden) as (keyof typeof hidden)[]).map((name) => (
          <SwitchRow
            key={name}
            label={t(`choices.${name}`)}
            checked={file[hidden[name]] !== true}
            onChange={(checked) => store.run(setTimeWindowMembers({ [hidden[name]]: !checked }))}
          />
        ))}
      </fieldset>
    </>
  )
}
