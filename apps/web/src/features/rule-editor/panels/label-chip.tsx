import { cn } from '@thingwire/ui'
import type { ReactNode } from 'react'

/** A label of a wire, with what can be done to it behind. */
export const LabelChip = ({ label, children }: { label: string; children?: ReactNode }) => (
  <li
    className={cn(
      'flex min-h-6 min-w-0 items-center gap-0.5 rounded-md bg-sunken pl-2 text-xs font-medium ring-1 ring-line',
      label === 'Failure' && 'bg-danger-soft text-danger-text',
    )}
  >
    <span className="min-w-0 break-words">{label}</span>
    {children}
  </li>
)
