'use client'
import { Input } from '@thingwire/ui'
import { useState } from 'react'

type Props = { label: string; value: number; most: number; onChange: (degrees: number) => void }

/** Degrees that are taken over as soon as they are some; until then they stay in sight as wrong. */
export const CoordinateInput = ({ label, value, most, onChange }: Props) => {
  const [typed, setTyped] = useState<string | null>(null)
  const read = (text: string): number | null => {
    const degrees = Number(text)
    return text.trim() !== '' && Math.abs(degrees) <= most ? degrees : null
  }
  return (
    <Input
      aria-label={label}
      aria-invalid={typed !== null && read(typed) === null ? true : undefined}
      inputMode="decimal"
      autoComplete="off"
      className="min-w-0 flex-1 tabular-nums"
      value={typed ?? String(value)}
      onBlur={() => setTyped(null)}
      onChange={({ target }) => {
        setTyped(target.value)
        const degrees = read(target.value)
        if (degrees !== null) onChange(degrees)
      }}
    />
  )
}
