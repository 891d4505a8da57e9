'use client'
import { cn } from '@thingwire/ui'
import type { ReactNode } from 'react'
import { useWidgetHost } from '../../host/host-context.tsx'
import { numberText } from '../../number-text.ts'
import { fitText, textWidth } from '../../style/fit.ts'
import { type Font, fontPx, fontStyle, leastFontPx } from '../../style/font.ts'
import { largeTextContrast, type Surface, textColor, textContrast } from '../../style/ground-colors.ts'
import { WidgetIcon } from '../../style/icons.tsx'
import type { WidgetEntity } from '../../widget.ts'
import { none, type Reading } from './reading.ts'

/** What all parts of a card share. */
export type CardLook = { surface: Surface; scale: number; isStale: boolean }

/** Above this WCAG asks less contrast of text. */
const largePx = 24

/** Icons repeat what the words beside them say: they have to be seen, not read. */
const iconContrast = 1.8

const inkOf = (color: string, px: number, look: CardLook) =>
  look.isStale ? 'var(--tw-ink-3)' : textColor(color, look.surface, px >= largePx ? largeTextContrast : textContrast)

export const CardText = (p: {
  text: string
  font: Font
  color: string
  look: CardLook
  /** In lines; else it ends with dots. */
  lines?: number
  className?: string
}) => {
  const px = fontPx(p.font) * p.look.scale
  return (
    <p
      title={p.text}
      className={cn('min-w-0 max-w-full', p.lines ? 'break-words' : 'truncate', p.className)}
      style={{
        ...fontStyle(p.font, px),
        lineHeight: 1.35,
        color: textColor(p.color, p.look.surface),
        ...(p.lines
          ? { display: '-webkit-box', WebkitLineClamp: p.lines, WebkitBoxOrient: 'vertical', overflow: 'hidden' }
          : {}),
      }}
    >
      {p.text}
    </p>
  )
}

/** Words at this size and below run over several lines instead of shrinking on. */
const leastWordsPx = 15
/** A value that does not even fit at this size ends with dots. */
const leastLinePx = 12
/** Beyond this a word has to break. */
const longWord = 24
/** Units are about half as large as the value. */
const unitShare = 0.56

const digitsOnly = /^[\d\s.,'’\u2212-]+$/
/** Smaller numbers are not shorter in words. */
const worthShortening = 10_000

/** A number as short as it can be said, "123.5M": digits that are cut off would make it another one. */
const shortText = ({ number, text }: Partial<Pick<Reading, 'number'>> & { text: string }, locale: string): string =>
  number !== null && number !== undefined && Math.abs(number) >= worthShortening && digitsOnly.test(text)
    ? numberText(number, locale, { notation: 'compact', maximumFractionDigits: 1 })
    : text

/** The value in its font, smaller where it would not fit in `width`, in short where it would still not; longer texts in lines. */
export const CardValue = (p: {
  reading: Pick<Reading, 'text' | 'units'> & Partial<Pick<Reading, 'look' | 'number'>>
  font: Font
  color: string
  look: CardLook
  width: number
  height?: number
  className?: string
}) => {
  const { locale } = useWidgetHost()
  const { units } = p.reading
  // The unit is set at about half the size.
  const lettersOf = (said: string) => (units ? `${said}${'n'.repeat(Math.ceil((units.length + 1) * unitShare))}` : said)
  const isTooLong = textWidth(lettersOf(p.reading.text), leastLinePx) > p.width
  const text = isTooLong ? shortText(p.reading, locale) : p.reading.text
  const letters = lettersOf(text)
  const room = p.height ?? Number.POSITIVE_INFINITY
  const isNone = text === none
  const most = Math.min(fontPx(p.font) * p.look.scale * (isNone ? 0.6 : 1), room / 1.15)
  const fitting = fitText(letters, p.width, most)
  // A single word is not torn apart for its size.
  const mayBreak = /\s/.test(text) || text.length > longWord
  const lines =
    mayBreak && fitting < Math.min(leastWordsPx, most)
      ? Math.max(1, Math.min(4, Math.floor(room / (leastWordsPx * 1.25))))
      : 1
  const px = lines > 1 ? leastWordsPx : Math.max(fitting, Math.min(leastLinePx, most))
  return (
    <p
      title={units ? `${p.reading.text} ${units}` : p.reading.text}
      className={cn(
        'min-w-0 max-w-full tabular-nums',
        lines > 1 ? 'overflow-hidden break-words' : 'truncate tracking-tight',
        p.className,
      )}
      style={{
        ...fontStyle(p.font, px),
        ...(lines > 1
          ? { maxWidth: p.width, display: '-webkit-box', WebkitLineClamp: lines, WebkitBoxOrient: 'vertical' }
          : {}),
        lineHeight: lines > 1 ? 1.25 : 1.15,
        color: isNone
          ? 'var(--tw-ink-3)'
          : inkOf(p.reading.look?.color ?? p.color, units ? px * unitShare : px, p.look),
      }}
    >
      {text}
      {units ? (
        <span
          className="ml-[0.25em] font-medium tracking-normal"
          style={{ fontSize: Math.max(leastFontPx, px * unitShare) }}
        >
          {units}
        </span>
      ) : null}
    </p>
  )
}

export const CardIcon = (p: { name: string; px: number; color: string; look: CardLook }) => (
  <WidgetIcon
    name={p.name}
    size={Math.max(12, Math.round(p.px))}
    style={{ color: p.look.isStale ? 'var(--tw-ink-3)' : textColor(p.color, p.look.surface, iconContrast) }}
  />
)

/** Makes the whole card a button where the file gives a click on it something to do. */
export const CardClick = (p: { entity: WidgetEntity | null; label: string; source?: string }): ReactNode => {
  const { actions } = useWidgetHost()
  const [action] = actions.of(p.source ?? 'cardClick')
  if (!action) return null
  return (
    <button
      type="button"
      aria-label={action.name || p.label}
      onClick={(event) => actions.run(action, { entity: p.entity, anchor: event.currentTarget })}
      className="absolute inset-0 z-10 cursor-pointer rounded-md hover:bg-ink/4 focus-visible:-outline-offset-2"
    />
  )
}
