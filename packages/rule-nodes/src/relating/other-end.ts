import type { EntityId, Message } from '@thingwire/contracts'
import type { Ports, RelationEnds, Settled } from '@thingwire/rules'
import { fill } from '../enriching/patterns.ts'
import type { relatedTypes } from './settings.ts'

export type RelatedType = (typeof relatedTypes)[number]
export type OtherEnd = { entityType: RelatedType; name: string; profileName: string | null }
type Patterns = { relationType: string; entityNamePattern: string; entityTypePattern: string }

export const relationTypeOf = ({ relationType }: Pick<Patterns, 'relationType'>, message: Message): string => {
  const type = fill(relationType, message)
  if (type === '') throw new Error('The relation type is empty')
  return type
}

/** Which entity the settings mean for this message. The tenant needs no name. */
export const otherEndOf = (entityType: RelatedType, patterns: Patterns, message: Message): OtherEnd => {
  const name = fill(patterns.entityNamePattern, message)
  if (name === '' && entityType !== 'TENANT') throw new Error('The name of the related entity is empty')
  return { entityType, name, profileName: fill(patterns.entityTypePattern, message) || null }
}

const keyOf = ({ entityType, name }: OtherEnd): string => `${entityType} ${name}`

/** Ids of the entities, or why there is none; missing ones are made where that is wanted and can be done. */
export const findEnds = async (
  wanted: readonly OtherEnd[],
  o: { tenantId: string; nodeId: string; makesMissing: boolean; ports: Pick<Ports, 'entities' | 'entityChanges'> },
): Promise<Settled<EntityId>[]> => {
  const { tenantId, nodeId, ports } = o
  const ends = new Map(wanted.map((one) => [keyOf(one), one]))
  const answers = new Map<string, Settled<EntityId>>()
  const named = [...ends.values()].filter(({ entityType }) => entityType !== 'TENANT')
  const found = named.length > 0 ? await ports.entities.named(named) : []
  const missing: (OtherEnd & { entityType: 'DEVICE' | 'ASSET' | 'CUSTOMER' })[] = []
  for (const [index, one] of named.entries()) {
    const { entityType } = one
    const id = found[index]
    const isMade = o.makesMissing && (entityType === 'DEVICE' || entityType === 'ASSET' || entityType === 'CUSTOMER')
    if (id) answers.set(keyOf(one), { ok: true, value: id })
    else if (isMade) missing.push({ ...one, entityType })
    else answers.set(keyOf(one), { ok: false, error: `${entityType} with name '${one.name}' doesn't exist!` })
  }
  const made = missing.length > 0 ? await ports.entityChanges.obtain(nodeId, missing) : []
  for (const [index, one] of missing.entries()) {
    const answer = made[index]
    if (answer) answers.set(keyOf(one), answer)
  }
  return wanted.map((one) => {
    if (one.entityType === 'TENANT') return { ok: true, value: { entityType: 'TENANT', id: tenantId } }
    return answers.get(keyOf(one)) ?? { ok: false, error: 'The related entity is not known' }
  })
}

/** The relation between originator and other entity. */
export const relationOf = (
  direction: 'FROM' | 'TO',
  originator: EntityId,
  other: EntityId,
  type: string,
): RelationEnds =>
  direction === 'FROM' ? { from: originator, to: other, type } : { from: other, to: originator, type }
