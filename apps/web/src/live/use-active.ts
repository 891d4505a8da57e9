'use client'
import { useEffect, useState } from 'react'
import { useLiveClient } from './live-provider.tsx'

const activeKey = 'active'

/**
 * Tells when a device goes on or off, which the platform keeps in its server attribute `active`. `onChange` may differ
 * from call to call without a new subscription.
 */
export const useLiveActive = (
  deviceIds: readonly string[],
  onChange: (deviceId: string, isActive: boolean) => void,
) => {
  const client = useLiveClient()
  const [box] = useState({ onChange })
  useEffect(() => {
    box.onChange = onChange
  })
  const ids = deviceIds.join(' ')
  useEffect(() => {
    if (!client || !ids) return
    const leave = ids.split(' ').map((id) =>
      client.subscribe(
        { kind: 'attributes', entityId: { entityType: 'DEVICE', id }, scope: 'SERVER_SCOPE', keys: [activeKey] },
        (change) => {
          if (change.kind !== 'attributes') return
          const changed = change.changed.find((attribute) => attribute.key === activeKey)
          if (typeof changed?.value === 'boolean') box.onChange(id, changed.value)
        },
      ),
    )
    return () => {
      for (const stop of leave) stop()
    }
  }, [client, ids, box])
}
