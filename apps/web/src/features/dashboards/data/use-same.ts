'use client'
import { useMemo, useState } from 'react'
import { canonical } from './canonical.ts'

/** The former object as long as it says the same. */
export const useSame = <T>(made: T): T => {
  const name = useMemo(() => canonical(made), [made])
  const [known, setKnown] = useState({ name, made })
  if (known.name === name) return known.made
  setKnown({ name, made })
  return made
}
