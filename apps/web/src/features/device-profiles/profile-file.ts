import { saveDeviceProfileSchema, type SaveDeviceProfile } from '@thingwire/contracts'
import { z } from 'zod'
import type { ProfileView } from '@/api/device-profiles.ts'

/** A profile as ThingsBoard exports it: without what makes it one of this installation. */
export const toFile = (profile: ProfileView) => {
  const { id: _, createdTime: __, tenantId: ___, externalId: ____, version: _____, ...content } = profile
  return { ...content, default: false }
}

/**
 * The profile that a file describes, as a new one. Its packages were made for another profile; the rule chain and the
 * dashboard it names are left to the caller, who knows whether they are here. Throws with everything that is wrong.
 */
export const fromFile = (content: unknown): SaveDeviceProfile => {
  const parsed = saveDeviceProfileSchema.safeParse(content)
  if (parsed.error) throw new Error(z.prettifyError(parsed.error))
  const { id: _, version: __, externalId: ___, ...profile } = parsed.data
  return { ...profile, default: false, firmwareId: null, softwareId: null, defaultEdgeRuleChainId: null }
}
