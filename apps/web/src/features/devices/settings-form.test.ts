import { describe, expect, it } from 'vitest'
import type { DeviceView } from '@/api/entities.ts'
import { problemsOf, refusedField, toBody, toForm, toState } from './settings-form.ts'

const id = '13814000-1dd2-11b2-8080-808080808080'
const other = '13814000-1dd2-11b2-8080-808080808081'
const words = { timeout: 'Enter seconds' }
const device = (change: Partial<DeviceView> = {}): DeviceView => ({
  id: { entityType: 'DEVICE', id },
  createdTime: 1,
  additionalInfo: null,
  tenantId: { entityType: 'TENANT', id },
  customerId: { entityType: 'CUSTOMER', id },
  name: 'Pump 1',
  type: 'pump',
  label: null,
  deviceProfileId: { entityType: 'DEVICE_PROFILE', id },
  deviceData: { configuration: { type: 'DEFAULT' }, transportConfiguration: { type: 'DEFAULT' } },
  firmwareId: { entityType: 'OTA_PACKAGE', id },
  softwareId: null,
  externalId: null,
  version: 4,
  customerTitle: null,
  customerIsPublic: false,
  deviceProfileName: 'pump',
  active: false,
  ...change,
})
const stateOf = (change: Partial<DeviceView> = {}, timeoutMs?: number) =>
  toState(
    device(change),
    timeoutMs === undefined ? [] : [{ key: 'inactivityTimeout', value: timeoutMs, lastUpdateTs: 1 }],
  )

describe('the settings of a device', () => {
  it('come back as they were when nothing is changed', () => {
    const additionalInfo = { gateway: true, description: 'Roof', overwriteActivityTime: true }
    const state = stateOf({ additionalInfo, label: 'north' }, 90_500)
    expect(toForm(state)).toEqual({
      name: 'Pump 1',
      label: 'north',
      profileId: id,
      description: 'Roof',
      isGateway: true,
      timeout: '90.5',
    })
    expect(toBody(toForm(state), state)).toMatchObject({ version: 4, label: 'north', additionalInfo })
    expect(problemsOf(toForm(state), state, words)).toEqual({})
  })

  it('keep what the form does not show, and leave out what is switched off', () => {
    const state = stateOf({ additionalInfo: { gateway: true, description: 'Roof', floor: 2 } })
    const body = toBody({ ...toForm(state), isGateway: false, description: '' }, state)
    expect(body.additionalInfo).toEqual({ floor: 2 })
    expect(body.firmwareId).toEqual({ entityType: 'OTA_PACKAGE', id })
  })

  it('take the packages of another profile away', () => {
    const state = stateOf()
    expect(toBody({ ...toForm(state), profileId: other }, state)).toMatchObject({
      deviceProfileId: { id: other },
      firmwareId: null,
      softwareId: null,
    })
  })

  it.each(['0', '-1', 'soon', '99999999'])('refuse %j as a timeout', (timeout) => {
    const state = stateOf()
    expect(problemsOf({ ...toForm(state), timeout }, state, words)).toEqual({ timeout: 'Enter seconds' })
  })

  it('say what the server would about a name', () => {
    const state = stateOf()
    expect(problemsOf({ ...toForm(state), name: '' }, state, words).name).toContain('name')
    expect(refusedField('Device with such name already exists!')).toBe('name')
    expect(refusedField('Something else')).toBeUndefined()
  })
})
