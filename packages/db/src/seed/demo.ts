import type { Database } from '../database.ts'
import { insertDeviceProfile, insertTenantDefaults } from '../tenants/tenant-defaults.ts'
import { uuidV7 } from '../uuid.ts'
import { seedSystem } from './system.ts'
import { insertCustomer, insertTenant, insertUser, type SeedWrite, seeding } from './tenants.ts'
import { thermostatsDashboard } from './thermostats-dashboard.ts'

/** The accounts of a demo installation; the sign-in page shows them. */
export const demoAccounts = [
  { authority: 'SYS_ADMIN', email: 'sysadmin@thingwire.local', password: 'sysadmin' },
  { authority: 'TENANT_ADMIN', email: 'tenant@thingwire.local', password: 'tenant' },
  { authority: 'CUSTOMER_USER', email: 'customer@thingwire.local', password: 'customer' },
] as const

const number = (n: number) => String(n).padStart(2, '0')

/** The devices of the demo tenant with their access tokens. */
export const demoDevices = [
  ...[1, 2, 3, 4, 5].map((n) => ({
    name: `Thermostat ${number(n)}`,
    profile: 'thermostat',
    accessToken: `THERMOSTAT_${number(n)}_TOKEN`,
    ofCustomer: n <= 2,
  })),
  { name: 'Test Device A1', profile: 'default', accessToken: 'A1_TEST_TOKEN', ofCustomer: false },
]

const marker = 'demoTenant'

export type DemoSeed = {
  /** False when this database had its demo tenant already, whatever has become of it. */
  seeded: boolean
}

/**
 * A tenant to look at: users, devices, a dashboard. Done once per database: what somebody changes or deletes
 * afterwards stays changed or deleted.
 */
export const seedDemo = async (
  db: Database,
  options: { hashPassword: (password: string) => Promise<string> },
): Promise<DemoSeed> => {
  if (await db.settings.get(marker)) return { seeded: false }
  await seedSystem(db)
  // Hashing takes its time on purpose; not while the transaction is open.
  const accounts = await Promise.all(
    demoAccounts.map(async (account) => ({ ...account, passwordHash: await options.hashPassword(account.password) })),
  )
  return seeding(db, async (write) => {
    const done = await write.tx.adminSetting.findFirst({ where: { tenantId: null, key: marker } })
    if (done) return { seeded: false }
    const tenantId = await insertTenant(write, 'Demo')
    await insertTenantDefaults(write, tenantId)
    const customerId = await insertCustomer(write, { tenantId, title: 'Demo Customer' })
    for (const { authority, email, passwordHash } of accounts) {
      const owner = {
        SYS_ADMIN: { tenantId: null },
        TENANT_ADMIN: { tenantId },
        CUSTOMER_USER: { tenantId, customerId },
      }[authority]
      await insertUser(write, { authority, email, passwordHash, ...owner })
    }
    const first = await insertDevices(write, tenantId, customerId)
    await insertDashboard(write, { tenantId, customerId, deviceId: first })
    await write.tx.adminSetting.create({
      data: { id: uuidV7(), createdTime: BigInt(Date.now()), key: marker, jsonValue: { tenantId } },
    })
    return { seeded: true }
  })
}

/** Returns the id of the first thermostat. */
const insertDevices = async (write: SeedWrite, tenantId: string, customerId: string): Promise<string> => {
  const { db, tx } = write
  await insertDeviceProfile(write, {
    tenantId,
    name: 'thermostat',
    isDefault: false,
    description: 'Temperature, humidity and battery of a room',
  })
  const profiles = await tx.deviceProfile.findMany({ where: { tenantId }, select: { id: true, name: true } })
  const ids: string[] = []
  for (const device of demoDevices) {
    const profile = profiles.find((found) => found.name === device.profile)
    if (!profile) throw new Error(`The demo device ${device.name} needs the profile ${device.profile}`)
    const createdTime = BigInt(Date.now())
    const id = uuidV7()
    await tx.device.create({
      data: {
        id,
        createdTime,
        tenantId,
        customerId: device.ofCustomer ? customerId : null,
        deviceProfileId: profile.id,
        name: device.name,
        additionalInfo: db.jsonNull,
        deviceData: { configuration: { type: 'DEFAULT' }, transportConfiguration: { type: 'DEFAULT' } },
        credentials: {
          create: { id: uuidV7(), createdTime, credentialsType: 'ACCESS_TOKEN', credentialsId: device.accessToken },
        },
      },
    })
    ids.push(id)
  }
  return ids[0] ?? ''
}

const insertDashboard = async (
  { tx }: SeedWrite,
  o: { tenantId: string; customerId: string; deviceId: string },
): Promise<void> => {
  const createdTime = BigInt(Date.now())
  const { tenantId, customerId } = o
  const id = uuidV7()
  await tx.dashboard.create({
    data: {
      id,
      createdTime,
      tenantId,
      title: 'Thermostats',
      // Prisma's input type for JSON does not know `unknown` members; the schema parsed it a moment ago.
      configuration: thermostatsDashboard(o.deviceId) as unknown as Record<string, never>,
    },
  })
  await tx.dashboardAssignment.create({ data: { tenantId, customerId, dashboardId: id, createdTime } })
}
