import type { AttributeScope, EntityId, Message } from '@thingwire/contracts'
import type { Database, FieldTarget } from '@thingwire/db'
import type { ArgumentSource } from '@thingwire/rules'
import type { UplinkQueue } from '../queue/uplink-queue.ts'
import { type FieldDirectory, fieldsOf, type LiveField, type TenantFields } from './field-directory.ts'
import { fieldMessage, type FieldNews, type FieldUpdate } from './field-messages.ts'

export type FieldUpdates = {
  /** Tells the alarm rules of values that are stored by now. Resolves when they cannot be lost any more. */
  updated(tenantId: string, updates: readonly FieldUpdate[]): Promise<void>
  /** Has rules looked at for all to whom they apply. */
  look(tenantId: string, owner: EntityId, fieldIds: string[]): Promise<void>
  /** Has rules looked at because time has passed. */
  passed(tenantId: string, items: readonly { entityId: EntityId; fieldIds: string[] }[]): Promise<void>
}

/** Entities that are told at a time. */
const chunk = 1_000
const envelopeBytes = 400
/** One queue for all of them, so that what an entity learns comes in one order. */
const queueName = 'Main'

type News = { target: EntityId; news: FieldNews }

export const createFieldUpdates = (deps: {
  directory: FieldDirectory
  database: Pick<Database, 'fieldStates'>
  queue: Pick<UplinkQueue, 'submitInternal'>
  now: () => number
}): FieldUpdates => {
  const { directory } = deps

  const send = async (tenantId: string, all: readonly News[]): Promise<void> => {
    const nowMs = deps.now()
    const messages = all.map(({ target, news }): Message => fieldMessage(tenantId, target, news, nowMs))
    await Promise.all(
      [...Map.groupBy(messages, ({ originator }) => originator.id)].map(([id, own]) =>
        deps.queue.submitInternal(
          queueName,
          id,
          own,
          own.reduce((sum, { data }) => sum + data.length + envelopeBytes, 0),
        ),
      ),
    )
  }

  /** Everybody to whom a field applies, in chunks. */
  const forEachMember = async (
    tenantId: string,
    owner: EntityId,
    visit: (targets: FieldTarget[]) => Promise<void>,
  ): Promise<void> => {
    let afterId: string | null = null
    for (;;) {
      const ids: EntityId[] = await deps.database.fieldStates.members(tenantId, owner, afterId, chunk)
      const targets = await directory.targets(tenantId, ids)
      await visit(targets.filter((target) => target !== null))
      afterId = ids.at(-1)?.id ?? null
      if (ids.length < chunk) return
    }
  }

  /** What others must hear of an entity: rules that name it, and rules that look at their entity's owner. */
  const tellOthers = async (tenantId: string, fields: TenantFields, update: FieldUpdate): Promise<void> => {
    const { of } = update
    const owns = of.entityType === 'CUSTOMER' || of.entityType === 'TENANT'
    const concerned: { field: LiveField; part: FieldUpdate; isOwner: boolean }[] = []
    for (const field of fields.byRef.get(of.id) ?? []) {
      const part = partOf(update, field, (source) => typeof source.of === 'object' && source.of.id === of.id)
      if (part) concerned.push({ field, part, isOwner: false })
    }
    for (const field of owns ? fields.ofOwners : []) {
      const part = partOf(update, field, (source) => source.of === 'owner')
      if (part) concerned.push({ field, part, isOwner: true })
    }
    for (const { field, part, isOwner } of concerned)
      await forEachMember(tenantId, field.owner, (targets) => {
        const told = isOwner ? targets.filter((target) => ownerOf(target, tenantId) === of.id) : targets
        return send(
          tenantId,
          told.map(({ id }) => ({ target: id, news: { kind: 'values', update: part } })),
        )
      })
  }

  return {
    updated: async (tenantId, updates) => {
      const fields = await directory.of(tenantId)
      if (fields.all.length === 0) return
      const targets = await directory.targets(
        tenantId,
        updates.map(({ of }) => of),
      )
      const own = updates.flatMap((update, index): News[] => {
        const target = targets[index]
        if (!target) return []
        const keys = new Set(fieldsOf(fields, target).flatMap((field) => keysOf(field, update.scope)))
        const entries = update.entries.filter(({ key }) => keys.has(key))
        return entries.length > 0
          ? [{ target: target.id, news: { kind: 'values', update: { ...update, entries } } }]
          : []
      })
      if (own.length > 0) await send(tenantId, own)
      if (fields.byRef.size === 0 && fields.ofOwners.length === 0) return
      for (const update of updates) await tellOthers(tenantId, fields, update)
    },

    look: (tenantId, owner, fieldIds) =>
      forEachMember(tenantId, owner, (targets) =>
        send(
          tenantId,
          targets.map(({ id }) => ({ target: id, news: { kind: 'look', fieldIds } })),
        ),
      ),

    passed: (tenantId, items) =>
      send(
        tenantId,
        items.map(({ entityId, fieldIds }) => ({ target: entityId, news: { kind: 'look', fieldIds } })),
      ),
  }
}

/** Who owns an entity: its customer, else its tenant. */
export const ownerOf = ({ customerId }: FieldTarget, tenantId: string): string => customerId ?? tenantId

const keysOf = ({ compiled }: LiveField, scope: AttributeScope | null): string[] =>
  compiled.sources.flatMap((source) => (source.of === 'entity' && source.scope === scope ? source.key : []))

const partOf = (
  update: FieldUpdate,
  { compiled }: LiveField,
  concerns: (source: ArgumentSource) => boolean,
): FieldUpdate | null => {
  const keys = new Set(
    compiled.sources.flatMap((source) => (concerns(source) && source.scope === update.scope ? source.key : [])),
  )
  const entries = update.entries.filter(({ key }) => keys.has(key))
  return entries.length > 0 ? { ...update, entries } : null
}
