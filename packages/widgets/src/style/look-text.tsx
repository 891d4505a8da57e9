'use client'
import { WidgetIcon } from './icons.tsx'
import type { ValueLook } from './value-look.ts'

/** A value in a line, as mappings and colour rules of its key show it. */
export const LookText = (p: { look: ValueLook; text: string; units?: string | null | undefined }) => (
  <span className="inline-flex max-w-full items-center gap-1.5 align-middle">
    {p.look.icon ? <WidgetIcon name={p.look.icon} size={16} style={{ flexShrink: 0 }} /> : null}
    <span className="truncate">
      {p.look.text ?? p.text}
      {p.units && p.look.text === null ? <span className="text-ink-3"> {p.units}</span> : null}
    </span>
  </span>
)
