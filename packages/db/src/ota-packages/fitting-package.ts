import { AppError, type OtaPackageType } from '@thingwire/contracts'
import type { PrismaTransaction } from '../connection/prisma.ts'

/** Throws unless the package exists in the tenant, is of the type, made for the profile, and can be loaded. */
export const requireFittingPackage = async (
  tx: PrismaTransaction,
  wanted: { tenantId: string; id: string; type: OtaPackageType; deviceProfileId: string | null },
): Promise<void> => {
  const { tenantId, id, type, deviceProfileId } = wanted
  const noun = type.toLowerCase()
  const refuse = (reason: string) => new AppError('ARGUMENT_INVALID', `Can't assign ${reason}!`)
  const found = await tx.otaPackage.findFirst({
    where: { id, tenantId },
    select: { type: true, url: true, dataSize: true, deviceProfileId: true, data: { select: { otaPackageId: true } } },
  })
  if (!found) throw refuse(`non-existent ${noun}`)
  if (found.type !== type) throw refuse(`${noun} with type: ${found.type}`)
  if (!found.data && !found.url) throw refuse(`${noun} with empty data`)
  if (found.deviceProfileId !== deviceProfileId) throw refuse(`${noun} with different deviceProfile`)
}
