import { describe, expect, it } from 'vitest'
import type { ProfileView } from '@/api/device-profiles.ts'
import { fromFile, toFile } from './profile-file.ts'

const id = '13814000-1dd2-11b2-8080-808080808080'
const profile: ProfileView = {
  id: { entityType: 'DEVICE_PROFILE', id },
  createdTime: 1,
  tenantId: { entityType: 'TENANT', id },
  name: 'Pumps',
  description: 'of all halls',
  image: null,
  default: true,
  type: 'DEFAULT',
  transportType: 'MQTT',
  provisionType: 'DISABLED',
  defaultRuleChainId: { entityType: 'RULE_CHAIN', id },
  defaultDashboardId: null,
  defaultQueueName: 'Main',
  profileData: {
    configuration: { type: 'DEFAULT' },
    transportConfiguration: { type: 'MQTT', deviceTelemetryTopic: 'a/+' },
    alarms: [{ id: 'a', alarmType: 'Hot', createRules: {}, kept: true }],
  },
  provisionDeviceKey: null,
  firmwareId: { entityType: 'OTA_PACKAGE', id },
  softwareId: null,
  defaultEdgeRuleChainId: null,
  externalId: null,
  version: 3,
}

describe('the file of a device profile', () => {
  it('has nothing that belongs to this installation alone, and is never the default elsewhere', () => {
    const file: Record<string, unknown> = toFile(profile)
    for (const member of ['id', 'createdTime', 'tenantId', 'externalId', 'version'])
      expect(file).not.toHaveProperty(member)
    expect(file).toMatchObject({ name: 'Pumps', default: false, profileData: profile.profileData })
  })

  it('comes back as a new profile with all of its settings, without packages', () => {
    const { firmwareId, id: _, ...rest } = fromFile(JSON.parse(JSON.stringify(toFile(profile))))
    expect(firmwareId).toBeNull()
    expect(rest).toMatchObject({
      name: 'Pumps',
      transportType: 'MQTT',
      defaultQueueName: 'Main',
      defaultRuleChainId: { id },
      profileData: profile.profileData,
    })
  })

  it('does not overwrite the profile whose id a stranger wrote into it', () => {
    expect(fromFile({ ...toFile(profile), id: profile.id, version: 3, default: true })).not.toMatchObject({
      id: profile.id,
    })
  })

  it.each([null, [], 'text', { name: '' }, { name: 'x', transportType: 'PIGEON' }])(
    'says what is wrong with %j',
    (content) => {
      expect(() => fromFile(content)).toThrow(/\S/)
    },
  )
})
