import { describe, expect, it } from 'vitest'
import type { ProfileView } from '@/api/device-profiles.ts'
import { differences } from '../../components/edit-state.ts'
import { problemsOf, refusedField, toBody, toForm } from './profile-form.ts'

const id = '13814000-1dd2-11b2-8080-808080808080'
const profile = (change: Partial<ProfileView> = {}): ProfileView => ({
  id: { entityType: 'DEVICE_PROFILE', id },
  createdTime: 1,
  tenantId: { entityType: 'TENANT', id },
  name: 'Pumps',
  description: null,
  image: null,
  default: false,
  type: 'DEFAULT',
  transportType: 'DEFAULT',
  provisionType: 'DISABLED',
  defaultRuleChainId: null,
  defaultDashboardId: null,
  defaultQueueName: null,
  profileData: { configuration: { type: 'DEFAULT' }, transportConfiguration: { type: 'DEFAULT' } },
  provisionDeviceKey: null,
  firmwareId: null,
  softwareId: null,
  defaultEdgeRuleChainId: null,
  externalId: null,
  version: 3,
  ...change,
})

describe('the form of a device profile', () => {
  it('keeps what it does not show: version, image and unknown parts of the data', () => {
    const base = profile({ image: 'x', profileData: { configuration: { type: 'DEFAULT' }, alarms: [{ id: 'a' }] } })
    expect(toBody(toForm(base), base)).toMatchObject({
      version: 3,
      image: 'x',
      profileData: { alarms: [{ id: 'a' }], transportConfiguration: { type: 'DEFAULT' } },
    })
  })

  it('leaves alarm rules alone that were not edited, and sends those that were', () => {
    const rule = { id: 'a', alarmType: 'Hot', createRules: {}, unknown: { kept: true } }
    const base = profile({ profileData: { alarms: [rule] } })
    const form = toForm(base)
    expect(toBody(form, base).profileData?.alarms).toEqual([rule])
    expect(toBody({ ...form, alarmRules: '[]' }, base).profileData?.alarms).toEqual([])
    const without = profile()
    expect(toBody(toForm(without), without).profileData).not.toHaveProperty('alarms')
  })

  it('puts what the schema says of a rule beside the rules', () => {
    const base = profile()
    const form = { ...toForm(base), alarmRules: JSON.stringify([{ id: 'a', alarmType: '' }]) }
    expect(Object.keys(problemsOf(form, base, 'missing'))).toEqual(['alarmRules'])
  })

  it('keeps the settings of a transport while its type stays, and none of another type', () => {
    const base = profile({
      transportType: 'MQTT',
      profileData: { transportConfiguration: { type: 'MQTT', deviceTelemetryTopic: 'a/+', sparkplug: true } },
    })
    const form = toForm(base)
    expect(toBody(form, base).profileData?.transportConfiguration).toMatchObject({
      deviceTelemetryTopic: 'a/+',
      sparkplug: true,
    })
    expect(toBody({ ...form, transportType: 'DEFAULT' }, base).profileData?.transportConfiguration).toEqual({
      type: 'DEFAULT',
    })
  })

  it('sends topic filters line by line and tells which line is wrong', () => {
    const base = profile()
    const form = { ...toForm(base), isSpaceOpen: true, publishFilters: ' plant/# \n\nplant/a+/x' }
    expect(toBody(form, base).profileData?.topicSpace?.publishFilters).toEqual(['plant/#', 'plant/a+/x'])
    expect(problemsOf(form, base, 'missing').publishFilters).toMatch(/\(2\)$/)
  })

  it('puts what the schema says of a topic beside that topic', () => {
    const base = profile()
    const form = { ...toForm(base), transportType: 'MQTT' as const, telemetryTopic: 'a/#/b' }
    expect(Object.keys(problemsOf(form, base, 'missing'))).toEqual(['telemetryTopic'])
  })

  it.each(['ALLOW_CREATE_NEW_DEVICES', 'CHECK_PRE_PROVISIONED_DEVICES'] as const)('%s needs key and secret', (type) => {
    const base = profile()
    const form = { ...toForm(base), provisionType: type }
    expect(problemsOf(form, base, 'missing')).toEqual({ provisionKey: 'missing', provisionSecret: 'missing' })
    const full = { ...form, provisionKey: ' key ', provisionSecret: 'secret' }
    expect(problemsOf(full, base, 'missing')).toEqual({})
    expect(toBody(full, base)).toMatchObject({
      provisionDeviceKey: 'key',
      profileData: { provisionConfiguration: { type, provisionDeviceSecret: 'secret' } },
    })
  })

  it('does not send the key that the server made from a certificate, and needs the certificate', () => {
    const base = profile({
      provisionType: 'X509_CERTIFICATE_CHAIN',
      provisionDeviceKey: 'fingerprint',
      profileData: { provisionConfiguration: { type: 'X509_CERTIFICATE_CHAIN', provisionDeviceSecret: 'PEM' } },
    })
    const form = toForm(base)
    expect(form).toMatchObject({ certificate: 'PEM', provisionKey: '', namePattern: '(.*)' })
    expect(toBody(form, base).provisionDeviceKey).toBeNull()
    expect(problemsOf({ ...form, certificate: ' ' }, base, 'missing')).toEqual({ certificate: 'missing' })
  })

  it('tells in which fields two states differ', () => {
    const mine = toForm(profile())
    expect(differences(mine, { ...mine, name: 'Valves', isSpaceOpen: true })).toEqual(['name', 'isSpaceOpen'])
    expect(differences(mine, mine)).toEqual([])
  })

  it.each([
    ['Device profile with such name already exists!', 'name'],
    ['Device profile with such provision device key already exists!', 'provisionKey'],
    ['The certificate cannot be read: a PEM text is expected!', 'certificate'],
    ['Certificate regular expression cannot be read!', 'namePattern'],
    ['Something else', undefined],
  ])('puts the refusal "%s" beside %s', (message, field) => {
    expect(refusedField(message)).toBe(field)
  })
})
