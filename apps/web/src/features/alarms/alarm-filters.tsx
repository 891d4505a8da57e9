'use client'
import { useQuery } from '@tanstack/react-query'
import { alarmSeverities } from '@thingwire/contracts'
import { Button, cn, Popover, Segmented, Select } from '@thingwire/ui'
import { Clock, UserRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { listAlarmTypes } from '@/api/alarms.ts'
import { FilterMenu } from '@/components/filter-menu.tsx'
import { FixedRange, useWindowLabel } from '@/features/dashboards/time-window-picker.tsx'
import { formatWindow, parseWindow } from '@/features/dashboards/time-window.ts'
import { acknowledgements, type AlarmFilter, alarmStates } from './alarm-filter.ts'
import { SeverityBadge } from './marks.tsx'

type Filters = { filter: AlarmFilter; onChange: (change: Partial<AlarmFilter>) => void }

/** Everything that limits a list of alarms; on narrow screens one row that scrolls. */
export const AlarmFilters = ({ filter, onChange }: Filters) => {
  const t = useTranslations('alarms')
  return (
    <div className="-m-1 flex items-center gap-2 p-1 max-lg:w-full max-lg:overflow-x-auto max-lg:[scrollbar-width:none] lg:flex-wrap [&>*]:shrink-0">
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

const presets = ['1h', '6h', '1d', '7d', '30d'] as const

const WindowFilter = ({ filter, onChange }: Filters) => {
  const t = useTranslations('alarms')
  const words = useTranslations('window')
  const label = useWindowLabel()
  const [open, setOpen] = useState(false)
  const current = filter.window && formatWindow(filter.window)
  const text = filter.window ? label(filter.window) : t('allTime')
  const choose = (window: AlarmFilter['window']) => {
    onChange({ window })
    setOpen(false)
  }
  return (
    <Popover
      label={words('title')}
      open={open}
      onOpenChange={setOpen}
      className="w-72"
      trigger={
        <Button aria-label={`${words('title')}: ${text}`}>
          <Clock />
          <span className="max-w-52 truncate">{text}</span>
        </Button>
      }
    >
      <div className="grid gap-4">
        <div>
          <p className="mb-1.5 text-xs font-medium text-ink-3">{t('raisedIn')}</p>
          <div className="grid grid-cols-3 gap-1">
            <Preset isChosen={current === null} onChoose={() => choose(null)}>
              {t('allTime')}
            </Preset>
            {presets.map((preset) => (
              <Preset key={preset} isChosen={preset === current} onChoose={() => choose(parseWindow(preset))}>
                {words('preset', { duration: preset })}
              </Preset>
            ))}
          </div>
        </div>
        <FixedRange window={filter.window ?? { kind: 'last', durationMs: 86_400_000 }} onChange={choose} />
      </div>
    </Popover>
  )
}

const Preset = (p: { isChosen: boolean; onChoose: () => void; children: string }) => (
  <Button size="sm" variant={p.isChosen ? 'primary' : 'ghost'} aria-pressed={p.isChosen} onClick={p.onChoose}>
    {p.children}
  </Button>
)
