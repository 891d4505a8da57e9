import { nodeManifests } from '@thingwire/rule-nodes/manifests'
import type { NodeCategory } from '@thingwire/rules'
import {
  Bell,
  CheckCheck,
  CircleHelp,
  Cloud,
  CloudUpload,
  Code,
  CornerUpLeft,
  Database,
  Filter,
  Flag,
  Globe,
  Hash,
  Hourglass,
  IdCard,
  Inbox,
  Layers2,
  LogOut,
  type LucideIcon,
  Mail,
  Megaphone,
  MessageSquare,
  Rabbit,
  RadioTower,
  Repeat,
  Reply,
  ScrollText,
  Send,
  Share2,
  Sigma,
  Sparkles,
  Split,
  SquareFunction,
  Tags,
  Workflow,
  Zap,
} from 'lucide-react'

const byClassName = new Map(nodeManifests.map((manifest) => [manifest.className, manifest]))
export const findManifest = (className: string) => byClassName.get(className)

/** Icons that manifests name. Listed one by one, because a lookup by name would bring all of the set's 1,700. */
const icons: Record<string, LucideIcon> = {
  bell: Bell,
  'check-check': CheckCheck,
  cloud: Cloud,
  'cloud-upload': CloudUpload,
  code: Code,
  'corner-up-left': CornerUpLeft,
  database: Database,
  filter: Filter,
  flag: Flag,
  globe: Globe,
  hash: Hash,
  hourglass: Hourglass,
  'id-card': IdCard,
  inbox: Inbox,
  'layers-2': Layers2,
  'log-out': LogOut,
  mail: Mail,
  megaphone: Megaphone,
  'message-square': MessageSquare,
  rabbit: Rabbit,
  'radio-tower': RadioTower,
  repeat: Repeat,
  reply: Reply,
  'scroll-text': ScrollText,
  send: Send,
  'share-2': Share2,
  sigma: Sigma,
  sparkles: Sparkles,
  split: Split,
  'square-function': SquareFunction,
  tags: Tags,
  workflow: Workflow,
  zap: Zap,
}
export const hasIcon = (name: string): boolean => name in icons
export const iconOf = (name: string): LucideIcon => icons[name] ?? CircleHelp

/** Category colours are tokens, so they fit both themes. */
export const categoryColor = (category: NodeCategory | 'unknown'): string =>
  category === 'unknown' ? 'var(--tw-warn)' : `var(--tw-node-${category})`
