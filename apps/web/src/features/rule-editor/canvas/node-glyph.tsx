import { categoryColor, iconOf } from '../catalogue.ts'
import type { NodeLook } from './node-look.ts'

/** The picture of a node type in lists. */
export const NodeGlyph = ({ look }: { look: Pick<NodeLook, 'icon' | 'category'> }) => {
  const Icon = iconOf(look.icon)
  const color = categoryColor(look.category)
  return (
    <span
      aria-hidden
      className="flex size-6 shrink-0 items-center justify-center rounded-sm"
      style={{ color, background: `color-mix(in oklab, ${color} 14%, transparent)` }}
    >
      <Icon className="size-3.5" />
    </span>
  )
}
