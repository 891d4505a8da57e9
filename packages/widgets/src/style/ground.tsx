'use client'
import { cn } from '@thingwire/ui'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useWidgetHost } from '../host/host-context.tsx'
import { type Background, type Ground, groundOf } from './background.ts'
import { inksOn, type Scheme } from './ground-colors.ts'

/**
 * What a card with these settings stands on.
 * @param chosen a colour that stands in for them, as a rule of the value has it
 */
export const useGround = (settings: Background, theme: Scheme, chosen: string | null = null): Ground => {
  const image = useWidgetHost().links.useImage(
    settings.type === 'image' && settings.imageUrl ? settings.imageUrl : null,
  )
  const ground = chosen === null ? settings : { ...settings, type: 'color' as const, color: chosen }
  return groundOf(ground, theme, chosen === null ? image : null)
}

const lengths = /^\s*(\d+(\.\d+)?(px|em|rem|%)?\s*){1,4}$/

/** Padding as files have it, in px; nothing else than lengths gets through. */
const paddingOf = (padding: string, fallback: string) => (lengths.test(padding) ? padding : fallback)

/** The ground of a card with what is on it. On a ground of its own the tokens are those of that ground's theme. */
export const GroundBox = (p: {
  ground: Ground
  /** Of the file. */
  padding?: string
  fallbackPadding?: string
  /** What a function of the file failed with. */
  problem?: string | null
  className?: string
  children: ReactNode
}) => (
  <div
    {...(p.ground.surface.isOwn ? { 'data-theme': p.ground.surface.scheme } : {})}
    className="relative size-full overflow-hidden text-ink"
    style={{ ...p.ground.box, ...inksOn(p.ground.surface) }}
  >
    {p.ground.overlay ? <div aria-hidden className="absolute inset-0" style={p.ground.overlay} /> : null}
    <div
      className={cn('relative size-full', p.className)}
      style={{ padding: paddingOf(p.padding ?? '', p.fallbackPadding ?? '12px') }}
    >
      {p.children}
    </div>
    {p.problem ? <ProblemMark problem={p.problem} /> : null}
  </div>
)

/** A function of the file went wrong: said, without taking the place of the value. */
export const ProblemMark = ({ problem }: { problem: string }) => (
  <span role="img" aria-label={problem} title={problem} className="absolute top-1.5 right-1.5 text-warn-text">
    <CircleAlert aria-hidden className="size-3.5" />
  </span>
)
