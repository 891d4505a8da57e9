'use client'
import {
  allowedIntervals,
  defaultTimeWindow,
  type GroupInterval,
  lastChoices,
  quickChoices,
  rangeOf,
  readGroupInterval,
  type TimeWindowModel,
} from '@thingwire/dashboards'
import { Field, IconButton, Select } from '@thingwire/ui'
import { Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { SwitchRow } from '@/components/switch-row.tsx'
import { useWindowWords } from '../../../board/window/use-window-words.ts'
import { readWindowLimits, windowName } from '../../../board/window/window-limits.ts'
import { type Json, jsonOf } from '../../side/json.ts'
import { AllowedChoices } from './allowed-choices.tsx'

type Mode = TimeWindowModel['mode']
type Props = { mode: Mode; file: Json; onChange: (members: Json) => void }

const periods = { realtime: ['current', 'soFar'], history: ['previous', 'current', 'soFar'] } as const

const periodsOf = (mode: Mode) => periods[mode].flatMap((group) => quickChoices[group])

/** What viewers may choose live, or of the past. */
export const WindowModeFields = ({ mode, file, onChange }: Props) => {
  const t = useTranslations('dashboardManagers')
  const words = useTranslations('boardWindow')
  const { duration } = useWindowWords()
  const limits = readWindowLimits({ [mode]: file })[mode]
  const setLists = (members: Json) => onChange({ advancedParams: { ...jsonOf(file.advancedParams), ...members } })
  const hides = (name: string, label: string) => (
    <SwitchRow label={label} checked={file[name] !== true} onChange={(checked) => onChange({ [name]: !checked })} />
  )
  return (
    <section aria-label={words(mode)} className="grid gap-4 border-t pt-4">
      {hides('hideInterval', t(`choices.${mode}`))}
      {limits.isHidden ? null : (
        <div className="grid gap-4 border-l-2 pl-3">
          {hides('hideLastInterval', t('choices.last'))}
          {limits.hidesLast ? null : (
            <AllowedChoices
              label={t('allowedLasts')}
              choices={[...new Set([...lastChoices, ...(limits.lasts ?? [])])]
                .toSorted((a, b) => a - b)
                .map((value) => ({ value, label: duration(value) }))}
              allowed={limits.lasts}
              onChange={(lasts) => setLists({ allowedLastIntervals: lasts ?? [] })}
            />
          )}
          {hides('hideQuickInterval', t('choices.quick'))}
          {limits.hidesQuick ? null : (
            <AllowedChoices
              label={t('allowedQuicks')}
              choices={periodsOf(mode).map((value) => ({ value, label: words(`quickOf.${value}`) }))}
              allowed={limits.quicks}
              onChange={(quicks) => setLists({ allowedQuickIntervals: quicks ?? [] })}
            />
          )}
          {mode === 'history' ? (
            <>
              {hides('hideFixedInterval', t('choices.fixed'))}
              {hides('hideForAllTimeInterval', t('choices.all'))}
            </>
          ) : null}
          <GroupsOfWindows mode={mode} file={file} onChange={onChange} />
        </div>
      )}
    </section>
  )
}

const spanOf = (mode: Mode, name: string): TimeWindowModel['span'] | null => {
  const quick = periodsOf(mode).find((one) => one === name)
  if (quick) return { kind: 'quick', interval: quick }
  const durationMs = Number(name)
  return Number.isFinite(durationMs) && durationMs > 0 ? { kind: 'last', durationMs } : null
}

/** Into what points of single windows may be grouped, and how they are at first. */
const GroupsOfWindows = ({ mode, file, onChange }: Props) => {
  const t = useTranslations('dashboardManagers')
  const words = useTranslations('boardWindow')
  const { duration } = useWindowWords()
  const { groups } = readWindowLimits({ [mode]: file })[mode]
  const lists = jsonOf(file.advancedParams)
  const set = (name: string, of: Json | null) => {
    const member = Number.isFinite(Number(name)) ? 'lastAggIntervalsConfig' : 'quickAggIntervalsConfig'
    const { [name]: _, ...rest } = jsonOf(lists[member])
    onChange({ advancedParams: { ...lists, [member]: of === null ? rest : { ...rest, [name]: of } } })
  }
  const nameOf = (span: TimeWindowModel['span']) =>
    span.kind === 'last' ? duration(span.durationMs) : span.kind === 'quick' ? words(`quickOf.${span.interval}`) : ''
  const spans: TimeWindowModel['span'][] = [
    ...lastChoices.map((durationMs) => ({ kind: 'last' as const, durationMs })),
    ...periodsOf(mode).map((interval) => ({ kind: 'quick' as const, interval })),
  ]
  const addable = spans.filter((span) => !groups.has(windowName(span) ?? ''))
  return (
    <div className="grid gap-3">
      <Field label={t('groupsOf')} hint={t('groupsOfHint')}>
        <Select
          value=""
          onChange={({ target }) => {
            if (target.value !== '') set(target.value, { aggIntervals: [], defaultAggInterval: null })
          }}
        >
          <option value="">{t('addGroupsOf')}</option>
          {addable.map((span) => (
            <option key={windowName(span)} value={windowName(span) ?? ''}>
              {nameOf(span)}
            </option>
          ))}
        </Select>
      </Field>
      {[...groups].flatMap(([name, { allowed, usual }]) => {
        const span = spanOf(mode, name)
        return span
          ? [
              <WindowGroups
                key={name}
                title={nameOf(span)}
                span={span}
                allowed={allowed}
                usual={usual}
                onChange={(of) => set(name, of)}
              />,
            ]
          : []
      })}
    </div>
  )
}

const WindowGroups = (p: {
  title: string
  span: TimeWindowModel['span']
  allowed: readonly GroupInterval[] | null
  usual: GroupInterval | null
  onChange: (of: Json | null) => void
}) => {
  const t = useTranslations('dashboardManagers')
  const { interval } = useWindowWords()
  const [now] = useState(Date.now)
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  const { startTs, endTs } = rangeOf({ ...defaultTimeWindow, span: p.span }, now, timeZone)
  const fitting = allowedIntervals(Math.max(1, endTs - startTs))
  const write = (allowed: readonly GroupInterval[] | null, usual: GroupInterval | null) =>
    p.onChange({ aggIntervals: allowed ?? [], defaultAggInterval: usual })
  return (
    <fieldset aria-label={p.title} className="grid gap-3 rounded-md border p-3">
      <div className="-mt-1 -mr-1 flex items-center justify-between">
        <p aria-hidden className="text-xs font-medium">
          {p.title}
        </p>
        <IconButton size="icon-sm" label={t('removeGroupsOf', { window: p.title })} onClick={() => p.onChange(null)}>
          <Trash2 />
        </IconButton>
      </div>
      <AllowedChoices
        label={t('allowedGroups')}
        choices={fitting.map((value) => ({ value, label: interval(value) }))}
        allowed={p.allowed}
        onChange={(allowed) =>
          write(allowed, p.usual !== null && allowed?.includes(p.usual) === false ? null : p.usual)
        }
      />
      <Field label={t('usualGroup')}>
        <Select
          value={String(p.usual ?? '')}
          onChange={({ target }) =>
            write(p.allowed, readGroupInterval(fitting.find((one) => String(one) === target.value) ?? null))
          }
        >
          <option value="">{t('groupByLength')}</option>
          {fitting
            .filter((one) => p.allowed === null || p.allowed.includes(one))
            .map((one) => (
              <option key={one} value={String(one)}>
                {interval(one)}
              </option>
            ))}
        </Select>
      </Field>
    </fieldset>
  )
}
