import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { certificateId, readCertificate } from '../devices/certificates.ts'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'
import { testCertificate } from '../testing/certificates.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(async () => api[Symbol.asyncDispose]())

const authority = testCertificate({ name: 'Authority', isAuthority: true })
const body = (name: string, certificate: string, more: Record<string, unknown> = {}) => ({
  name,
  type: 'DEFAULT',
  transportType: 'MQTT',
  provisionType: 'X509_CERTIFICATE_CHAIN',
  provisionDeviceKey: 'typed by somebody',
  profileData: {
    configuration: { type: 'DEFAULT' },
    transportConfiguration: { type: 'MQTT' },
    provisionConfiguration: {
      type: 'X509_CERTIFICATE_CHAIN',
      provisionDeviceSecret: certificate,
      certificateRegExPattern: '(.*)@example',
      allowCreateNewDevicesByX509Certificate: true,
      ...more,
    },
  },
})

test('a profile that trusts an authority goes by its certificate, and follows a change of it', async () => {
  const first = await api.admin.post('/api/deviceProfile', body('Chain', authority.cert))
  expect(first.status, first.text).toBe(200)
  expect(first.body).toMatchObject({
    provisionDeviceKey: certificateId(readCertificate(authority.cert)),
    profileData: {
      provisionConfiguration: {
        type: 'X509_CERTIFICATE_CHAIN',
        provisionDeviceSecret: authority.cert,
        certificateRegExPattern: '(.*)@example',
        allowCreateNewDevicesByX509Certificate: true,
      },
    },
  })
  const next = testCertificate({ name: 'Authority', isAuthority: true })
  const { id, version } = z.looseObject({ id: z.unknown(), version: z.number() }).parse(first.body)
  const changed = await api.admin.post('/api/deviceProfile', { ...body('Chain', next.cert), id, version })
  expect(changed.body).toMatchObject({ provisionDeviceKey: certificateId(readCertificate(next.cert)) })
})

test('nobody else may trust the same one, and nothing but an authority is taken', async () => {
  const mine = testCertificate({ name: 'Mine', isAuthority: true })
  expect((await api.admin.post('/api/deviceProfile', body('Mine', mine.cert))).status).toBe(200)
  expect(await api.strangerAdmin.post('/api/deviceProfile', body('Theirs', mine.cert))).toMatchObject({
    status: 400,
    body: { message: 'Device profile with such provision device key already exists!' },
  })
  expect(
    await api.admin.post('/api/deviceProfile', body('Leaf', testCertificate({ name: 'Leaf' }).cert)),
  ).toMatchObject({
    status: 400,
    body: { message: 'The certificate should be one of an authority (CA)!' },
  })
  expect(await api.admin.post('/api/deviceProfile', body('No PEM', 'secret'))).toMatchObject({ status: 400 })
  expect((await api.customer.post('/api/deviceProfile', body('Customer', mine.cert))).status).toBe(403)
})
