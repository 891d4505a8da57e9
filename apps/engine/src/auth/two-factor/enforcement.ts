import type { PlatformTwoFaSettings, TwoFaProviderType, User } from '@thingwire/contracts'

export const defaultVerificationSeconds = 1_800

/** The providers that the platform offers, in the order of its settings. */
export const offeredTypes = (platform: PlatformTwoFaSettings | null): TwoFaProviderType[] =>
  platform?.providers.map(({ providerType }) => providerType) ?? []

/**
 * Whether the platform demands a second factor of this user.
 * @param profileOf The tenant profile of a tenant; asked only when the filter names profiles
 */
export const isEnforced = async (
  platform: PlatformTwoFaSettings,
  user: User,
  profileOf: (tenantId: string) => Promise<string | null>,
): Promise<boolean> => {
  if (!platform.enforceTwoFa) return false
  const filter = platform.enforcedUsersFilter
  if (!filter) return true
  switch (filter.type) {
    case 'ALL_USERS':
      return true
    case 'SYSTEM_ADMINISTRATORS':
      return user.authority === 'SYS_ADMIN'
    case 'TENANT_ADMINISTRATORS': {
      if (user.authority !== 'TENANT_ADMIN') return false
      const { tenantsIds, tenantProfilesIds } = filter
      if (tenantsIds?.length) return tenantsIds.includes(user.tenantId.id)
      if (!tenantProfilesIds?.length) return true
      const profileId = await profileOf(user.tenantId.id)
      return profileId !== null && tenantProfilesIds.includes(profileId)
    }
  }
}
