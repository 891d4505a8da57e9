'use client'
import type { EntityId } from '@thingwire/contracts'
import type { AttributeValue, WidgetHost } from '@thingwire/widgets/manifests'
import { useEffect, useState } from 'react'
import { addPoints, claimDevice } from '@/api/control.ts'
import { deleteAttributes, saveAttributes } from '@/api/telemetry.ts'
import { useLiveClient } from '@/live/live-provider.tsx'
import { mayWriteValues, type Viewer } from './write-rights.ts'

const nothing: readonly AttributeValue[] = []

/** All attributes of an entity, as they change; undefined until known. */
export const useAttributes = (entityId: EntityId | null) => {
  const client = useLiveClient()
  const { entityType, id } = entityId ?? { entityType: null, id: null }
  const of = `${entityType} ${id}`
  const [known, setKnown] = useState<{ of: string; values: readonly AttributeValue[] } | null>(null)
  useEffect(() => {
    if (!client || entityType === null || id === null) return
    return client.subscribe({ kind: 'attributes', entityId: { entityType, id } }, (change) => {
      // Who may not read them sees none.
      if (change.kind === 'refused') setKnown({ of, values: nothing })
      if (change.kind !== 'attributes') return
      const isNews = ({ scope, key }: Pick<AttributeValue, 'scope' | 'key'>) =>
        [...change.changed, ...change.deleted].some((one) => one.scope === scope && one.key === key)
      setKnown((before) => {
        const former = before?.of === of ? before.values : nothing
        return { of, values: [...former.filter((one) => !isNews(one)), ...change.changed] }
      })
    })
  }, [client, entityType, id, of])
  return known?.of === of ? known.values : undefined
}

/** What widgets read and write of any entity beside their own data, as far as the viewer may. */
export const valuesPortOf = (viewer: Viewer): WidgetHost['values'] => ({
  mayWrite: (entityId) => mayWriteValues(viewer, entityId),
  saveAttributes: async (entityId, scope, values) => void (await saveAttributes(entityId, scope, values)),
  deleteAttributes: async (entityId, scope, keys) => void (await deleteAttributes(entityId, scope, keys)),
  saveTelemetry: async (entityId, values, ts) => void (await addPoints(entityId, values, ts ?? null)),
  useAttributes,
  claimDevice,
})
