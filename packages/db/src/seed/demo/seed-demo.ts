import type { DashboardConfiguration } from '@thingwire/contracts'
import type { Database } from '../../database.ts'
import { insertDeviceProfile, insertTenantDefaults } from '../../tenants/tenant-defaults.ts'
import { uuidV7 } from '../../uuid.ts'
import { seedSystem } from '../system.ts'
import { insertCustomer, insertTenant, insertUser, type SeedWrite, seeding } from '../tenants.ts'
import { demoAlarmRules } from './alarm-rules.ts'
import { demoDashboards } from './dashboards/index.ts'
import { thermostatsDashboard } from './dashboards/thermostats.ts'
import { type DemoDevice, demoProfiles, firstDevices, fleetDevices } from './devices.ts'

/** The accounts of a demo installation; the sign-in page shows them. */
export const demoAccounts = [
  { authority: 'SYS_ADMIN', email: 'sysadmin@thingwire.local', password: 'sysadmin' },
  { authority: 'TENANT_ADMIN', email: 'tenant@thingwire.local', password: 'tenant' },
  { authority: 'CUSTOMER_USER', email: 'customer@thingwire.local', password: 'customer' },
] as const

const marker = 'demoTenant'
/** The parts that the demo tenant got after it was made, in their order; the marker names those that it has. */
const laterParts = ['fleet'] as const
type LaterPart = (typeof laterParts)[number]

const customerTitle = 'Demo Customer'

export type DemoSeed = {
  /** False when this database had its demo tenant with all its parts already, whatever has become of them. */
  seeded: boolean
}

type Marker = { tenantId: string; parts: readonly string[] }

const readMarker = (value: unknown): Marker | null => {
  if (typeof value !== 'object' || value === null || !('tenantId' in value)) return null
  const parts = 'parts' in value && Array.isArray(value.parts) ? value.parts : []
  return { tenantId: String(value.tenantId), parts: parts.map(String) }
}

const missingOf = (known: Marker): LaterPart[] => laterParts.filter((part) => !known.parts.includes(part))

/**
 * A tenant to look at: users, devices, dashboards, alarm rules. Each part is made once per database: what somebody changes
 * or deletes afterwards stays changed or deleted. A tenant of an older release gets what has come since; where a name
 * is taken, what has it stays as it is.
 */
export const seedDemo = async (
  db: Database,
  options: { hashPassword: (password: string) => Promise<string> },
): Promise<DemoSeed> => {
  const known = readMarker(await db.settings.get(marker))
  if (known && missingOf(known).length === 0) return { seeded: false }
  await seedSystem(db)
  // Hashing takes its time on purpose; not while the transaction is open.
  const accounts = known
    ? []
    : await Promise.all(
        demoAccounts.map(async (account) => ({
          ...account,
          passwordHash: await options.hashPassword(account.password),
        })),
      )
  return seeding(db, async (write) => {
    const row = await write.tx.adminSetting.findFirst({ where: { tenantId: null, key: marker } })
    const found = row ? readMarker(row.jsonValue) : null
    const missing = found ? missingOf(found) : [...laterParts]
    if (missing.length === 0) return { seeded: false }
    const tenantId = found?.tenantId ?? (await insertFirst(write, accounts))
    const isThere = await write.tx.tenant.findUnique({ where: { id: tenantId }, select: { id: true } })
    if (isThere) for (const part of missing) await insertPart[part](write, tenantId)
    const jsonValue = { tenantId, parts: [...(found?.parts ?? []), ...missing] }
    if (row) await write.tx.adminSetting.update({ where: { id: row.id }, data: { jsonValue } })
    else
      await write.tx.adminSetting.create({
        data: { id: uuidV7(), createdTime: BigInt(Date.now()), key: marker, jsonValue },
      })
    return { seeded: isThere !== null }
  })
}

type Account = (typeof demoAccounts)[number] & { passwordHash: string }

/** The tenant with its users, the thermostats and their dashboard. Returns its id. */
const insertFirst = async (write: SeedWrite, accounts: readonly Account[]): Promise<string> => {
  const tenantId = await insertTenant(write, 'Demo')
  await insertTenantDefaults(write, tenantId)
  const customerId = await insertCustomer(write, { tenantId, title: customerTitle })
  for (const { authority, email, passwordHash } of accounts) {
    const owner = {
      SYS_ADMIN: { tenantId: null },
      TENANT_ADMIN: { tenantId },
      CUSTOMER_USER: { tenantId, customerId },
    }[authority]
    await insertUser(write, { authority, email, passwordHash, ...owner })
  }
  await insertProfiles(write, tenantId, demoProfiles.first)
  const [first] = await insertDevices(write, { tenantId, customerId }, firstDevices)
  const configuration = thermostatsDashboard(first ?? '')
  await insertDashboard(write, { tenantId, customerId, title: 'Thermostats', configuration })
  return tenantId
}

/** Meters, pumps and vans, the alarm rules of all devices, and the dashboards that show them. */
const insertFleet = async (write: SeedWrite, tenantId: string): Promise<void> => {
  const customer = await write.tx.customer.findFirst({
    where: { tenantId, title: customerTitle },
    select: { id: true },
  })
  const customerId = customer?.id ?? null
  await insertProfiles(write, tenantId, demoProfiles.fleet)
  await insertDevices(write, { tenantId, customerId }, fleetDevices)
  await insertAlarmRules(write, tenantId)
  for (const { title, configuration, ofCustomer } of demoDashboards())
    await insertDashboard(write, { tenantId, customerId: ofCustomer ? customerId : null, title, configuration })
}

const insertPart: Record<LaterPart, (write: SeedWrite, tenantId: string) => Promise<void>> = { fleet: insertFleet }

const insertProfiles = async (
  write: SeedWrite,
  tenantId: string,
  profiles: readonly { name: string; description: string }[],
): Promise<void> => {
  for (const profile of profiles)
    if (!(await write.tx.deviceProfile.findFirst({ where: { tenantId, name: profile.name }, select: { id: true } })))
      await insertDeviceProfile(write, { tenantId, isDefault: false, ...profile })
}

const profileIds = async ({ tx }: SeedWrite, tenantId: string): Promise<Map<string, string>> => {
  const profiles = await tx.deviceProfile.findMany({ where: { tenantId }, select: { id: true, name: true } })
  return new Map(profiles.map(({ id, name }) => [name, id]))
}

/** Returns the ids of those that were made. */
const insertDevices = async (
  write: SeedWrite,
  owner: { tenantId: string; customerId: string | null },
  devices: readonly DemoDevice[],
): Promise<string[]> => {
  const { db, tx } = write
  const { tenantId } = owner
  const profiles = await profileIds(write, tenantId)
  const names = devices.map(({ name }) => name)
  const tokens = devices.map(({ accessToken }) => accessToken)
  const taken = new Set([
    ...(await tx.device.findMany({ where: { tenantId, name: { in: names } } })).map(({ name }) => name),
    ...(await tx.deviceCredentials.findMany({ where: { credentialsId: { in: tokens } } })).map(
      ({ credentialsId }) => credentialsId,
    ),
  ])
  const ids: string[] = []
  for (const device of devices) {
    const deviceProfileId = profiles.get(device.profile)
    if (!deviceProfileId) throw new Error(`The demo device ${device.name} needs the profile ${device.profile}`)
    if (taken.has(device.name) || taken.has(device.accessToken)) continue
    const createdTime = BigInt(Date.now())
    const id = uuidV7()
    await tx.device.create({
      data: {
        id,
        createdTime,
        tenantId,
        customerId: device.ofCustomer ? owner.customerId : null,
        deviceProfileId,
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
  return ids
}

const insertAlarmRules = async (write: SeedWrite, tenantId: string): Promise<void> => {
  const { db, tx } = write
  const profiles = await profileIds(write, tenantId)
  const data = demoAlarmRules.flatMap(({ profile, name, configuration }) => {
    const entityId = profiles.get(profile)
    if (!entityId) return []
    const ofProfile = { tenantId, entityType: 'DEVICE_PROFILE', entityId, type: 'ALARM', name }
    return {
      ...{ id: uuidV7(), createdTime: BigInt(Date.now()), ...ofProfile, debugSettings: db.jsonNull },
      ...{ configuration: configuration as unknown as Record<string, never>, additionalInfo: db.jsonNull },
    }
  })
  await tx.calculatedField.createMany({ data, skipDuplicates: true })
}

const insertDashboard = async (
  { tx }: SeedWrite,
  o: { tenantId: string; customerId: string | null; title: string; configuration: DashboardConfiguration },
): Promise<void> => {
  const createdTime = BigInt(Date.now())
  const { tenantId, customerId, title } = o
  const id = uuidV7()
  // Prisma's input type for JSON does not know `unknown` members; the schema parsed it a moment ago.
  const configuration = o.configuration as unknown as Record<string, never>
  await tx.dashboard.create({ data: { id, createdTime, tenantId, title, configuration } })
  if (customerId) await tx.dashboardAssignment.create({ data: { tenantId, customerId, dashboardId: id, createdTime } })
}
