import { AppError, type Authority } from '@thingwire/contracts'
import { toAppError } from '../connection/errors.ts'
import type { Database } from '../database.ts'
import { enginesOf } from '../open-database.ts'
import { insertTenantDefaults, type TenantWrite } from '../tenants/tenant-defaults.ts'
import { uuidV7 } from '../uuid.ts'

/** One transaction of the seeds. */
export type SeedWrite = TenantWrite

/** A number that two processes which seed at once meet on. */
const seedLock = 7_284_619_352

/** Runs the work alone and as one transaction, so that a seed that was cut off leaves nothing. */
export const seeding = async <T>(db: Database, work: (write: SeedWrite) => Promise<T>): Promise<T> => {
  const prisma = await enginesOf(db).prisma.get()
  try {
    return await prisma.client.$transaction(
      async (tx) => {
        await tx.$executeRaw`SELECT pg_advisory_xact_lock(${seedLock}::bigint)`
        return work({ db: prisma, tx })
      },
      { timeout: 60_000, maxWait: 60_000 },
    )
  } catch (error) {
    throw toAppError(error)
  }
}

export type NewUser = {
  authority: Authority
  email: string
  /** Null for system administrators. */
  tenantId: string | null
  customerId?: string | null
  firstName?: string | null
  lastName?: string | null
  /** As the engine's password hasher made it; null leaves the account to be activated. */
  passwordHash: string | null
}

export const insertTenant = async ({ db, tx }: SeedWrite, title: string): Promise<string> => {
  const profile = await tx.tenantProfile.findFirstOrThrow({ where: { isDefault: true }, select: { id: true } })
  const id = uuidV7()
  await tx.tenant.create({
    data: { id, ...created(), title, tenantProfileId: profile.id, additionalInfo: db.jsonNull },
  })
  return id
}

export const insertCustomer = async ({ db, tx }: SeedWrite, customer: { tenantId: string; title: string }) => {
  const id = uuidV7()
  await tx.customer.create({ data: { id, ...created(), ...customer, additionalInfo: db.jsonNull } })
  return id
}

export const insertUser = async ({ db, tx }: SeedWrite, user: NewUser): Promise<string> => {
  const id = uuidV7()
  const email = user.email.trim().toLowerCase()
  if (await tx.user.findUnique({ where: { email }, select: { id: true } }))
    throw new AppError('ARGUMENT_INVALID', `User with email '${email}' already present in database!`)
  await tx.user.create({
    data: {
      id,
      ...created(),
      authority: user.authority,
      email,
      tenantId: user.tenantId,
      customerId: user.customerId ?? null,
      firstName: user.firstName ?? null,
      lastName: user.lastName ?? null,
      additionalInfo: db.jsonNull,
      credentials: {
        create: {
          id: uuidV7(),
          ...created(),
          enabled: user.passwordHash !== null,
          passwordHash: user.passwordHash,
          additionalInfo: db.jsonNull,
        },
      },
    },
  })
  return id
}

const created = () => ({ createdTime: BigInt(Date.now()) })

/** A tenant with its default profiles and root rule chain. Needs the default tenant profile of `seedSystem`. */
export const createTenant = (db: Database, tenant: { title: string }): Promise<string> =>
  seeding(db, async (write) => {
    const id = await insertTenant(write, tenant.title)
    await insertTenantDefaults(write, id)
    return id
  })

export const createTenantDefaults = (db: Database, tenant: { id: string }): Promise<void> =>
  seeding(db, (write) => insertTenantDefaults(write, tenant.id))

export const createCustomer = (db: Database, customer: { tenantId: string; title: string }): Promise<string> =>
  seeding(db, (write) => insertCustomer(write, customer))

export const createUser = (db: Database, user: NewUser): Promise<string> =>
  seeding(db, (write) => insertUser(write, user))
