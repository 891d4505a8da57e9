import { createHash } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
let deviceProfileId: { entityType: 'DEVICE_PROFILE'; id: string }
beforeAll(async () => {
  api = await apiUnderTest()
  const profile = await api.db.deviceProfiles.findDefault(api.tenant.scope)
  if (!profile) throw new Error('The tenant has no default profile')
  deviceProfileId = profile.id
})
afterAll(() => api[Symbol.asyncDispose]())

const packageSchema = z.looseObject({ id: z.object({ entityType: z.literal('OTA_PACKAGE'), id: z.string() }) })
const save = (otaPackage: object, client = api.admin) =>
  client.post('/api/otaPackage', { deviceProfileId, type: 'FIRMWARE', ...otaPackage })
const create = async (otaPackage: object) => {
  const answer = await save(otaPackage)
  expect(answer.status, answer.text).toBe(200)
  return packageSchema.parse(answer.body)
}
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const boundary = 'the-boundary'
const upload = (id: string, content: string, query: Record<string, string> = {}, fileName = 'boiler.bin') =>
  api.request({
    method: 'POST',
    url: `/api/otaPackage/${id}?${new URLSearchParams({ checksumAlgorithm: 'SHA256', ...query })}`,
    headers: {
      'x-authorization': `Bearer ${api.admin.token}`,
      'content-type': `multipart/form-data; boundary=${boundary}`,
    },
    payload: [
      `--${boundary}`,
      `Content-Disposition: form-data; name="file"; filename="${fileName}"`,
      'Content-Type: application/octet-stream',
      '',
      content,
      `--${boundary}--`,
      '',
    ].join('\r\n'),
  })

test('the checksum may be sent in the form beside the file, as the Python client does', async () => {
  const made = await create({ title: 'By form', version: '1.0' })
  const field = (name: string, value: string) => [
    `--${boundary}`,
    `Content-Disposition: form-data; name="${name}"`,
    '',
    value,
  ]
  const send = (algorithm: string, checksum: string) =>
    api.request({
      method: 'POST',
      url: `/api/otaPackage/${made.id.id}`,
      headers: {
        'x-authorization': `Bearer ${api.admin.token}`,
        'content-type': `multipart/form-data; boundary=${boundary}`,
      },
      payload: [
        ...field('checksumAlgorithm', algorithm),
        `--${boundary}`,
        'Content-Disposition: form-data; name="file"; filename="boiler.bin"',
        'Content-Type: application/octet-stream',
        '',
        'firmware',
        ...field('checksum', checksum),
        `--${boundary}--`,
        '',
      ].join('\r\n'),
    })
  expect(await send('ROT13', '')).toMatchObject({
    status: 400,
    body: { message: 'OtaPackage checksum algorithm should be specified!' },
  })
  expect((await send('SHA256', sha256('other'))).status).toBe(400)
  expect(await send('SHA256', sha256('firmware'))).toMatchObject({
    status: 200,
    body: { hasData: true, checksumAlgorithm: 'SHA256', checksum: sha256('firmware') },
  })
})

describe('a package', () => {
  test('is made in two steps and downloaded as it was', async () => {
    const made = await create({ title: 'Boiler', version: '1.0', tag: 'Boiler 1.0' })
    expect(made).toMatchObject({ name: 'Boiler', hasData: false, checksum: null, url: null, dataSize: null })
    const loaded = await upload(made.id.id, 'firmware', { checksum: sha256('firmware').toUpperCase() })
    expect(loaded, loaded.text).toMatchObject({
      status: 200,
      body: {
        hasData: true,
        fileName: 'boiler.bin',
        contentType: 'application/octet-stream',
        dataSize: 8,
        checksumAlgorithm: 'SHA256',
        checksum: sha256('firmware'),
      },
    })
    const file = await api.admin.get(`/api/otaPackage/${made.id.id}/download`)
    expect(file).toMatchObject({ status: 200, text: 'firmware' })
    expect(file.headers).toMatchObject({
      'content-disposition': 'attachment;filename="boiler.bin"',
      'x-filename': 'boiler.bin',
      'content-type': 'application/octet-stream',
    })
    expect((await api.admin.get(`/api/otaPackage/${made.id.id}`)).body).toMatchObject({
      data: Buffer.from('firmware').toString('base64'),
    })
    expect((await api.admin.get(`/api/otaPackage/info/${made.id.id}`)).body).not.toHaveProperty('data')
  })

  test('may lie at a URL', async () => {
    const made = await create({ title: 'Far', version: '1', usesUrl: true, url: 'https://example.org/far.bin' })
    expect(made).toMatchObject({ url: 'https://example.org/far.bin', hasData: false })
    expect((await api.admin.get(`/api/otaPackage/${made.id.id}/download`)).status).toBe(400)
    expect((await upload(made.id.id, 'x')).status).toBe(400)
  })

  test.each([
    [{ version: '1' }, 'OtaPackage title should be specified!'],
    [{ title: 'T' }, 'OtaPackage version should be specified!'],
    [{ title: 'T', version: '1', type: 'OTHER' }, 'Type should be specified!'],
    [{ title: 'T', version: '1', deviceProfileId: null }, 'Device profile id should be specified!'],
  ])('%j is refused with "%s"', async (otaPackage, message) => {
    expect(await save(otaPackage)).toMatchObject({ status: 400, body: { message } })
  })

  test('is unique by title and version', async () => {
    await create({ title: 'Once', version: '1' })
    expect(await save({ title: 'Once', version: '1', type: 'SOFTWARE' })).toMatchObject({
      status: 400,
      body: { message: 'OtaPackage with such title and version already exists!' },
    })
    await create({ title: 'Once', version: '2' })
  })

  test('does not change, but for what people note on it', async () => {
    const made = await create({ title: 'Fixed', version: '1' })
    const changed = (more: object) => save({ ...made, ...more })
    for (const [field, value] of [
      ['title', 'Other'],
      ['version', '2'],
      ['tag', 'other'],
      ['url', 'http://x.org/y'],
      ['type', 'SOFTWARE'],
    ] as const)
      expect(await changed({ [field]: value })).toMatchObject({
        status: 400,
        body: { message: `Updating otaPackage ${field} is prohibited!` },
      })
    expect((await changed({ additionalInfo: { description: 'tested' } })).body).toMatchObject({
      additionalInfo: { description: 'tested' },
    })
  })

  test('has the content that its checksum says, and has it once', async () => {
    const { id } = await create({ title: 'Checked', version: '1' })
    expect(await upload(id.id, 'firmware', { checksum: sha256('other') })).toMatchObject({
      status: 400,
      body: { message: 'Wrong otaPackage file!' },
    })
    expect((await upload(id.id, 'firmware', { checksumAlgorithm: 'CRC16' })).status).toBe(400)
    expect((await upload(id.id, '')).status).toBe(400)
    expect((await api.admin.post(`/api/otaPackage/${id.id}?checksumAlgorithm=MD5`, {})).status).toBe(415)
    expect((await upload(id.id, 'firmware')).status).toBe(200)
    expect(await upload(id.id, 'newer')).toMatchObject({
      status: 400,
      body: { message: 'Updating otaPackage data is prohibited!' },
    })
  })

  test('names a file without leaving its header', async () => {
    const { id } = await create({ title: 'Named', version: '1' })
    expect((await upload(id.id, 'x', {}, 'ä;b.bin')).status).toBe(200)
    const { headers } = await api.admin.get(`/api/otaPackage/${id.id}/download`)
    expect(headers['content-disposition']).toBe(`attachment;filename="__b.bin";filename*=UTF-8''%C3%A4%3Bb.bin`)
  })
})

describe('what uses a package', () => {
  test('fits it, and keeps it from being deleted', async () => {
    const empty = await create({ title: 'Empty', version: '1' })
    const device = { id: api.tenant.device.id, name: api.tenant.device.name }
    const give = (id: object, member = 'firmwareId') => api.admin.post('/api/device', { ...device, [member]: id })
    expect((await give(empty.id)).body).toMatchObject({ message: "Can't assign firmware with empty data!" })
    const full = await create({ title: 'Full', version: '1' })
    await upload(full.id.id, 'x')
    expect((await give(full.id, 'softwareId')).body).toMatchObject({
      message: "Can't assign software with type: FIRMWARE!",
    })
    const other = await api.db.deviceProfiles.save(api.tenant.scope, {
      name: 'Other',
      type: 'DEFAULT',
      transportType: 'DEFAULT',
    })
    const misfit = await create({ title: 'Misfit', version: '1', deviceProfileId: other.id, url: 'http://x.org/y' })
    expect((await give(misfit.id)).body).toMatchObject({
      message: "Can't assign firmware with different deviceProfile!",
    })
    expect((await give(full.id)).body).toMatchObject({ firmwareId: full.id })
    expect(await api.admin.delete(`/api/otaPackage/${full.id.id}`)).toMatchObject({
      status: 400,
      body: { message: 'The otaPackage referenced by the devices cannot be deleted!' },
    })
    expect((await api.admin.post('/api/device', device)).body).toMatchObject({ firmwareId: null })
    expect((await api.admin.delete(`/api/otaPackage/${full.id.id}`)).status).toBe(200)
    expect((await api.admin.get(`/api/otaPackage/info/${full.id.id}`)).status).toBe(404)
  })

  test('a profile with its own package', async () => {
    const profile = await api.db.deviceProfiles.save(api.tenant.scope, {
      name: 'Packed',
      type: 'DEFAULT',
      transportType: 'DEFAULT',
    })
    const made = await create({ title: 'Packed', version: '1', deviceProfileId: profile.id, url: 'http://x.org/y' })
    expect((await api.admin.post('/api/deviceProfile', { ...profile, firmwareId: made.id })).body).toMatchObject({
      firmwareId: made.id,
    })
    expect(await api.admin.delete(`/api/otaPackage/${made.id.id}`)).toMatchObject({
      body: { message: 'The otaPackage referenced by the device profiles cannot be deleted!' },
    })
    expect((await api.admin.delete(`/api/deviceProfile/${profile.id.id}`)).status).toBe(400)
  })
})

test('lists: all by text, and those that devices of a profile can be given', async () => {
  await create({ title: 'Listed', version: '7.7', url: 'http://x.org/listed' })
  const page = 'pageSize=100&page=0'
  expect((await api.admin.get(`/api/otaPackages?${page}&textSearch=7.7&sortProperty=title`)).body).toMatchObject({
    data: [{ title: 'Listed' }],
    totalElements: 1,
  })
  const fitting = await api.admin.get(`/api/otaPackages/${deviceProfileId.id}/FIRMWARE?${page}`)
  expect(fitting.text).toContain('Listed')
  expect(fitting.text).not.toContain('"Empty"')
  expect((await api.admin.get(`/api/otaPackages/${deviceProfileId.id}/SOFTWARE?${page}`)).body).toMatchObject({
    data: [],
  })
  expect((await api.strangerAdmin.get(`/api/otaPackages?${page}`)).body).toMatchObject({ data: [] })
  expect((await api.admin.get(`/api/otaPackages?${page}&sortProperty=data`)).status).toBe(400)
})

test("another tenant's package looks missing, a customer user is refused", async () => {
  const { id } = await create({ title: 'Ours', version: '1' })
  expect((await api.strangerAdmin.get(`/api/otaPackage/info/${id.id}`)).status).toBe(404)
  expect((await api.strangerAdmin.delete(`/api/otaPackage/${id.id}`)).status).toBe(404)
  expect((await api.customer.get(`/api/otaPackage/info/${id.id}`)).status).toBe(403)
  const foreign = { title: 'Foreign', version: '1', deviceProfileId }
  expect((await save(foreign, api.strangerAdmin)).status).toBe(400)
})

test('the audit log and the rule engine are told', async () => {
  api.messages.splice(0)
  const { id } = await create({ title: 'Noted', version: '1' })
  await upload(id.id, 'x')
  await api.admin.delete(`/api/otaPackage/${id.id}`)
  expect(api.messages.map(({ message }) => message.type)).toEqual([
    'ENTITY_CREATED',
    'ENTITY_UPDATED',
    'ENTITY_DELETED',
  ])
  const log = await api.admin.get(`/api/audit/logs/entity/OTA_PACKAGE/${id.id}?pageSize=10&page=0`)
  expect(log.body).toMatchObject({ totalElements: 3 })
})
