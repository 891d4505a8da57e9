import { saveTenantProfileSchema } from '@thingwire/contracts'
import type { Database } from '@thingwire/db'
import { seedSystem } from '@thingwire/db/seed'
import { testDatabase } from '@thingwire/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTenantLimits } from './tenant-limits.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let db: Database
beforeAll(async () => {
  database = await testDatabase()
  db = database.db
  await seedSystem(db)
})
afterAll(() => database[Symbol.asyncDispose]())

const limitedTenant = async (name: string, configuration: object): Promise<string> => {
  const profile = await db.tenantProfiles.save(saveTenantProfileSchema.parse({ name, profileData: { configuration } }))
  return (await db.tenants.save({ title: name, tenantProfileId: profile.id })).id.id
}
const storeResource = (tenantId: string, resourceKey: string, bytes: number) =>
  db.resources.create(
    { kind: 'tenant', tenantId },
    {
      title: resourceKey,
      resourceType: 'JKS',
      resourceSubType: null,
      resourceKey,
      publicResourceKey: null,
      isPublic: false,
      fileName: resourceKey,
      descriptor: null,
      etag: resourceKey,
      data: new Uint8Array(bytes),
    },
  )

test('files are refused beyond what one may have, and beyond what all together may have', async () => {
  const limits = createTenantLimits(db)
  const tenantId = await limitedTenant('Files', { maxResourceSize: 60, maxResourcesInBytes: 100 })
  await limits.requireBytes(tenantId, 'TB_RESOURCE', 60)
  await expect(limits.requireBytes(tenantId, 'TB_RESOURCE', 61)).rejects.toMatchObject({
    code: 'ARGUMENT_INVALID',
    message: 'Resource size exceeds the maximum of 60 bytes',
  })
  await storeResource(tenantId, 'first.jks', 60)
  await limits.requireBytes(tenantId, 'TB_RESOURCE', 40)
  await expect(limits.requireBytes(tenantId, 'TB_RESOURCE', 41)).rejects.toMatchObject({
    message: 'Resources total size exceeds the maximum of 100 bytes',
  })
  // A file that takes the place of another needs only the difference.
  await limits.requireBytes(tenantId, 'TB_RESOURCE', 60, 60)
  await limits.requireBytes(tenantId, 'OTA_PACKAGE', 1_000_000)
})

test('packages have a limit of their own, and without limits everything fits', async () => {
  const limits = createTenantLimits(db)
  const limited = await limitedTenant('Packages', { maxOtaPackagesInBytes: 10 })
  await expect(limits.requireBytes(limited, 'OTA_PACKAGE', 11)).rejects.toMatchObject({
    message: 'Ota packages total size exceeds the maximum of 10 bytes',
  })
  await limits.requireBytes(await limitedTenant('Free', {}), 'TB_RESOURCE', 1e12)
})

test('limits are remembered until somebody says that they changed', async () => {
  const limits = createTenantLimits(db)
  const tenantId = await limitedTenant('Remembered', { maxCustomers: 1 })
  await db.customers.save({ kind: 'tenant', tenantId }, { title: 'Only one' })
  const refusal = { code: 'ENTITIES_LIMIT_EXCEEDED', extra: { entityType: 'CUSTOMER', limit: 1 } }
  await expect(limits.requireRoom(tenantId, 'CUSTOMER')).rejects.toMatchObject(refusal)
  const profile = await db.tenantProfiles.find(
    (await db.tenants.find({ kind: 'system' }, tenantId))?.tenantProfileId.id ?? '',
  )
  const profileData = { configuration: { maxCustomers: 2 } }
  await db.tenantProfiles.save(saveTenantProfileSchema.parse({ ...profile, profileData }))
  await expect(limits.requireRoom(tenantId, 'CUSTOMER')).rejects.toMatchObject(refusal)
  limits.forget()
  await limits.requireRoom(tenantId, 'CUSTOMER')
})

test('an answer that was under way when the limits changed is not kept', async () => {
  const tenantId = await limitedTenant('Under way', { maxDevices: 3 })
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  let reads = 0
  const limits = createTenantLimits({
    entities: db.entities,
    tenantProfiles: {
      ...db.tenantProfiles,
      configurationOf: async (id) => {
        const stored = await db.tenantProfiles.configurationOf(id)
        if (reads++ === 0) await held
        return stored
      },
    },
  })
  const early = limits.of(tenantId)
  limits.forget()
  release()
  await early
  await limits.of(tenantId)
  expect(reads).toBe(2)
})
