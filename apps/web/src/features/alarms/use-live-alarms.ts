'use client'
import { useQueryClient } from '@tanstack/react-query'
import type { LiveAlarmQuery } from '@thingwire/contracts'
import { useState } from 'react'
import type { AlarmView } from '@/api/alarms.ts'
import type { Page } from '@/api/entities.ts'
import { useLive } from '@/live/live-provider.tsx'
import { arrivals, holdRows } from './steady-rows.ts'

export const alarmId = (alarm: AlarmView) => alarm.id.id

/** Puts what the live connection tells into the page that REST answered. */
export const useLiveAlarms = (queryKey: readonly unknown[], query: LiveAlarmQuery | null) => {
  const client = useQueryClient()
  useLive(query && { kind: 'alarms', query }, (change) => {
    if (change.kind !== 'alarms') return
    const { page, changed } = change
    if (page) client.setQueryData<Page<AlarmView>>(queryKey, page)
    if (changed.length === 0) return
    const byId = new Map(changed.map((alarm) => [alarm.id.id, alarm]))
    client.setQueryData<Page<AlarmView>>(
      queryKey,
      (known) => known && { ...known, data: known.data.map((alarm) => byId.get(alarmId(alarm)) ?? alarm) },
    )
  })
}

type Shown = { question: string; rows: readonly AlarmView[]; arrived: ReadonlySet<string> }

/**
 * The rows as they are shown: while `isHeld` they keep their places. Another question is answered at once. `arrived`:
 * those that came after the first answer, to be pointed out.
 */
export const useSteadyRows = (p: { question: string; rows: AlarmView[] | undefined; isHeld: boolean }) => {
  const [shown, setShown] = useState<Shown | null>(null)
  const { question, rows, isHeld } = p
  const isSame = shown?.question === question
  const show = () => {
    if (rows) setShown({ question, rows, arrived: isSame ? arrivals(shown.rows, rows, alarmId) : new Set() })
  }
  if (!rows) return { rows: undefined, waiting: 0, arrived: null, show }
  // Set while rendering: a list that is drawn once with the old rows would flicker.
  if (shown?.rows !== rows && !(isSame && isHeld)) show()
  const held = isSame && isHeld ? holdRows(shown.rows, rows, alarmId) : { rows, waiting: 0 }
  return { ...held, arrived: shown?.arrived ?? null, show }
}
