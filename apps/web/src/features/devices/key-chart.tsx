'use client'
import type { DataKey, Widget } from '@thingwire/contracts'
import { Card, CardHeader } from '@thingwire/ui'
import { useTranslations } from 'next-intl'
import { parseAsString, useQueryState } from 'nuqs'
import { useMemo } from 'react'
import { parseWindow } from '@/features/dashboards/time-window.ts'
import { WindowSegments } from '@/features/dashboards/time-window-picker.tsx'
import type { AliasAnswer } from '@/features/dashboards/use-aliases.ts'
import { WidgetBody } from '@/features/dashboards/widget-tile.tsx'

const chartOf = (deviceId: string, name: string): Widget => {
  const dataKey: DataKey = {
    name,
    type: 'timeseries',
    label: name,
    settings: { lineSettings: { fillAreaSettings: { type: 'gradient' } } },
  }
  return {
    typeFullFqn: 'time-series-chart',
    type: 'timeseries',
    config: {
      title: name,
      showTitle: false,
      datasources: [{ type: 'device', deviceId, dataKeys: [dataKey] }],
      useDashboardTimewindow: true,
      settings: {},
    },
  }
}

/** The course of one key, drawn by the same widget that dashboards use. */
export const KeyChart = ({ deviceId, deviceName, name }: { deviceId: string; deviceName: string; name: string }) => {
  const t = useTranslations('device')
  const [w, setW] = useQueryState('w', parseAsString.withDefault('1h').withOptions({ history: 'replace' }))
  const window = parseWindow(w) ?? { kind: 'last', durationMs: 3_600_000 }
  const widget = useMemo(() => chartOf(deviceId, name), [deviceId, name])
  const aliases = useMemo((): ReadonlyMap<string, AliasAnswer> => {
    const entity = { id: deviceId, name: deviceName, type: '', label: '', active: true, createdTime: 0 }
    return new Map([[deviceId, { status: 'ready', entities: [entity] }]])
  }, [deviceId, deviceName])
  return (
    <Card className="min-w-0">
      <CardHeader
        title={t('courseOf', { key: name })}
        actions={<WindowSegments value={w} onChange={(value) => void setW(value)} />}
      />
      <div className="h-64 pt-2 pb-1">
        <WidgetBody
          widget={widget}
          aliases={aliases}
          choice={{ window, agg: 'AVG', limit: 5_000 }}
          onOpenState={() => undefined}
          onOpenEntity={() => undefined}
        />
      </div>
    </Card>
  )
}
