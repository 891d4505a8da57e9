'use client'
import type { AlarmData } from '@thingwire/contracts'
import { Button, Dialog } from '@thingwire/ui'
import { useState } from 'react'
import { useWidgetHost } from '../host/host-context.tsx'
import { useWords } from '../texts/use-texts.ts'
import type { AlarmsTableSettings } from './manifest.ts'
import { alarmWords } from './words.ts'

/** In place of the bar while alarms are chosen: how many, and what can be done with them. */
export const ChosenBar = (p: {
  settings: AlarmsTableSettings
  chosen: readonly AlarmData[]
  run: (deed: () => Promise<void>) => void
  onNone: () => void
}) => {
  const words = useWords('alarms-table', alarmWords)
  const { alarms } = useWidgetHost()
  const [isRemoving, setRemoving] = useState(false)
  const idsOf = (some: readonly AlarmData[]) => [...new Set(some.map(({ id }) => id.id))]
  const open = idsOf(p.chosen.filter(({ acknowledged }) => !acknowledged))
  const active = idsOf(p.chosen.filter(({ cleared }) => !cleared))
  const button = (label: string, ids: readonly string[], deed: (ids: readonly string[]) => Promise<void>) => (
    <Button
      size="sm"
      disabled={ids.length === 0}
      onClick={() =>
        p.run(async () => {
          await deed(ids)
          p.onNone()
        })
      }
    >
      {label}
    </Button>
  )
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 bg-accent-soft px-4 py-1.5">
      <p role="status" className="mr-1 text-xs font-medium text-accent-text tabular-nums">
        {words('selected', { count: p.chosen.length })}
      </p>
      {p.settings.allowAcknowledgment ? button(words('acknowledge'), open, alarms.acknowledge) : null}
      {p.settings.allowClear ? button(words('clear'), active, alarms.clear) : null}
      {p.settings.allowDelete ? (
        <Button size="sm" onClick={() => setRemoving(true)}>
          {words('remove')}
        </Button>
      ) : null}
      {isRemoving ? (
        <RemoveAlarms
          count={idsOf(p.chosen).length}
          onClose={() => setRemoving(false)}
          onRemove={() =>
            p.run(async () => {
              await alarms.remove(idsOf(p.chosen))
              p.onNone()
            })
          }
        />
      ) : null}
      <Button size="sm" variant="ghost" className="ml-auto" onClick={p.onNone}>
        {words('unselect')}
      </Button>
    </div>
  )
}

/** Asks before alarms are deleted, which nothing brings back. */
export const RemoveAlarms = (p: { count: number; onRemove: () => void; onClose: () => void }) => {
  const words = useWords('alarms-table', alarmWords)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && p.onClose()}
      title={words('removeTitle', { count: p.count })}
      closeLabel={words('close')}
      footer={
        <>
          <Button onClick={p.onClose}>{words('cancel')}</Button>
          <Button
            variant="danger"
            onClick={() => {
              p.onRemove()
              p.onClose()
            }}
          >
            {words('remove')}
          </Button>
        </>
      }
    >
      <p className="text-sm text-ink-2">{words('removeText')}</p>
    </Dialog>
  )
}
