import { categoryColor, iconOf } from './catalogue.ts'
import type { NodeLook } from './canvas/node-look.ts'

/** The picture of a node on the colour of its category. */
export const NodeIcon = ({ node }: { node: Pick<NodeLook, 'icon' | 'category'> }) => {
  const Icon = iconOf(node.icon)
  const color = categoryColor(node.category)
  return (
    <span
      aria-hidden
      className="flex size-9 shrink-0 items-center justify-center rounded-md"
      style={{ color, background: `color-mix(in oklab, ${color} 14%, transparent)` }}
    >
      <Icon className="size-4.5 stroke-[1.75]" />
    </span>
  )
}
