import { nullUuid } from '@thingwire/contracts'
import { expect, it } from 'vitest'
import { mayWriteValues, type Viewer } from './write-rights.ts'

const id = '784f394c-42b6-435a-983c-b7beff2784f9'
const viewer = (authority: Viewer['authority'], userId = id): Viewer => ({
  authority,
  id: { entityType: 'USER', id: userId },
})
const other = '13814000-1dd2-11b2-8080-808080808080'

it.each([
  ['administrators of a tenant', viewer('TENANT_ADMIN'), { DEVICE: true, CUSTOMER: true, TENANT: false }],
  ['administrators of the system', viewer('SYS_ADMIN'), { TENANT: true, DEVICE: false }],
  ['people of a customer', viewer('CUSTOMER_USER'), { DEVICE: true, ASSET: true, ENTITY_VIEW: true, CUSTOMER: false }],
  ['visitors', viewer('CUSTOMER_USER', nullUuid), { DEVICE: false, ASSET: false, CUSTOMER: false }],
] as const)('%s are offered to store what the server takes', (_, who, expected) => {
  for (const [entityType, may] of Object.entries(expected))
    expect([entityType, mayWriteValues(who, { entityType: entityType as 'DEVICE', id: other })]).toEqual([
      entityType,
      may,
    ])
})

it('people of a customer may store values of their own account and of no other', () => {
  const may = (user: string) => mayWriteValues(viewer('CUSTOMER_USER'), { entityType: 'USER', id: user })
  expect([may(id), may(other)]).toEqual([true, false])
})
