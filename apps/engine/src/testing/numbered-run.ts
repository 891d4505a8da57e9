import { entityId } from '@thingwire/contracts'
import type { Database, Scope } from '@thingwire/db'
import { waitFor } from '@thingwire/testing'
import { Redis } from 'ioredis'
import { auditLedger } from '../ledger/audit.ts'
import type { NumberedClients } from './numbered-clients.ts'

export type NumberedDevice = { id: string; token: string }

export const saveNumberedDevices = (database: Database, scope: Scope, count: number): Promise<NumberedDevice[]> =>
  Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const token = `numbered-token-${i}`
      const device = await database.devices.save(scope, { name: `numbered-${i}` }, { accessToken: token })
      return { id: device.id.id, token }
    }),
  )

/**
 * Waits until the queue is empty and the ledger balances, then compares the store with what was acknowledged.
 * `lost` and `doubled` name `device:number`; `totals` is the ledger of the devices' tenant.
 */
export const auditNumberedRun = async (run: {
  database: Database
  redisUrl: string
  scope: Extract<Scope, { kind: 'tenant' }>
  saved: readonly NumberedDevice[]
  clients: NumberedClients
}) => {
  const { database, scope } = run
  const client = new Redis(run.redisUrl)
  try {
    const audit = await waitFor(
      async () => {
        const now = Date.now()
        const range = { fromMs: now - 3_600_000, toMs: now + 60_000, attempts: 1 }
        const seen = await auditLedger({ database, redis: client }, range)
        const isSettled = seen.tenants.every(({ queued }) => queued === 0) && seen.isBalanced
        if (!isSettled) throw new Error(JSON.stringify(seen.tenants))
        return seen
      },
      { deadlineMs: 30_000, what: 'an empty queue and a balanced ledger' },
    )
    const lost: string[] = []
    const doubled: string[] = []
    let stored = 0
    for (const [index, device] of run.saved.entries()) {
      const history = await database.telemetry.history(scope, {
        entityId: entityId('DEVICE', device.id),
        keys: ['n'],
        startTs: 0,
        endTs: Number.MAX_SAFE_INTEGER,
        aggregation: 'NONE',
        intervalMs: 0,
        order: 'ASC',
        limit: 1_000_000,
      })
      const present = new Set<number>()
      for (const { value } of history.n ?? []) {
        stored++
        const number = Number(value)
        if (present.has(number)) doubled.push(`${index}:${number}`)
        present.add(number)
      }
      for (const number of run.clients.acknowledged[index] ?? [])
        if (!present.has(number)) lost.push(`${index}:${number}`)
    }
    return { lost, doubled, stored, totals: audit.tenants.find(({ tenantId }) => tenantId === scope.tenantId) }
  } finally {
    client.disconnect()
  }
}
