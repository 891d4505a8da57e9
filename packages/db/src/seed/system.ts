import type { Database } from '../database.ts'
import { uuidV7 } from '../uuid.ts'
import { systemQueues } from './queues.ts'
import { defaultTenantProfileData } from './tenant-profile.ts'
import { seeding } from './tenants.ts'

/** What the platform cannot run without: the default tenant profile and the queues. What exists stays as it is. */
export const seedSystem = (db: Database): Promise<void> =>
  seeding(db, async ({ tx }) => {
    const createdTime = BigInt(Date.now())
    if (!(await tx.tenantProfile.findFirst({ where: { isDefault: true } })))
      await tx.tenantProfile.create({
        data: {
          id: uuidV7(),
          createdTime,
          name: 'Default',
          description: 'Default tenant profile',
          isDefault: true,
          profileData: defaultTenantProfileData,
        },
      })
    const existing = await tx.queue.findMany({ where: { tenantId: null }, select: { name: true } })
    const missing = systemQueues.filter((queue) => !existing.some((found) => found.name === queue.name))
    await tx.queue.createMany({ data: missing.map((queue) => ({ id: uuidV7(), createdTime, ...queue })) })
  })
