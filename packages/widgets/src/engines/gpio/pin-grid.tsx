'use client'
import type { ReactNode } from 'react'
import { parseColor } from '../../style/rgb.ts'
import { markColor } from '../../style/ground-colors.ts'
import { type GpioPin, placedPins, rowsUsed } from './settings.ts'

/** Pins where they stand on the board: left ones with their name before them, the last column with it behind. */
export const PinGrid = (p: {
  pins: readonly GpioPin[]
  label: string
  /** Of the board, for the line beside it. */
  color: string
  theme: 'light' | 'dark'
  pin: (pin: GpioPin) => ReactNode
}) => {
  const pins = placedPins(p.pins)
  const rows = rowsUsed(pins)
  const columns = Math.max(...pins.map(({ col }) => col)) + 1
  const edge = parseColor(p.color) ? markColor(p.color, p.theme) : 'var(--tw-line-strong)'
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <div className="size-full overflow-auto p-3" tabIndex={0}>
      <ul
        aria-label={p.label}
        className="grid content-center gap-x-4 gap-y-1 rounded-lg border-l-4 bg-sunken p-3"
        style={{ gridTemplateColumns: `repeat(${columns}, minmax(7rem, 1fr))`, borderLeftColor: edge }}
      >
        {pins.map((pin) => (
          <li
            key={`${pin.row} ${pin.col}`}
            className="min-w-0"
            style={{ gridColumn: pin.col + 1, gridRow: rows.indexOf(pin.row) + 1 }}
          >
            {p.pin(pin)}
          </li>
        ))}
      </ul>
    </div>
  )
}
