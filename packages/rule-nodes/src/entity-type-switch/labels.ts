import { type EntityType, entityTypes } from '@thingwire/contracts'

const ownLabels: Partial<Record<EntityType, string>> = { ENTITY_VIEW: 'Entity View', AI_MODEL: 'AI model' }

/** The connection of each kind of entity: its name in small letters, without the prefix that some carry. */
export const entityTypeLabel = (entityType: EntityType): string => {
  const words = entityType.replace(/^TB_/, '').toLowerCase().replaceAll('_', ' ')
  return ownLabels[entityType] ?? words.charAt(0).toUpperCase() + words.slice(1)
}

export const entityTypeLabels: readonly string[] = entityTypes.map(entityTypeLabel)
