'use client'
import { Button, Checkbox, Field, IconButton, Input, Popover, Select } from '@thingwire/ui'
import { ListFilter } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { AlarmsPort } from '../host/alarms.ts'
import { useWidgetHost } from '../host/host-context.tsx'
import { useWords } from '../texts/use-texts.ts'
import { alarmWords } from './words.ts'

const statuses = ['ACTIVE', 'CLEARED', 'UNACK', 'ACK'] as const
const severities = ['CRITICAL', 'MAJOR', 'MINOR', 'WARNING', 'INDETERMINATE'] as const
type Status = (typeof statuses)[number]
type Severity = (typeof severities)[number]

/** What the viewer asks for over what the widget has; empty, or undefined: as the widget has it. */
export type AlarmChoice = {
  statuses: readonly Status[]
  severities: readonly Severity[]
  types: readonly string[]
  assigneeId: string | undefined
}

export const anyAlarm: AlarmChoice = { statuses: [], severities: [], types: [], assigneeId: undefined }

/** How many of the four narrow the list. */
export const narrowedBy = ({ statuses, severities, types, assigneeId }: AlarmChoice): number =>
  [statuses, severities, types].filter((list) => list.length > 0).length + (assigneeId === undefined ? 0 : 1)

const toggled = <T,>(all: readonly T[], one: T): T[] =>
  all.includes(one) ? all.filter((other) => other !== one) : [...all, one]

export const FilterPanel = (p: { choice: AlarmChoice; onChoose: (choice: AlarmChoice) => void }) => {
  const words = useWords('alarms-table', alarmWords)
  const [open, setOpen] = useState(false)
  const { choice } = p
  const count = narrowedBy(choice)
  return (
    <Popover
      label={words('filter')}
      align="start"
      open={open}
      onOpenChange={setOpen}
      className="max-h-(--radix-popover-content-available-height) w-72 max-w-[calc(100vw-16px)] overflow-y-auto"
      trigger={
        <IconButton label={words('filter')} size="icon-sm" aria-pressed={count > 0} className="relative">
          <ListFilter className={count > 0 ? 'text-accent-text' : undefined} />
          {count > 0 ? (
            <span
              aria-hidden
              className="absolute -top-0.5 -right-0.5 flex size-3.5 items-center justify-center rounded-full bg-accent text-2xs leading-none text-accent-ink tabular-nums"
            >
              {count}
            </span>
          ) : null}
        </IconButton>
      }
    >
      <div className="grid gap-4 text-sm">
        <Choices
          label={words('status')}
          options={statuses.map((value) => ({ value, label: words(value) }))}
          chosen={choice.statuses}
          onToggle={(one) => p.onChoose({ ...choice, statuses: toggled(choice.statuses, one) })}
        />
        <Choices
          label={words('severity')}
          options={severities.map((value) => ({ value, label: words(value) }))}
          chosen={choice.severities}
          onToggle={(one) => p.onChoose({ ...choice, severities: toggled(choice.severities, one) })}
        />
        <Types {...p} />
        <Assignees {...p} />
        <div className="flex items-center justify-between gap-2">
          <p className="text-2xs text-ink-3">{words('filterHint')}</p>
          <Button size="sm" variant="ghost" disabled={count === 0} onClick={() => p.onChoose(anyAlarm)}>
            {words('reset')}
          </Button>
        </div>
      </div>
    </Popover>
  )
}

const Choices = <T extends string>(p: {
  label: string
  options: readonly { value: T; label: string }[]
  chosen: readonly T[]
  onToggle: (value: T) => void
  children?: ReactNode
}) => (
  <fieldset className="min-w-0">
    <legend className="mb-1.5 text-xs font-medium text-ink-3">{p.label}</legend>
    {p.children}
    <div className="grid max-h-36 grid-cols-2 gap-x-3 overflow-y-auto">
      {p.options.map(({ value, label }) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the tick in it is one
        <label key={value} className="flex h-7 min-w-0 items-center gap-2">
          <Checkbox label={label} checked={p.chosen.includes(value)} onChange={() => p.onToggle(value)} />
          <span className="truncate" title={label}>
            {label}
          </span>
        </label>
      ))}
    </div>
  </fieldset>
)

/** Below this a list is read faster than it is searched. */
const searchFrom = 9

const Types = ({ choice, onChoose }: Parameters<typeof FilterPanel>[0]) => {
  const words = useWords('alarms-table', alarmWords)
  const { alarms } = useWidgetHost()
  const [types, setTypes] = useState<readonly string[]>([])
  const [search, setSearch] = useState('')
  useEffect(() => {
    const stop = new AbortController()
    // Without the list, those that are chosen already can still be taken back.
    alarms.types(stop.signal).then(setTypes, () => {})
    return () => stop.abort()
  }, [alarms])
  const all = [...new Set([...choice.types, ...types])]
  if (all.length === 0) return null
  const found = all.filter((type) => type.toLowerCase().includes(search.trim().toLowerCase()))
  return (
    <Choices
      label={words('type')}
      options={found.map((value) => ({ value, label: value }))}
      chosen={choice.types}
      onToggle={(one) => onChoose({ ...choice, types: toggled(choice.types, one) })}
    >
      {all.length < searchFrom ? null : (
        <Input
          aria-label={words('searchTypes')}
          placeholder={words('searchTypes')}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
          className="mb-1.5 h-8"
        />
      )}
      {found.length === 0 ? <p className="text-xs text-ink-3">{words('noTypes')}</p> : null}
    </Choices>
  )
}

type Person = Awaited<ReturnType<AlarmsPort['people']>>[number]

const Assignees = ({ choice, onChoose }: Parameters<typeof FilterPanel>[0]) => {
  const words = useWords('alarms-table', alarmWords)
  const { alarms } = useWidgetHost()
  const [people, setPeople] = useState<readonly Person[]>([])
  useEffect(() => {
    const stop = new AbortController()
    alarms.people('', stop.signal).then(setPeople, () => {})
    return () => stop.abort()
  }, [alarms])
  if (people.length === 0) return null
  return (
    <Field label={words('assignee')}>
      <Select
        value={choice.assigneeId ?? ''}
        onChange={({ target }) => onChoose({ ...choice, assigneeId: target.value || undefined })}
      >
        <option value="">{words('anybody')}</option>
        {people.map((person) => (
          <option key={person.id} value={person.id}>
            {person.isViewer ? words('me') : person.name}
          </option>
        ))}
      </Select>
    </Field>
  )
}
