'use client'
import { defaultTimeWindow, formatWindowParam, parseWindowParam } from '@thingwire/dashboards'
import { Card, CardHeader } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { parseAsString, useQueryState } from 'nuqs'
import { useCallback, useMemo } from 'react'
import { SoloWidget } from '@/features/dashboards/board/solo-widget.tsx'
import { phoneWidth } from '@/features/dashboards/board/layout/arrange.ts'
import { useWindowWidth } from '@/features/dashboards/board/use-window-width.ts'
import { readWindowLimits } from '@/features/dashboards/board/window/window-limits.ts'
import { WindowPicker } from '@/features/dashboards/board/window/window-picker.tsx'

const chartOf = (deviceId: string, name: string) => ({
  typeFullFqn: 'time-series-chart',
  type: 'timeseries',
  config: {
    title: name,
    showTitle: false,
    enableFullscreen: false,
    datasources: [
      {
        type: 'device',
        deviceId,
        dataKeys: [
          {
            name,
            type: 'timeseries',
            label: name,
            settings: { lineSettings: { fillAreaSettings: { type: 'gradient' } } },
          },
        ],
      },
    ],
    useDashboardTimewindow: true,
    settings: {},
  },
})

const noLimits = readWindowLimits(null)

/** The course of one key, drawn by the same widget that dashboards use. */
export const KeyChart = ({ deviceId, name }: { deviceId: string; name: string }) => {
  const t = useTranslations('device')
  const [w, setW] = useQueryState('w', parseAsString.withDefault('1h').withOptions({ history: 'replace' }))
  const window = useMemo(() => parseWindowParam(w, defaultTimeWindow) ?? defaultTimeWindow, [w])
  const isPhone = useWindowWidth() < phoneWidth
  const widget = useMemo(() => chartOf(deviceId, name), [deviceId, name])
  const choose = useCallback((model: typeof window) => void setW(formatWindowParam(model, defaultTimeWindow)), [setW])
  return (
    <Card className="min-w-0">
      <CardHeader
        title={t('courseOf', { key: name })}
        actions={
          <WindowPicker
            isSmall
            isPhone={isPhone}
            model={window}
            base={defaultTimeWindow}
            limits={noLimits}
            onChange={choose}
          />
        }
      />
      <div className="h-64 pt-2 pb-1">
        <SoloWidget widget={widget} window={window} onWindow={choose} />
      </div>
    </Card>
  )
}
