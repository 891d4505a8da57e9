import { describe, expect, it } from 'vitest'
import { httpRule } from './http-rules.ts'

const id = '1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed'

describe('what code of a dashboard may ask of the REST API', () => {
  it.each([
    ['GET', `/api/device/${id}`, 'read'],
    ['GET', '/api/tenant/deviceInfos?pageSize=10&page=0', 'read'],
    ['GET', `/api/customer/${id}/devices?pageSize=10&page=0`, 'read'],
    ['GET', `/api/plugins/telemetry/DEVICE/${id}/values/timeseries?keys=a`, 'read'],
    ['GET', `/api/relations/info?fromId=${id}&fromType=DEVICE`, 'read'],
    ['POST', '/api/entitiesQuery/find', 'read'],
    ['POST', '/api/device', 'confirm'],
    ['DELETE', `/api/asset/${id}`, 'confirm'],
    ['POST', `/api/alarm/${id}/ack`, 'confirm'],
    ['POST', `/api/plugins/telemetry/${id}/SERVER_SCOPE`, 'confirm'],
  ])('%s %s: %s', (method, path, mode) => {
    expect(httpRule(method, path)).toEqual({ path, mode })
  })

  it.each([
    ['GET', '/api/auth/user'],
    ['GET', `/api/user/${id}/token`],
    ['GET', '/api/users?pageSize=10&page=0'],
    ['POST', '/api/user'],
    ['POST', '/api/session'],
    ['POST', '/api/auth/changePassword'],
    ['GET', '/api/admin/settings/mail'],
    ['GET', '/api/resource/js_module/tenant/one.js'],
    ['GET', `/api/device/${id}/credentials`],
    ['POST', '/api/device/credentials'],
    ['POST', '/api/device-with-credentials'],
    ['GET', '/api/device/../user/1'],
    ['GET', '/api/device/%2e%2e/user'],
    ['GET', '/api/device/..%2fuser'],
    ['GET', '/api/device\\..\\user'],
    ['GET', '//example.org/api/device/1'],
    ['GET', 'https://example.org/api/device/1'],
    ['GET', '/devices'],
    ['PATCH', `/api/device/${id}`],
    ['DELETE', `/api/tenant/${id}`],
    ['POST', '/api/ruleChain'],
    ['POST', '/api/dashboard'],
    ['POST', '/api/devices/../user'],
    ['get', '/api/devices'],
  ])('%s %s: no', (method, path) => {
    expect(httpRule(method, path)).toBeNull()
  })
})
