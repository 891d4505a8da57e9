'use client'
import { useQuery } from '@tanstack/react-query'
import { alarmSeverities } from '@thingwire/contracts'
import { defaultTimeWindow, type TimeWindowModel } from '@thingwire/dashboards'
import { Button, cn, Segmented, Select } from '@thingwire/ui'
import { UserRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { listAlarmTypes } from '@/api/alarms.ts'
import { FilterMenu } from '@/components/filter-menu.tsx'
import { phoneWidth } from '@/features/dashboards/board/layout/arrange.ts'
import { useWindowWidth } from '@/features/dashboards/board/use-window-width.ts'
import { readWindowLimits } from '@/features/dashboards/board/window/window-limits.ts'
import { WindowPicker } from '@/features/dashboards/board/window/window-picker.tsx'
import { acknowledgements, type AlarmFilter, alarmStates, usualFilter } from './alarm-filter.ts'
import { SeverityBadge } from './marks.tsx'

type Filters = { filter: AlarmFilter; onChange: (change: Partial<AlarmFilter>) => void }

/** Everything that limits a list of alarms; on narrow screens one row that scrolls. */
export const AlarmFilters = ({ filter, onChange }: Filters) => {
  const t = useTranslations('alarms')
  return (
    <div className="-m-1 flex max-lg:tw-fading-x items-center gap-2 p-1 max-lg:w-full max-lg:overflow-x-auto max-lg:[scrollbar-width:none] lg:flex-wrap [&>*]:shrink-0">
      <Segmented
        label={t('state')}
        value={filter.state}
        onChange={(state) => onChange({ state })}
        options={alarmStates.map((value) => ({ value, label: t(`states.${value}`) }))}
      />
      <FilterMenu
        label={t('severity')}
        any={t('any')}
        options={alarmSeverities.map((value) => ({
          value,
          text: t(`severities.${value}`),
          label: <SeverityBadge severity={value} />,
        }))}
        chosen={filter.severities}
        onChange={(severities) => onChange({ severities })}
      />
      <TypeFilter filter={filter} onChange={onChange} />
      <Select
        aria-label={t('acknowledgement')}
        className="w-54"
        value={filter.acknowledged}
        onChange={(event) =>
          onChange({ acknowledged: acknowledgements.find((known) => known === event.target.value) ?? 'any' })
        }
      >
        {acknowledgements.map((value) => (
          <option key={value} value={value}>
            {t(`acknowledgements.${value}`)}
          </option>
        ))}
      </Select>
      <Button
        aria-pressed={filter.isMine}
        onClick={() => onChange({ isMine: !filter.isMine })}
        className={cn(filter.isMine && 'border-accent bg-accent-soft text-accent-text hover:bg-accent-soft')}
      >
        <UserRound />
        {t('mine')}
      </Button>
      <WindowFilter filter={filter} onChange={onChange} />
    </div>
  )
}

const TypeFilter = ({ filter, onChange }: Filters) => {
  const t = useTranslations('alarms')
  const query = useQuery({ queryKey: ['alarms', 'types'], queryFn: ({ signal }) => listAlarmTypes(signal) })
  // What the address asks for can be unticked, also when no alarm ever was of that type.
  const types = [...new Set([...(query.data ?? []), ...filter.types])]
  return (
    <FilterMenu
      label={t('type')}
      any={t('any')}
      none={t('noTypes')}
      options={types.map((value) => ({ value, text: value, label: <span className="truncate">{value}</span> }))}
      chosen={filter.types}
      onChange={(chosen) => onChange({ types: chosen })}
    />
  )
}

/** Alarms are those of a stretch of time: nothing in it is folded, and all of it moves on. */
const windowLimits = readWindowLimits({
  realtime: { hideInterval: true },
  ...{ hideAggregation: true, hideAggInterval: true, hideTimezone: true },
})
const allTime: TimeWindowModel = { ...defaultTimeWindow, mode: 'history', span: usualFilter.window }

const WindowFilter = ({ filter, onChange }: Filters) => {
  const isPhone = useWindowWidth() < phoneWidth
  const model = useMemo(() => ({ ...allTime, span: filter.window }), [filter.window])
  return (
    <WindowPicker
      isPhone={isPhone}
      model={model}
      base={allTime}
      limits={windowLimits}
      onChange={({ span }) => onChange({ window: span })}
    />
  )
}
