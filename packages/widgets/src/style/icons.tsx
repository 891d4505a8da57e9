'use client'
import { CircleDot, type LucideIcon } from 'lucide-react'
import { type CSSProperties, memo } from 'react'
import { icons } from './icon-table.ts'

/** A name for each drawing, to choose from. */
export const iconNames: readonly string[] = [
  ...new Map(
    Object.entries(icons)
      .toReversed()
      .map(([name, icon]) => [icon, name]),
  ).values(),
].sort()

const nameOf = (name: string) => name.trim().toLowerCase().replace(/^mdi:/, '').replaceAll('-', '_')

/** `thermostat_outlined` and `home_rounded` are drawn like `thermostat` and `home`. */
const plainOf = (name: string) => name.replace(/_(outline|outlined|rounded|sharp|filled)$/, '')

const drawnOf = (name: string): LucideIcon | undefined => icons[nameOf(name)] ?? icons[plainOf(nameOf(name))]
const iconOf = (name: string): LucideIcon => drawnOf(name) ?? CircleDot

/** Whether a text is the name of an icon that is drawn. */
export const isIcon = (name: string): boolean => drawnOf(name) !== undefined

type IconProps = { name: string; size: number; className?: string; style?: CSSProperties }

const isSame = (a: IconProps, b: IconProps): boolean =>
  a.name === b.name &&
  a.size === b.size &&
  a.className === b.className &&
  (a.style === b.style || JSON.stringify(a.style) === JSON.stringify(b.style))

/** An icon by the name that files have for it; one without a like is a neutral mark. Decorative: its meaning stands beside it in words. */
export const WidgetIcon = memo((p: IconProps) => {
  const Icon = iconOf(p.name)
  return (
    <Icon
      aria-hidden
      size={p.size}
      strokeWidth={p.size >= 28 ? 1.5 : 1.75}
      className={`shrink-0 ${p.className ?? ''}`}
      style={p.style}
    />
  )
  // Values come every second, and make a new style that says the same.
}, isSame)
