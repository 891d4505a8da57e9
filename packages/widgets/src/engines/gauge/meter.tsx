'use client'
import type { ReactNode } from 'react'
import { useWords } from '../../texts/use-texts.ts'
import type { Reading } from '../value-card/reading.ts'
import { spoken } from '../value-card/reading.ts'
import type { Place } from './scale.ts'
import { gaugeWords } from './words.ts'

/** What is drawn as a meter, said as a meter: the picture inside is for eyes only. */
export const Meter = (p: {
  label: string
  reading: Pick<Reading, 'text' | 'units' | 'number'>
  place: Place
  min: number
  max: number
  className?: string
  children: ReactNode
}) => {
  const words = useWords('gauge', gaugeWords)
  const said = spoken('', p.reading)
  const text = p.place.outside ? `${said}, ${words(p.place.outside)}` : said
  const { number } = p.reading
  const title = p.place.outside ? `${p.label}: ${text}` : undefined
  // Without a number a meter has no value that may be told; a named picture has.
  return number === null ? (
    <div role="img" aria-label={`${p.label}: ${said}`} className={p.className}>
      <div aria-hidden className="contents">
        {p.children}
      </div>
    </div>
  ) : (
    // biome-ignore lint/a11y/useSemanticElements: a <meter> draws itself and holds no picture of ours
    <div
      role="meter"
      aria-label={p.label}
      aria-valuemin={p.min}
      aria-valuemax={p.max}
      aria-valuenow={Math.min(p.max, Math.max(p.min, number))}
      aria-valuetext={text}
      title={title}
      className={p.className}
    >
      <div aria-hidden className="contents">
        {p.children}
      </div>
    </div>
  )
}
