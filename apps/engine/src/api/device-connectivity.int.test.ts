import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'
import { testCertificate } from '../testing/certificates.ts'

let api: ApiUnderTest
let folder: string
const own = testCertificate({ name: 'Own', hosts: ['localhost'] })
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'connectivity-'))
  // Some keep both in one file.
  await writeFile(join(folder, 'cert.pem'), own.key + own.cert)
  api = await apiUnderTest({ config: { MQTT_TLS_PORT: 8884, MQTT_TLS_CERT: join(folder, 'cert.pem') } })
})
afterAll(async () => {
  await api[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

const download = (protocol: string) =>
  api.request({ method: 'GET', url: `/api/device-connectivity/${protocol}/certificate/download` })

test('anybody gets the certificate of the TLS port, and nothing else of its file', async () => {
  const answer = await download('mqtts')
  expect(answer.status).toBe(200)
  expect(answer.text).toBe(own.cert)
  expect(answer.headers['content-disposition']).toBe('attachment;filename="server-chain.pem"')
})

test('settings that nobody has saved say that the port is open', async () => {
  const answer = await api.systemAdmin.get('/api/admin/settings/connectivity')
  expect(answer.body).toMatchObject({ jsonValue: { mqtts: { enabled: true, port: '8884' } } })
})

test('other protocols have none', async () => {
  expect(await download('coaps')).toMatchObject({
    status: 404,
    body: { errorCode: 32, message: 'coaps pem cert file is not found!' },
  })
})

test('the commands of a device fetch it where nobody else vouches for it', async () => {
  const answer = await api.admin.get(`/api/device-connectivity/${api.tenant.device.id.id}`)
  expect(answer.body).toMatchObject({
    mqtt: {
      mqtts: [
        expect.stringContaining('/api/device-connectivity/mqtts/certificate/download'),
        expect.stringContaining('--cafile server-chain.pem -h localhost -p 8884'),
      ],
    },
  })
})
