import { randomUUID } from 'node:crypto'
import { nullUuid } from '@thingwire/contracts'
import { type TestDatabase, testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Query } from '../connection/sql.ts'
import { enginesOf } from '../open-database.ts'
import { type AuditLogFilter, auditLogQueries } from './audit-log-list.ts'

const dayMs = 86_400_000
const now = Date.now()
const tenants = Array.from({ length: 20 }, () => randomUUID())
const [tenantId = '', otherTenant = ''] = tenants
const entity = randomUUID()
const user = randomUUID()
const customer = randomUUID()
const link = { pageSize: 20, page: 0 }

let database: TestDatabase
const sql = () => enginesOf(database.db).sql

beforeAll(async () => {
  database = await testDatabase()
  const { db } = database
  // One through the repository, so that this month has its partition; the other months are made here.
  await db.audit.append([entryOf(nullUuid)])
  for (const [month, from, to] of [1, 2, 3].map((back) => monthBefore(back)))
    await sql().query(`CREATE TABLE audit_logs_${month} PARTITION OF audit_logs FOR VALUES FROM (${from}) TO (${to})`)
  await sql().query({
    text: `INSERT INTO audit_logs SELECT gen_random_uuid(), $1 - (n::bigint * $2) / 40000, ($3::uuid[])[1 + n % 20],
             CASE WHEN n % 500 = 0 THEN $6::uuid END, 'DEVICE', CASE WHEN n % 700 = 0 THEN $4::uuid ELSE gen_random_uuid() END,
             'Device ' || n, CASE WHEN n % 900 = 0 THEN $5::uuid ELSE gen_random_uuid() END, 'somebody@example.org',
             CASE n % 3 WHEN 0 THEN 'ADDED' WHEN 1 THEN 'UPDATED' ELSE 'DELETED' END, '{}', 'SUCCESS', ''
           FROM generate_series(0, 39999) AS n`,
    values: [now, now - monthBefore(3)[1], tenants, entity, user, customer],
  })
  await sql().query('ANALYZE audit_logs')
})
afterAll(() => database[Symbol.asyncDispose]())

const monthBefore = (back: number): [string, number, number] => {
  const at = new Date(now)
  const from = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - back, 1)
  return [`back_${back}`, from, Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - back + 1, 1)]
}
const entryOf = (tenant: string) => ({
  tenantId: tenant,
  customerId: null,
  entityId: { entityType: 'DEVICE' as const, id: entity },
  entityName: 'Boiler',
  userId: user,
  userName: 'root@example.org',
  actionType: 'UPDATED',
  actionData: {},
  actionStatus: 'SUCCESS' as const,
  actionFailureDetails: '',
})
const planOf = async ({ text, values }: Query): Promise<string> => {
  const { rows } = await sql().query<{ 'QUERY PLAN': string }>({ text: `EXPLAIN ${text}`, values: values ?? [] })
  return rows.map((row) => row['QUERY PLAN']).join('\n')
}

describe('every list of the audit log is read by an index', () => {
  const cases: [string, AuditLogFilter][] = [
    ['of a tenant', { startTime: now - 80 * dayMs, endTime: now }],
    ['of a tenant, everything', {}],
    ['of an entity', { entityId: { entityType: 'DEVICE', id: entity } }],
    ['of a user', { userId: user }],
    ['of a customer', { customerId: customer }],
    ['of one action', { actionTypes: ['DELETED'] }],
  ]
  test.each(cases)('%s', async (_name, filter) => {
    const { page } = auditLogQueries(tenantId, { ...link, sortProperty: 'createdTime', sortOrder: 'DESC' }, filter)
    const plan = await planOf(page)
    expect(plan).toMatch(/Index Scan|Index Only Scan|Bitmap Index Scan/)
    expect(plan).not.toContain('Seq Scan on audit_logs_back')
  })

  test('the newest page of a tenant needs no sort of all its entries', async () => {
    const { page } = auditLogQueries(tenantId, { ...link, sortProperty: 'createdTime', sortOrder: 'DESC' }, {})
    expect(await planOf(page)).not.toMatch(/(^|-> +)(Incremental )?Sort +\(/m)
  })

  test('months outside of the asked time are not looked at', async () => {
    const [, from, to] = monthBefore(2)
    const { page, count } = auditLogQueries(tenantId, link, { startTime: from, endTime: to - 1 })
    for (const plan of [await planOf(page), await planOf(count)]) {
      expect(plan).toContain('audit_logs_back_2')
      expect(plan).not.toContain('audit_logs_back_1')
    }
  })
})

describe('the entries', () => {
  test('are those of the tenant, filtered and counted', async () => {
    const { db } = database
    const whole = await db.audit.list(tenantId, link, {})
    expect(whole.totalElements).toBe(2_000)
    expect(whole.data).toHaveLength(20)
    const ofEntity = await db.audit.list(tenantId, link, { entityId: { entityType: 'DEVICE', id: entity } })
    expect(ofEntity.totalElements).toBeGreaterThan(0)
    for (const entry of ofEntity.data)
      expect(entry).toMatchObject({ tenantId: { id: tenantId }, entityId: { id: entity } })
    const wrongType = { entityType: 'ASSET' as const, id: entity }
    expect((await db.audit.list(tenantId, link, { entityId: wrongType })).totalElements).toBe(0)
    expect((await db.audit.list(otherTenant, link, { userId: user })).data.map((one) => one.tenantId.id)).not.toContain(
      tenantId,
    )
  })

  test('of the system stand apart', async () => {
    expect(await database.db.audit.list(null, link, {})).toMatchObject({
      totalElements: 1,
      data: [{ userName: 'root@example.org', tenantId: { id: nullUuid }, customerId: { id: nullUuid } }],
    })
  })
})
