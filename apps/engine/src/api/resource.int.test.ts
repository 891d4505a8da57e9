import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest, type Client } from '../testing/api-under-test.ts'
import { upload } from '../testing/upload.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const infoSchema = z.looseObject({
  id: z.looseObject({ entityType: z.literal('TB_RESOURCE'), id: z.string() }),
  resourceKey: z.string(),
  link: z.string(),
  etag: z.string(),
})
const base64 = (text: string) => Buffer.from(text).toString('base64')
const script = 'export const one = 1'
const make = async (body: object, client: Client = api.admin) => {
  const answer = await client.post('/api/resource', body)
  expect(answer.status, answer.text).toBe(200)
  return infoSchema.parse(answer.body)
}
const module = (fileName: string) => ({ title: fileName, resourceType: 'JS_MODULE', fileName, data: base64(script) })
const fetchRaw = (url: string, token: string, headers: Record<string, string> = {}) =>
  api.app.inject({ method: 'GET', url, headers: { 'x-authorization': `Bearer ${token}`, ...headers } })
const unknown = '01890000-0000-7000-8000-000000000000'

describe('a resource', () => {
  test('is made from JSON and read with and without its content', async () => {
    const made = await make({ ...module('one.js'), resourceSubType: 'MODULE', descriptor: { any: [1] } })
    expect(made).toMatchObject({
      title: 'one.js',
      resourceType: 'JS_MODULE',
      resourceSubType: 'MODULE',
      resourceKey: 'one.js',
      public: false,
      publicLink: null,
      descriptor: { any: [1] },
      link: '/api/resource/js_module/tenant/one.js',
    })
    expect(made).not.toHaveProperty('data')
    expect((await api.admin.get(`/api/resource/${made.id.id}`)).body).toMatchObject({
      data: base64(script),
      preview: null,
    })
    expect((await api.admin.get(`/api/resource/info/${made.id.id}`)).body).toEqual(made)
    expect((await api.admin.get(`${made.link}/info`)).body).toEqual(made)
    expect(api.messages.at(-1)?.message).toMatchObject({ type: 'ENTITY_CREATED', originator: made.id })
    expect((await make(module('one.js'))).resourceKey).toBe('one_(1).js')
  })

  test('is uploaded as a file, and its content replaced', async () => {
    const answer = await upload(api, {
      url: '/api/resource/upload',
      token: api.admin.token,
      fields: { resourceType: 'GENERAL', title: 'Notes', descriptor: '{"mediaType":"text/plain"}' },
      file: { name: 'notes.txt', data: 'one' },
    })
    const info = infoSchema.parse(answer.body)
    expect(info).toMatchObject({ title: 'Notes', resourceType: 'GENERAL', descriptor: { mediaType: 'text/plain' } })
    const url = `/api/resource/${info.id.id}/data`
    const replaced = await upload(api, {
      method: 'PUT',
      url,
      token: api.admin.token,
      file: { name: 'two.txt', data: 'two' },
    })
    expect(replaced.body).toMatchObject({ title: 'Notes', fileName: 'two.txt', resourceKey: 'notes.txt' })
    expect((await fetchRaw(`/api/resource/${info.id.id}/download`, api.admin.token)).body).toBe('two')
    const retitled = await api.admin.put(`/api/resource/${info.id.id}/info`, { title: 'Papers' })
    expect(retitled.body).toMatchObject({ title: 'Papers', descriptor: { mediaType: 'text/plain' } })
    const saved = await api.admin.post('/api/resource', { id: info.id, title: 'Again', resourceType: 'GENERAL' })
    expect(saved.body).toMatchObject({ id: info.id, title: 'Again' })
    expect((await fetchRaw(`/api/resource/${info.id.id}/download`, api.admin.token)).body).toBe('two')
  })

  test('is downloaded as an attachment that runs nothing, and not again when the client has it', async () => {
    const { id, link, etag } = await make(module('module "ü".js'))
    for (const url of [link, `/api/resource/${id.id}/download`, `/api/resource/js/${id.id}/download`]) {
      const answer = await fetchRaw(encodeURI(url), api.admin.token)
      expect(answer.statusCode).toBe(200)
      expect(answer.body).toBe(script)
      expect(answer.headers).toMatchObject({
        'content-type': 'application/javascript; charset=utf-8',
        'content-disposition': `attachment; filename="module ___.js"; filename*=UTF-8''module%20%22%C3%BC%22.js`,
        'content-security-policy': expect.stringMatching(/^sandbox; default-src 'none'/),
        etag: `"${etag}"`,
      })
      expect((await fetchRaw(encodeURI(url), api.admin.token, { 'if-none-match': `"${etag}"` })).statusCode).toBe(304)
    }
    expect((await fetchRaw(`/api/resource/jks/${id.id}/download`, api.admin.token)).statusCode).toBe(404)
    expect((await fetchRaw(`/api/resource/pkcs12/${id.id}/download`, api.admin.token)).statusCode).toBe(404)
  })

  test('with a page in it is still an attachment', async () => {
    const page = { title: 'p', resourceType: 'GENERAL', fileName: 'p.html', descriptor: { mediaType: 'text/html' } }
    const { id } = await make({ ...page, data: base64('<script>alert(1)</script>') })
    const { headers } = await fetchRaw(`/api/resource/${id.id}/download`, api.admin.token)
    expect(headers['content-disposition']).toMatch(/^attachment/)
    expect(headers['content-security-policy']).toMatch(/^sandbox;/)
    const odd = await make({ ...page, descriptor: { mediaType: 'text/html\r\nset-cookie: a=b' }, data: base64('x') })
    const answer = await fetchRaw(`/api/resource/${odd.id.id}/download`, api.admin.token)
    expect(answer.headers['content-type']).toBe('application/octet-stream')
  })

  test('that is used stays until it is forced', async () => {
    const { id, link } = await make(module('used.js'))
    await api.admin.post('/api/dashboard', { title: 'Uses it', configuration: { resources: [{ url: link }] } })
    expect((await api.admin.delete(`/api/resource/${id.id}`)).body).toMatchObject({
      success: false,
      references: { DASHBOARD: [{ name: 'Uses it' }] },
    })
    expect((await api.admin.delete(`/api/resource/${id.id}?force=true`)).body).toEqual({
      success: true,
      references: null,
    })
    expect(await api.admin.get(`/api/resource/${id.id}`)).toMatchObject({
      status: 404,
      body: { message: `Resource with id [${id.id}] is not found`, errorCode: 32 },
    })
  })
})

describe('lists', () => {
  test('have the things of tenant and system, without images', async () => {
    await make(module('listed.js'))
    await make(module('of-the-system.js'), api.systemAdmin)
    const all = await api.admin.get('/api/resource?pageSize=100&page=0&resourceType=JS_MODULE')
    expect(all.text).toContain('listed.js')
    expect(all.text).toContain('of-the-system.js')
    const own = await api.admin.get('/api/resource/tenant?pageSize=100&page=0')
    expect(own.text).toContain('listed.js')
    expect(own.text).not.toContain('of-the-system.js')
    const system = await api.systemAdmin.get('/api/resource?pageSize=100&page=0&textSearch=OF-THE')
    expect(system.body).toMatchObject({ totalElements: 1 })
    expect((await api.admin.get('/api/resource?pageSize=100&page=0&resourceSubType=EXTENSION')).body).toMatchObject({
      data: [],
    })
  })

  test('by ids skip what the caller may not see', async () => {
    const [mine, theirs] = [await make(module('mine.js')), await make(module('theirs.js'), api.strangerAdmin)]
    for (const path of ['resource', 'resource/list']) {
      const answer = await api.admin.get(`/api/${path}?resourceIds=${theirs.id.id},${mine.id.id}`)
      expect(answer.body).toMatchObject([{ title: 'mine.js' }])
    }
  })

  test.each(['sortProperty=data', 'sortOrder=up', 'resourceType=NONSENSE', 'pageSize=0'])(
    'refuse %s',
    async (query) => {
      expect((await api.admin.get(`/api/resource?pageSize=10&page=0&${query}`)).status).toBe(400)
    },
  )
})

describe('rights', () => {
  test('customers read modules and nothing else', async () => {
    const { id, link } = await make(module('for-customers.js'))
    expect((await fetchRaw(link, api.customer.token)).statusCode).toBe(200)
    expect((await fetchRaw(`/api/resource/js/${id.id}/download`, api.customer.token)).statusCode).toBe(200)
    const general = await make({ title: 'g', resourceType: 'GENERAL', fileName: 'g.bin', data: base64('g') })
    expect((await fetchRaw(general.link, api.customer.token)).statusCode).toBe(403)
    expect((await api.customer.get(`/api/resource/${id.id}`)).status).toBe(403)
  })

  test("another tenant's resource is missing, the system's cannot be changed", async () => {
    const theirs = await make(module('foreign.js'), api.strangerAdmin)
    for (const answer of [
      await api.admin.get(`/api/resource/${theirs.id.id}`),
      await api.admin.post('/api/resource', { ...module('x.js'), id: theirs.id }),
      await api.admin.put(`/api/resource/${theirs.id.id}/info`, { title: 'x' }),
      await api.admin.delete(`/api/resource/${theirs.id.id}?force=true`),
      await api.admin.get(`/api/resource/${unknown}`),
    ])
      expect(answer).toMatchObject({ status: 404, body: { errorCode: 32 } })
    const system = await make(module('basic.js'), api.systemAdmin)
    expect((await api.admin.get(`/api/resource/${system.id.id}`)).status).toBe(200)
    expect((await api.admin.put(`/api/resource/${system.id.id}/info`, { title: 'x' })).status).toBe(403)
    expect((await api.admin.delete(`/api/resource/${system.id.id}`)).status).toBe(403)
  })
})

describe('what is refused', () => {
  test.each([
    ['no title', { resourceType: 'GENERAL', data: 'eA==' }, 'Resource title should be specified!'],
    ['no type', { title: 'x', data: 'eA==' }, 'Resource type should be specified!'],
    ['no content', { title: 'x', resourceType: 'GENERAL' }, 'Resource data should be specified!'],
    ['content that is not Base64', { title: 'x', resourceType: 'GENERAL', data: '{}{}' }, 'Data is not Base64'],
    ['a script of another name', { ...module('a.html') }, 'The file of a JS module must be named *.js'],
    [
      'a dashboard that is none',
      { title: 'x', resourceType: 'DASHBOARD', fileName: 'd.json', data: base64('no') },
      'The file of a dashboard must be JSON',
    ],
  ])('%s', async (_, body, message) => {
    expect(await api.admin.post('/api/resource', body)).toMatchObject({ status: 400, body: { message, errorCode: 31 } })
  })

  test('a form without a type, or with a descriptor that is no JSON', async () => {
    const send = (fields: Record<string, string>) =>
      upload(api, { url: '/api/resource/upload', token: api.admin.token, fields, file: { name: 'a', data: 'a' } })
    expect(await send({})).toMatchObject({ status: 400, body: { message: 'Resource type should be specified!' } })
    expect((await send({ resourceType: 'GENERAL', descriptor: '{' })).status).toBe(400)
  })
})
