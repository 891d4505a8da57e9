'use client'
import { IconButton, Menu, MenuCheck, MenuLabel, MenuSeparator } from '@thingwire/ui'
import { ListFilter } from 'lucide-react'
import { useWords } from '../texts/use-texts.ts'
import { alarmWords } from './words.ts'

const statuses = ['ACTIVE', 'CLEARED', 'UNACK', 'ACK'] as const
const severities = ['CRITICAL', 'MAJOR', 'MINOR', 'WARNING', 'INDETERMINATE'] as const
type Status = (typeof statuses)[number]
type Severity = (typeof severities)[number]

/** What the viewer asks for over what the widget has; empty: as the widget has it. */
export type AlarmChoice = { statuses: readonly Status[]; severities: readonly Severity[] }

export const anyAlarm: AlarmChoice = { statuses: [], severities: [] }

const toggled = <T,>(all: readonly T[], one: T): T[] =>
  all.includes(one) ? all.filter((other) => other !== one) : [...all, one]

export const FilterMenu = (p: { choice: AlarmChoice; onChoose: (choice: AlarmChoice) => void }) => {
  const words = useWords('alarms-table', alarmWords)
  const { choice } = p
  const isNarrowed = choice.statuses.length + choice.severities.length > 0
  return (
    <Menu
      trigger={
        <IconButton label={words('filter')} size="icon-sm" aria-pressed={isNarrowed}>
          <ListFilter className={isNarrowed ? 'text-accent-text' : undefined} />
        </IconButton>
      }
    >
      <MenuLabel>{words('status')}</MenuLabel>
      {statuses.map((one) => (
        <MenuCheck
          key={one}
          checked={choice.statuses.includes(one)}
          onChange={() => p.onChoose({ ...choice, statuses: toggled(choice.statuses, one) })}
        >
          {words(one)}
        </MenuCheck>
      ))}
      <MenuSeparator />
      <MenuLabel>{words('severity')}</MenuLabel>
      {severities.map((one) => (
        <MenuCheck
          key={one}
          checked={choice.severities.includes(one)}
          onChange={() => p.onChoose({ ...choice, severities: toggled(choice.severities, one) })}
        >
          {words(one)}
        </MenuCheck>
      ))}
      <MenuLabel>{words('filterHint')}</MenuLabel>
    </Menu>
  )
}
