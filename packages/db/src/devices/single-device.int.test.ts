import { seedTenant, testDatabase } from '@thingwire/testing'
import { expect, test } from 'vitest'

test('reads that go to the database together keep to what each may see', async () => {
  await using database = await testDatabase()
  const { db } = database
  const [one, other] = [await seedTenant(db), await seedTenant(db)]
  const devices = [one.device, one.customerDevice, other.device, other.customerDevice]
  const scopes = [one.scope, one.customerScope, other.scope, other.customerScope, { kind: 'system' as const }]
  const asked = scopes.flatMap((scope) => devices.map((device) => ({ scope, device })))
  const mixed = [...asked, ...asked, ...asked]
  const found = await Promise.all(mixed.map(({ scope, device }) => db.devices.find(scope, device.id.id)))
  const names = found.map((device) => device?.name ?? null)
  const [a, b, c, d] = devices.map(({ name }) => name)
  const each = [a, b, null, null, null, b, null, null, null, null, c, d, null, null, null, d, a, b, c, d]
  expect(names).toEqual([...each, ...each, ...each])
  expect(found[0]).toEqual(one.device)
})

test('the same with heads, of several types at a time', async () => {
  await using database = await testDatabase()
  const { db } = database
  const [one, other] = [await seedTenant(db), await seedTenant(db)]
  const ids = [one.device.id, one.rootChain.id, other.device.id, other.rootChain.id]
  const reach = [one.tenantId, other.tenantId, null]
  const asked = reach.flatMap((tenantId) => ids.map((id) => ({ tenantId, id })))
  const mixed = [...asked, ...asked, ...asked, ...asked]
  const found = await Promise.all(mixed.map(({ tenantId, id }) => db.entities.findHead(tenantId, id)))
  const [a, b, c, d] = ids.map(({ id }) => id)
  const each = [a, b, null, null, null, null, c, d, a, b, c, d]
  expect(found.map((head) => head?.id.id ?? null)).toEqual([...each, ...each, ...each, ...each])
})
