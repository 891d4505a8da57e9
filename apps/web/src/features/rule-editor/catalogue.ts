import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import type { NodeCategory } from '@thingwire/rules'
import {
  CheckCheck,
  CircleHelp,
  Code,
  CornerUpLeft,
  Database,
  Filter,
  Flag,
  Hourglass,
  IdCard,
  Layers2,
  LogOut,
  type LucideIcon,
  Repeat,
  Reply,
  ScrollText,
  Send,
  Sigma,
  Split,
  SquareFunction,
  Tags,
  Workflow,
} from 'lucide-react'

const byClassName = new Map(nodeManifests.map((manifest) => [manifest.className, manifest]))
export const findManifest = (className: string) => byClassName.get(className)

/** Icons that manifests name. Listed one by one, because a lookup by name would bring all of the set's 1,700. */
const icons: Record<string, LucideIcon> = {
  'check-check': CheckCheck,
  code: Code,
  'corner-up-left': CornerUpLeft,
  database: Database,
  filter: Filter,
  flag: Flag,
  hourglass: Hourglass,
  'id-card': IdCard,
  'layers-2': Layers2,
  'log-out': LogOut,
  repeat: Repeat,
  reply: Reply,
  'scroll-text': ScrollText,
  send: Send,
  sigma: Sigma,
  split: Split,
  'square-function': SquareFunction,
  tags: Tags,
  workflow: Workflow,
}
export const hasIcon = (name: string): boolean => name in icons
export const iconOf = (name: string): LucideIcon => icons[name] ?? CircleHelp

/** Category colours are tokens, so they fit both themes. */
export const categoryColor = (category: NodeCategory | 'unknown'): string =>
  category === 'unknown' ? 'var(--tw-warn)' : `var(--tw-node-${category})`
