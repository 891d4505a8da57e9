'use client'
import { defaultTimeWindow, formatWindowParam, parseWindowParam } from '@thingwire/dashboards'
import { Card, CardHeader } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { parseAsString, useQueryState } from 'nuqs'
import { useCallback, useMemo } from 'react'
import { SoloWidget } from '@/features/dashboards/board/solo-widget.tsx'
import { WindowSegments } from '@/features/dashboards/time-window-picker.tsx'

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

/** The course of one key, drawn by the same widget that dashboards use. */
export const KeyChart = ({ deviceId, name }: { deviceId: string; name: string }) => {
  const t = useTranslations('device')
  const [w, setW] = useQueryState('w', parseAsString.withDefault('1h').withOptions({ history: 'replace' }))
  const window = useMemo(() => parseWindowParam(w, defaultTimeWindow) ?? defaultTimeWindow, [w])
  const widget = useMemo(() => chartOf(deviceId, name), [deviceId, name])
  const choose = useCallback((model: typeof window) => void setW(formatWindowParam(model, defaultTimeWindow)), [setW])
  return (
    <Card className="min-w-0">
      <CardHeader
        title={t('courseOf', { key: name })}
        actions={<WindowSegments value={w} onChange={(value) => void setW(value)} />}
      />
      <div className="h-64 pt-2 pb-1">
        <SoloWidget widget={widget} window={window} onWindow={choose} />
      </div>
    </Card>
  )
}
