import type { Prisma, PrismaTransaction } from '../connection/prisma.ts'
import { defaultDeviceProfileData } from '../devices/device-rows.ts'
import { createChain } from '../rule-chains/rule-chains.repository.ts'
import { uuidV7 } from '../uuid.ts'
import { rootRuleChainFile } from './root-rule-chain.ts'

/** One transaction that makes a tenant. */
export type TenantWrite = { db: Prisma; tx: PrismaTransaction }

/** What every tenant starts with: default profiles, the root rule chain, its API usage. Only what is missing is made. */
export const insertTenantDefaults = async (write: TenantWrite, tenantId: string): Promise<void> => {
  const { tx } = write
  if (!(await tx.deviceProfile.findFirst({ where: { tenantId, isDefault: true }, select: { id: true } })))
    await insertDeviceProfile(write, {
      tenantId,
      name: 'default',
      isDefault: true,
      description: 'Default device profile',
    })
  if (!(await tx.assetProfile.findFirst({ where: { tenantId, isDefault: true }, select: { id: true } })))
    await tx.assetProfile.create({
      data: {
        id: uuidV7(),
        ...created(),
        tenantId,
        name: 'default',
        isDefault: true,
        description: 'Default asset profile',
      },
    })
  if (!(await tx.ruleChain.findFirst({ where: { tenantId, root: true, type: 'CORE' }, select: { id: true } })))
    await createChain({ ...write, tenantId }, rootRuleChainFile(), true)
  await tx.apiUsageState.createMany({
    data: [{ id: uuidV7(), ...created(), tenantId, entityId: tenantId, entityType: 'TENANT' }],
    skipDuplicates: true,
  })
}

export const insertDeviceProfile = async (
  { tx }: TenantWrite,
  profile: { tenantId: string; name: string; isDefault: boolean; description: string },
): Promise<string> => {
  const id = uuidV7()
  await tx.deviceProfile.create({ data: { id, ...created(), ...profile, profileData: defaultDeviceProfileData } })
  return id
}

const created = () => ({ createdTime: BigInt(Date.now()) })
