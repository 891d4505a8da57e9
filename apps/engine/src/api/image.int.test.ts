import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest, type Client } from '../testing/api-under-test.ts'
import { upload } from '../testing/upload.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const infoSchema = z.looseObject({
  id: z.looseObject({ id: z.string() }),
  resourceKey: z.string(),
  link: z.string(),
  publicLink: z.string().nullable(),
  publicResourceKey: z.string().nullable(),
  etag: z.string(),
})
const put = async (name: string, data: Buffer | string, client: Client = api.admin, fields = {}) => {
  const answer = await upload(api, { url: '/api/image', token: client.token, fields, file: { name, data } })
  expect(answer.status, answer.text).toBe(200)
  return infoSchema.parse(answer.body)
}
const fetchRaw = (url: string, token: string | null, headers: Record<string, string> = {}) =>
  api.app.inject({
    method: 'GET',
    url,
    headers: { ...(token && { 'x-authorization': `Bearer ${token}` }), ...headers },
  })
const lastMessage = () => api.messages.at(-1)?.message

describe('an uploaded image', () => {
  test('is described by what is in it, not by its name', async () => {
    const info = await put('house.txt', png, api.admin, { title: 'House' })
    expect(info).toMatchObject({
      title: 'House',
      name: 'House',
      resourceType: 'IMAGE',
      resourceSubType: 'IMAGE',
      resourceKey: 'house.txt',
      fileName: 'house.txt',
      tenantId: { id: api.tenant.tenantId },
      descriptor: { mediaType: 'image/png', width: 1, height: 1, size: png.length, etag: info.etag },
      link: '/api/images/tenant/house.txt',
    })
    expect(info).not.toHaveProperty('data')
    expect(lastMessage()).toMatchObject({ type: 'ENTITY_CREATED', originator: info.id })
  })

  test('of the same name gets a key of its own', async () => {
    const names = [await put('same.png', png), await put('same.png', png), await put('same.png', png)]
    expect(names.map(({ resourceKey }) => resourceKey)).toEqual(['same.png', 'same_(1).png', 'same_(2).png'])
    const atOnce = await Promise.all(Array.from({ length: 5 }, () => put('race.png', png)))
    expect(new Set(atOnce.map(({ resourceKey }) => resourceKey)).size).toBe(5)
  })

  test('whose name would break out of its address does not', async () => {
    const info = await put('../..?a=#%2e.png', png)
    expect(info.link).toMatch(/^\/api\/images\/tenant\/[^/?#%]+$/)
    expect((await fetchRaw(info.link, api.admin.token)).rawPayload).toEqual(png)
  })

  test('comes back with its type, and not at all when the client has it', async () => {
    const { link, etag } = await put('cached.png', png)
    const first = await fetchRaw(link, api.admin.token)
    expect(first.headers).toMatchObject({
      'content-type': 'image/png',
      etag: `"${etag}"`,
      'cache-control': 'private, no-cache',
      'x-content-type-options': 'nosniff',
    })
    expect(first.rawPayload).toEqual(png)
    for (const known of [`"${etag}"`, `W/"${etag}"`, `"other", "${etag}"`, '*']) {
      const again = await fetchRaw(link, api.admin.token, { 'if-none-match': known })
      expect(again.statusCode).toBe(304)
      expect(again.rawPayload).toHaveLength(0)
    }
    expect((await fetchRaw(link, api.admin.token, { 'if-none-match': '"other"' })).statusCode).toBe(200)
    expect((await fetchRaw(`${link}/preview`, api.customer.token)).rawPayload).toEqual(png)
  })

  test('is replaced under its key, retitled, and its change is told', async () => {
    const { link, id, etag } = await put('changing.png', png)
    const svg = '<svg width="4" height="5"/>'
    const replaced = await upload(api, {
      method: 'PUT',
      url: link,
      token: api.admin.token,
      file: { name: 'n.svg', data: svg },
    })
    expect(replaced.body).toMatchObject({ id, link, descriptor: { mediaType: 'image/svg+xml', width: 4, height: 5 } })
    expect(infoSchema.parse(replaced.body).etag).not.toBe(etag)
    const retitled = await api.admin.put(`${link}/info`, { title: 'New title', resourceKey: 'stolen', public: false })
    expect(retitled.body).toMatchObject({ title: 'New title', resourceKey: 'changing.png', public: true })
    expect(lastMessage()).toMatchObject({ type: 'ENTITY_UPDATED', originator: id })
    expect((await api.admin.get(`${link}/info`)).body).toMatchObject({ title: 'New title' })
  })
})

describe('an SVG', () => {
  const hostile =
    '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(document.cookie)</script></svg>'

  test('that carries a script is sent so that no browser runs it', async () => {
    const { link, publicLink } = await put('evil.svg', hostile)
    for (const [url, token] of [
      [link, api.admin.token],
      [`${link}/preview`, api.admin.token],
      [publicLink ?? '', null],
    ] as const) {
      const { headers } = await fetchRaw(url, token)
      const policy = String(headers['content-security-policy'])
      expect(headers['content-type']).toBe('image/svg+xml')
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(policy).toMatch(/(^|; )sandbox(;|$)/)
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toContain('script-src')
      expect(policy).not.toContain('allow-')
    }
  })

  test('is compressed for clients that read gzip', async () => {
    const { link } = await put('packed.svg', hostile)
    const packed = await fetchRaw(link, api.admin.token, { 'accept-encoding': 'gzip' })
    expect(packed.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(packed.rawPayload).toString()).toBe(hostile)
  })

  test('can be a symbol, which is listed apart', async () => {
    await put('pump.svg', '<svg/>', api.admin, { imageSubType: 'SCADA_SYMBOL' })
    const list = await api.admin.get('/api/images?pageSize=10&page=0&imageSubType=SCADA_SYMBOL')
    expect(list.body).toMatchObject({ totalElements: 1, data: [{ resourceKey: 'pump.svg' }] })
    const answer = await upload(api, {
      url: '/api/image',
      token: api.admin.token,
      fields: { imageSubType: 'EXTENSION' },
      file: { name: 'a.png', data: png },
    })
    expect(answer.status).toBe(400)
  })
})

describe('what is refused', () => {
  test.each([
    ['a page that calls itself an image', { name: 'a.png', data: '<html><script>1</script></html>' }],
    ['an empty file', { name: 'a.png', data: '' }],
  ])('%s', async (_, file) => {
    const answer = await upload(api, { url: '/api/image', token: api.admin.token, file })
    expect(answer).toMatchObject({ status: 400, body: { errorCode: 31 } })
  })

  test('a form without a file, and no form at all', async () => {
    expect(await upload(api, { url: '/api/image', token: api.admin.token, fields: { title: 'x' } })).toMatchObject({
      status: 400,
      body: { message: "Required part 'file' is not present." },
    })
    expect((await api.admin.post('/api/image', {})).status).toBe(415)
  })

  test('a customer user who uploads', async () => {
    const answer = await upload(api, {
      url: '/api/image',
      token: api.customer.token,
      file: { name: 'a.png', data: png },
    })
    expect(answer.status).toBe(403)
  })
})

describe('who sees an image', () => {
  test('everybody with the public key, until it is made private', async () => {
    const { link, publicLink } = await put('shown.png', png)
    const shown = await fetchRaw(publicLink ?? '', null)
    expect(shown.rawPayload).toEqual(png)
    expect(shown.headers).toMatchObject({
      'cache-control': 'public, no-cache',
      'cross-origin-resource-policy': 'cross-origin',
    })
    expect((await api.admin.put(`${link}/public/false`)).body).toMatchObject({ public: false, publicLink: null })
    expect((await fetchRaw(publicLink ?? '', null)).statusCode).toBe(404)
    expect((await api.admin.put(`${link}/public/true`)).body).toMatchObject({ public: true, publicLink })
    expect((await fetchRaw('/api/images/public/unknown', null)).statusCode).toBe(404)
  })

  test('users of the tenant and its customers; another tenant has its own images under the same key', async () => {
    const { link } = await put('ours.png', png)
    expect((await fetchRaw(link, api.customer.token)).rawPayload).toEqual(png)
    expect((await fetchRaw(link, null)).statusCode).toBe(401)
    expect((await fetchRaw(link, api.strangerAdmin.token)).statusCode).toBe(404)
    expect((await put('ours.png', png, api.strangerAdmin)).resourceKey).toBe('ours.png')
    expect((await api.strangerAdmin.delete(link)).body).toMatchObject({ success: true })
    expect((await fetchRaw(link, api.admin.token)).statusCode).toBe(200)
  })

  test('images of the system are read by all and changed by the system administrator alone', async () => {
    const info = await put('logo.png', png, api.systemAdmin)
    expect(info).toMatchObject({
      link: '/api/images/system/logo.png',
      tenantId: { id: expect.stringContaining('13814000') },
    })
    for (const client of [api.admin, api.customer, api.systemAdmin])
      expect((await fetchRaw(info.link, client.token)).rawPayload).toEqual(png)
    expect((await api.admin.put(`${info.link}/info`, { title: 'x' })).status).toBe(403)
    expect((await api.admin.delete(info.link)).status).toBe(403)
    const replaced = await upload(api, {
      method: 'PUT',
      url: info.link,
      token: api.admin.token,
      file: { name: 'a.png', data: png },
    })
    expect(replaced.status).toBe(403)
    const own = await api.admin.get('/api/images?pageSize=100&page=0')
    const all = await api.admin.get('/api/images?pageSize=100&page=0&includeSystemImages=true')
    expect(own.text).not.toContain('logo.png')
    expect(all.text).toContain('logo.png')
  })
})

test('an image goes out as a file and comes into another tenant', async () => {
  const { link, publicResourceKey } = await put('moving.png', png, api.admin, { title: 'Moving' })
  const file = await api.admin.get(`${link}/export`)
  expect(file.body).toMatchObject({
    link,
    title: 'Moving',
    type: 'IMAGE',
    subType: 'IMAGE',
    resourceKey: 'moving.png',
    fileName: 'moving.png',
    public: true,
    mediaType: 'image/png',
    data: png.toString('base64'),
  })
  const moved = await api.strangerAdmin.put('/api/image/import', file.body)
  expect(moved.body).toMatchObject({ title: 'Moving', link, tenantId: { id: api.stranger.tenantId } })
  expect(infoSchema.parse(moved.body).publicResourceKey).not.toBe(publicResourceKey)
  const broken = { ...z.looseObject({}).parse(file.body), data: '!!!!' }
  expect((await api.strangerAdmin.put('/api/image/import', broken)).status).toBe(400)
})

describe('deleting', () => {
  test('an image that a dashboard shows tells where, and happens when it is forced', async () => {
    const { link, id } = await put('used.png', png)
    const board = await api.admin.post('/api/dashboard', {
      title: 'Shows it',
      configuration: { image: `tb-image;${link}` },
    })
    const boardId = z.looseObject({ id: z.looseObject({}) }).parse(board.body).id
    expect((await api.admin.delete(link)).body).toEqual({
      success: false,
      references: { DASHBOARD: [{ id: boardId, name: 'Shows it' }] },
    })
    expect((await fetchRaw(link, api.admin.token)).statusCode).toBe(200)
    expect((await api.admin.delete(`${link}?force=true`)).body).toEqual({ success: true, references: null })
    expect(lastMessage()).toMatchObject({ type: 'ENTITY_DELETED', originator: id })
    expect((await fetchRaw(link, api.admin.token)).statusCode).toBe(404)
  })

  test('one that only a draft shows tells of it, too', async () => {
    const { link } = await put('drafted.png', png)
    const board = await api.admin.post('/api/dashboard', { title: 'Is edited', configuration: {} })
    const boardId = z.looseObject({ id: z.looseObject({ id: z.string() }) }).parse(board.body).id
    const document = { title: 'Is edited', image: null, configuration: { image: `tb-image;${link}` } }
    const draft = `/api/dashboard/${boardId.id}/draft`
    const saved = await api.admin.put(draft, { revision: null, baseVersion: 1, document })
    expect(saved.status).toBe(200)
    expect((await api.admin.delete(link)).body).toEqual({
      success: false,
      references: { DASHBOARD: [{ id: boardId, name: 'Is edited', inDraft: true }] },
    })
    expect((await api.admin.delete(`${draft}?revision=1`)).status).toBe(200)
    expect((await api.admin.delete(link)).body).toEqual({ success: true, references: null })
  })
})
