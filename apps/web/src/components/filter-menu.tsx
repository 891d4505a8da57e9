'use client'
import { Button, Menu, MenuCheck, MenuLabel } from '@thingwire/ui'
import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'

/** A filter that takes any number of values; the button names what is chosen. */
export const FilterMenu = <T extends string>(p: {
  label: string
  /** Of nothing chosen. */
  any: string
  options: readonly { value: T; label: ReactNode; text: string }[]
  chosen: readonly T[]
  onChange: (chosen: T[]) => void
  /** Instead of options, where there are none. */
  none?: string
}) => {
  const names = p.options.filter((option) => p.chosen.includes(option.value)).map((option) => option.text)
  const toggle = (value: T, isChosen: boolean) =>
    p.onChange(isChosen ? [...p.chosen, value] : p.chosen.filter((one) => one !== value))
  return (
    <Menu
      align="start"
      className="max-h-80 max-w-80 overflow-y-auto"
      trigger={
        <Button>
          {/* What limits the list must be seen at a glance, and must not push the other filters away. */}
          <span aria-hidden className="max-w-40 truncate">
            {names.length === 0 ? p.label : names.length === 1 ? names[0] : `${p.label} · ${names.length}`}
          </span>
          <span className="sr-only">{`${p.label}: ${names.join(', ') || p.any}`}</span>
          <ChevronDown aria-hidden className="-mr-1 text-ink-3" />
        </Button>
      }
    >
      <MenuLabel>{p.label}</MenuLabel>
      {p.options.map((option) => (
        <MenuCheck
          key={option.value}
          checked={p.chosen.includes(option.value)}
          onChange={(isChosen) => toggle(option.value, isChosen)}
        >
          {option.label}
        </MenuCheck>
      ))}
      {p.options.length === 0 && p.none ? <p className="px-2 pt-1 pb-2 text-xs text-ink-3">{p.none}</p> : null}
    </Menu>
  )
}
