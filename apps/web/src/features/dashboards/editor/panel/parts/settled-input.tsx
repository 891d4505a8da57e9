'use client'
import { Input } from '@thingwire/ui'
import { useState } from 'react'

/** A text that counts once it is whole: when Enter is pressed or the control is left. Nothing is no text. */
export const SettledInput = (p: {
  value: string
  onChange: (text: string) => void
  className?: string
  label?: string
}) => {
  const [typed, setTyped] = useState<string | null>(null)
  const settle = () => {
    const text = typed?.trim() ?? ''
    setTyped(null)
    if (text !== '' && text !== p.value) p.onChange(text)
  }
  return (
    <Input
      {...(p.label === undefined ? {} : { 'aria-label': p.label })}
      value={typed ?? p.value}
      spellCheck={false}
      autoComplete="off"
      className={p.className}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle()
      }}
    />
  )
}
