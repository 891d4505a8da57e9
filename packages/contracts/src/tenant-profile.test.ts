import { expect, test } from 'vitest'
import { readTenantProfileConfiguration, saveTenantProfileSchema } from './tenant-profile.ts'

test('a configuration that names nothing limits nothing', () => {
  expect(readTenantProfileConfiguration(undefined)).toMatchObject({
    type: 'DEFAULT',
    maxDevices: 0,
    tenantServerRestLimitsConfiguration: null,
    maxDataPointsPerRollingArg: 1_000,
  })
})

test('a stored member that is not understood counts as not named; the others hold', () => {
  const stored = { maxDevices: 7, maxAssets: 'many', tenantServerRestLimitsConfiguration: 'soon', later: true }
  expect(readTenantProfileConfiguration(stored)).toMatchObject({
    maxDevices: 7,
    maxAssets: 0,
    tenantServerRestLimitsConfiguration: null,
    later: true,
  })
  expect(readTenantProfileConfiguration('nothing')).toMatchObject({ maxDevices: 0 })
})

test.each([-1, 1.5, '5', null])('a profile with maxDevices %j is refused', (maxDevices) => {
  const profile = { name: 'P', profileData: { configuration: { maxDevices } } }
  expect(saveTenantProfileSchema.safeParse(profile).success).toBe(false)
})

test('a name with markup is refused', () => {
  const { error } = saveTenantProfileSchema.safeParse({ name: '<script>alert(1)</script>' })
  expect(error?.issues).toMatchObject([{ message: 'Validation error: name is malformed' }])
})
