import { type ActionType, type EntityType, entityTypes } from '@thingwire/contracts'

/** Whether the audit log notes a deed of this kind. */
export type AuditMask = (entityType: EntityType, action: ActionType) => boolean

const levels = ['OFF', 'R', 'W', 'RW'] as const
type Level = (typeof levels)[number]

/** As ThingsBoard: what changes something is noted for every type, reading alone for edges only. */
const defaults: Partial<Record<EntityType, Level>> = { EDGE: 'RW' }
const defaultLevel: Level = 'W'

const reads: readonly ActionType[] = ['CREDENTIALS_READ', 'ATTRIBUTES_READ']

const isLevel = (text: string): text is Level => levels.some((level) => level === text)

/**
 * @param text `device:RW,user:OFF`: levels (R reads, W changes, RW both, OFF neither) that differ from the defaults
 * @returns The mask, or what is wrong with the text
 */
export const parseAuditMask = (text: string): { mask: AuditMask } | { problem: string } => {
  const chosen: Partial<Record<EntityType, Level>> = { ...defaults }
  for (const part of text.split(',').map((one) => one.trim())) {
    if (part === '') continue
    const [name = '', level = ''] = part.toUpperCase().split(':')
    const entityType = entityTypes.find((known) => known === name)
    if (!entityType || !isLevel(level)) return { problem: `${part} is not <entity type>:<${levels.join('|')}>` }
    chosen[entityType] = level
  }
  return { mask: maskOf(chosen) }
}

const maskOf =
  (chosen: Partial<Record<EntityType, Level>>): AuditMask =>
  (entityType, action) =>
    (chosen[entityType] ?? defaultLevel).includes(reads.includes(action) ? 'R' : 'W')

export const defaultAuditMask: AuditMask = maskOf(defaults)
