import { describe, expect, it } from 'vitest'
import { closedPlace } from './navigation.ts'

describe('places of the console', () => {
  it.each([
    ['SYS_ADMIN', '/devices'],
    ['SYS_ADMIN', '/dashboards/1'],
    ['SYS_ADMIN', '/alarms'],
    ['CUSTOMER_USER', '/ledger'],
    ['CUSTOMER_USER', '/device-profiles/1'],
    ['CUSTOMER_USER', '/ota-packages'],
    ['CUSTOMER_USER', '/alarm-rules/1'],
    ['SYS_ADMIN', '/device-profiles'],
    ['CUSTOMER_USER', '/rule-chains/1'],
  ] as const)('are closed to %s at %s', (authority, pathname) => {
    expect(closedPlace(authority, pathname)?.href).toBe(`/${pathname.split('/')[1]}`)
  })

  it.each([
    ['SYS_ADMIN', '/'],
    ['SYS_ADMIN', '/ledger'],
    ['TENANT_ADMIN', '/rule-chains/1'],
    ['TENANT_ADMIN', '/alarms'],
    ['TENANT_ADMIN', '/alarm-rules/new'],
    ['CUSTOMER_USER', '/alarms'],
    ['CUSTOMER_USER', '/devices/1'],
    ['CUSTOMER_USER', '/nowhere'],
  ] as const)('are open to %s at %s', (authority, pathname) => {
    expect(closedPlace(authority, pathname)).toBeNull()
  })
})
