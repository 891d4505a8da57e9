import type { EntityData, EntityDataQuery, EntityKey } from '@thingwire/contracts'
import { entityTypeSchema } from '@thingwire/contracts'
import { z } from 'zod'
import type { EntityRow } from '../host/host.ts'
import type { WidgetEntity } from '../widget.ts'

/** An entity at one place of the tree; an entity that is related by several ways stands at several. */
export type TreeNode = {
  /** The ids from the root to here. */
  key: string
  entity: WidgetEntity
  level: number
  parent: TreeNode | null
  /** Newest values by key. */
  data: Readonly<Record<string, unknown>>
}

/** What functions of the file say of a node, or what is said without them. */
export type NodeLook = {
  text: string
  icon: string
  hasChildren: boolean
  isOpen: boolean
  isDisabled: boolean
}

export const childrenPerPage = 100
/** Relations may run in a circle. */
export const deepestLevel = 20

const keyOf = (parent: TreeNode | null, entity: WidgetEntity) =>
  `${parent ? `${parent.key}/` : ''}${entity.id.entityType}:${entity.id.id}`

export const rootNode = (row: EntityRow): TreeNode => ({
  key: keyOf(null, row.entity),
  entity: row.entity,
  level: 1,
  parent: null,
  data: Object.fromEntries([...row.values].map(([id, [, value]]) => [id.slice(id.indexOf(' ') + 1), value])),
})

export const childNode = (parent: TreeNode, found: EntityData): TreeNode => {
  const fields = found.latest.ENTITY_FIELD ?? {}
  const entity: WidgetEntity = {
    id: found.entityId,
    name: fields.name?.value || found.entityId.id,
    label: fields.label?.value ?? '',
    type: fields.type?.value ?? '',
  }
  const data = Object.entries(found.latest)
    .filter(([type]) => type !== 'ENTITY_FIELD')
    .flatMap(([, values]) => Object.entries(values).map(([key, { value }]) => [key, value] as const))
  return { key: keyOf(parent, entity), entity, level: parent.level + 1, parent, data: Object.fromEntries(data) }
}

/** What the keys of a root's values ask of its children, too. */
export const keysOfRow = (row: EntityRow | undefined): EntityKey[] =>
  [...(row?.values.keys() ?? [])].flatMap((id): EntityKey[] => {
    const at = id.indexOf(' ')
    const type = keyTypes.safeParse(id.slice(0, at))
    return type.success && type.data !== 'ENTITY_FIELD' ? [{ type: type.data, key: id.slice(at + 1) }] : []
  })
const keyTypes = z.enum([
  'ATTRIBUTE',
  'CLIENT_ATTRIBUTE',
  'SHARED_ATTRIBUTE',
  'SERVER_ATTRIBUTE',
  'TIME_SERIES',
  'ENTITY_FIELD',
])

/** As functions of files answer it; what does not fit is as if nothing had been said. */
const relationQuery = z.object({
  parameters: z
    .object({
      rootId: z.string().nullish(),
      rootType: entityTypeSchema.nullish().catch(null),
      direction: z.enum(['FROM', 'TO']).catch('FROM'),
      maxLevel: z.number().int().min(1).max(10).catch(1),
      fetchLastLevelOnly: z.boolean().catch(false),
    })
    .catch({ direction: 'FROM', maxLevel: 1, fetchLastLevelOnly: false }),
  filters: z
    .array(z.object({ relationType: z.string().nullish(), entityTypes: z.array(entityTypeSchema).catch([]) }))
    .nullish()
    .catch(null),
})

/** Asks for the children of a node: those that `query` of the file names, else what it contains. */
export const childrenQuery = (
  node: TreeNode,
  query: unknown,
  page: number,
  latestValues: readonly EntityKey[],
): EntityDataQuery => {
  const parsed = relationQuery.safeParse(query)
  const own = parsed.success ? parsed.data : null
  const { rootId, rootType } = own?.parameters ?? {}
  return {
    entityFilter: {
      type: 'relationsQuery',
      rootEntity: rootId && rootType ? { entityType: rootType, id: rootId } : node.entity.id,
      direction: own?.parameters.direction ?? 'FROM',
      maxLevel: own?.parameters.maxLevel ?? 1,
      fetchLastLevelOnly: own?.parameters.fetchLastLevelOnly ?? false,
      filters: own ? (own.filters ?? []) : [{ relationType: 'Contains', entityTypes: [] }],
    },
    entityFields: ['name', 'label', 'type'].map((key) => ({ type: 'ENTITY_FIELD' as const, key })),
    latestValues: [...latestValues],
    pageLink: {
      page,
      pageSize: childrenPerPage,
      sortOrder: { key: { type: 'ENTITY_FIELD', key: 'name' }, direction: 'ASC' },
    },
  }
}

/** What functions get as `nodeCtx`. */
export const nodeContext = (node: TreeNode): Record<string, unknown> => ({
  entity: { id: node.entity.id, name: node.entity.name, label: node.entity.label, type: node.entity.type },
  level: node.level,
  data: node.data,
  ...(node.parent ? { parentNodeCtx: nodeContext(node.parent) } : {}),
})

const icons: Readonly<Record<string, string>> = {
  DEVICE: 'devices_other',
  ASSET: 'domain',
  TENANT: 'supervisor_account',
  CUSTOMER: 'supervisor_account',
  USER: 'account_circle',
  DASHBOARD: 'dashboard',
  ALARM: 'notifications_active',
  ENTITY_VIEW: 'view_quilt',
}

export const plainLook = (node: TreeNode, rootCount: number): NodeLook => ({
  text: node.entity.label || node.entity.name,
  icon: icons[node.entity.id.entityType] ?? 'insert_drive_file',
  hasChildren: node.level < deepestLevel,
  // A few roots may show what they hold at once; many would be as many questions.
  isOpen: node.level === 1 && rootCount <= 3,
  isDisabled: false,
})

const iconSchema = z.object({ materialIcon: z.string() })

/** `plain` with what the functions answered; undefined: there is no function, or it said nothing of use. */
export const lookOf = (
  plain: NodeLook,
  said: { text: unknown; icon: unknown; hasChildren: unknown; isOpen: unknown; isDisabled: unknown },
): NodeLook => {
  const icon = iconSchema.safeParse(said.icon)
  const flag = (value: unknown, fallback: boolean) =>
    value === undefined || value === null ? fallback : value === true || value === 'true'
  return {
    // Files put markup around the text here and there; a tree shows text.
    text:
      typeof said.text === 'string' || typeof said.text === 'number'
        ? String(said.text)
            .replaceAll(/<[^>]*>/g, '')
            .trim() || plain.text
        : plain.text,
    icon: icon.success ? icon.data.materialIcon : plain.icon,
    hasChildren: plain.hasChildren && flag(said.hasChildren, true),
    isOpen: flag(said.isOpen, plain.isOpen),
    isDisabled: flag(said.isDisabled, false),
  }
}
