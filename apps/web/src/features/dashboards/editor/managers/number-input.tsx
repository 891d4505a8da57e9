'use client'
import { Input } from '@thingwire/ui'
import { type ComponentProps, useState } from 'react'

type Props = Omit<ComponentProps<'input'>, 'value' | 'onChange' | 'type'> & {
  /** Null: nothing is set. */
  value: number | null
  /** Called with what can be taken: a number within the bounds, or null for an empty text where that is allowed. */
  onChange: (value: number | null) => void
  mayBeEmpty?: boolean
  isWhole?: boolean
}

/** A number that can be typed freely: what is no number, or out of bounds, is not taken and shows as wrong. */
export const NumberInput = ({ value, onChange, mayBeEmpty, isWhole, ...props }: Props) => {
  const [typed, setTyped] = useState<string | null>(null)
  const stored = value === null ? '' : String(value)
  const least = props.min === undefined ? Number.NEGATIVE_INFINITY : Number(props.min)
  const most = props.max === undefined ? Number.POSITIVE_INFINITY : Number(props.max)
  const read = (text: string): number | null | undefined => {
    if (text.trim() === '') return mayBeEmpty ? null : undefined
    const number = Number(text)
    const fits = Number.isFinite(number) && number >= least && number <= most && (!isWhole || Number.isInteger(number))
    return fits ? number : undefined
  }
  const text = typed ?? stored
  return (
    <Input
      {...props}
      type="number"
      step={isWhole ? 1 : 'any'}
      aria-invalid={read(text) === undefined && (typed !== null || stored !== '') ? true : undefined}
      value={text}
      onChange={({ target }) => {
        setTyped(target.value)
        const number = read(target.value)
        if (number !== undefined) onChange(number)
      }}
      onBlur={(event) => {
        setTyped(null)
        props.onBlur?.(event)
      }}
    />
  )
}
