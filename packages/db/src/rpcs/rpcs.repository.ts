import {
  type PageData,
  type PageLink,
  type Rpc,
  type RpcStatus,
  rpcStatusSchema,
  toPageData,
} from '@thingwire/contracts'
import type { Sql } from '../connection/sql.ts'
import type { Scope } from '../database.ts'
import { sortColumn, sortDirection } from '../rows.ts'

export type NewRpc = {
  id: string
  deviceId: string
  /** Epoch ms. */
  expirationTime: number
  request: unknown
  additionalInfo: unknown
}

export type RpcsRepository = {
  /** A second one with the same id changes nothing and answers null. */
  create(tenantId: string, rpc: NewRpc): Promise<Rpc | null>
  /** Moves it on, unless it has already ended. Null: it is gone or ended. */
  advance(tenantId: string, rpcId: string, status: RpcStatus, response?: unknown): Promise<Rpc | null>
  find(scope: Scope, rpcId: string): Promise<Rpc | null>
  list(scope: Scope, deviceId: string, link: PageLink, status?: RpcStatus): Promise<PageData<Rpc>>
  delete(scope: Scope, rpcId: string): Promise<Rpc | null>
  /** Commands whose time is over and that nobody ended: at most `limit`, oldest first. */
  overdue(nowMs: number, limit: number): Promise<Rpc[]>
}

type RpcRow = {
  id: string
  created_time: number
  tenant_id: string
  device_id: string
  expiration_time: number
  request: unknown
  response: unknown
  status: string
  additional_info: unknown
  total?: number
}

const ended = `('SUCCESSFUL', 'EXPIRED', 'FAILED', 'DELETED')`
const sorts = {
  id: 'id',
  createdTime: 'created_time',
  expirationTime: 'expiration_time',
  status: 'status',
  request: 'request::text',
  response: 'response::text',
} as const

const json = (value: unknown): string | null => (value === undefined || value === null ? null : JSON.stringify(value))

/** A customer reads the commands of its devices; the device was checked before. */
const tenantOf = (scope: Scope): string | null => (scope.kind === 'system' ? null : scope.tenantId)

export const createRpcsRepository = (sql: Sql): RpcsRepository => ({
  create: async (tenantId, rpc) => {
    const { rows } = await sql.query<RpcRow>({
      text: `INSERT INTO rpcs (id, created_time, tenant_id, device_id, expiration_time, request, status, additional_info)
             VALUES ($1, $2, $3, $4, $5, $6, 'QUEUED', $7) ON CONFLICT (id) DO NOTHING RETURNING *`,
      values: [
        rpc.id,
        Date.now(),
        tenantId,
        rpc.deviceId,
        rpc.expirationTime,
        json(rpc.request),
        json(rpc.additionalInfo),
      ],
    })
    return rows[0] ? toRpc(rows[0]) : null
  },

  advance: async (tenantId, rpcId, status, response) => {
    const { rows } = await sql.query<RpcRow>({
      text: `UPDATE rpcs SET status = $3, response = COALESCE($4, response)
             WHERE id = $1 AND tenant_id = $2 AND status NOT IN ${ended} RETURNING *`,
      values: [rpcId, tenantId, status, json(response)],
    })
    return rows[0] ? toRpc(rows[0]) : null
  },

  find: async (scope, rpcId) => {
    const { rows } = await sql.query<RpcRow>({
      text: 'SELECT * FROM rpcs WHERE id = $1 AND ($2::uuid IS NULL OR tenant_id = $2)',
      values: [rpcId, tenantOf(scope)],
    })
    return rows[0] ? toRpc(rows[0]) : null
  },

  list: async (scope, deviceId, link, status) => {
    const where = `device_id = $1 AND ($2::uuid IS NULL OR tenant_id = $2) AND ($3::text IS NULL OR status = $3)`
    const { rows } = await sql.query<RpcRow>({
      text: `WITH found AS (
               SELECT * FROM rpcs WHERE ${where}
               ORDER BY ${sortColumn(link, sorts, 'id')} ${sortDirection(link)}, id LIMIT $4 OFFSET $5
             )
             SELECT found.*, counted.total
             FROM (SELECT count(*) AS total FROM rpcs WHERE ${where}) counted LEFT JOIN found ON true`,
      values: [deviceId, tenantOf(scope), status ?? null, link.pageSize, link.page * link.pageSize],
    })
    const total = rows[0]?.total ?? 0
    return toPageData(rows.filter((row) => row.id !== null).map(toRpc), total, link)
  },

  delete: async (scope, rpcId) => {
    const { rows } = await sql.query<RpcRow>({
      text: 'DELETE FROM rpcs WHERE id = $1 AND ($2::uuid IS NULL OR tenant_id = $2) RETURNING *',
      values: [rpcId, tenantOf(scope)],
    })
    return rows[0] ? toRpc(rows[0]) : null
  },

  overdue: async (nowMs, limit) => {
    const { rows } = await sql.query<RpcRow>({
      text: `SELECT * FROM rpcs WHERE status IN ('QUEUED', 'SENT', 'TIMEOUT') AND expiration_time <= $1
             ORDER BY expiration_time LIMIT $2`,
      values: [nowMs, limit],
    })
    return rows.map(toRpc)
  },
})

const toRpc = (row: RpcRow): Rpc => ({
  id: { entityType: 'RPC', id: row.id },
  createdTime: row.created_time,
  tenantId: { entityType: 'TENANT', id: row.tenant_id },
  deviceId: { entityType: 'DEVICE', id: row.device_id },
  expirationTime: row.expiration_time,
  request: row.request,
  response: row.response,
  status: rpcStatusSchema.parse(row.status),
  additionalInfo: row.additional_info,
})
