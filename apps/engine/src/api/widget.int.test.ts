import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest, type Client } from '../testing/api-under-test.ts'
import { upload } from '../testing/upload.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const savedSchema = z.looseObject({ id: z.looseObject({ id: z.string() }), version: z.number() })
const typeSchema = savedSchema.extend({ fqn: z.string() })
const bundleSchema = savedSchema.extend({ alias: z.string() })
const namesOf = (body: unknown) =>
  z
    .array(z.looseObject({ name: z.string() }))
    .parse(body)
    .map(({ name }) => name)
const pageNames = (body: unknown) => namesOf(z.looseObject({ data: z.unknown() }).parse(body).data)

const makeType = async (body: object, client: Client = api.admin) => {
  const answer = await client.post('/api/widgetType', { descriptor: { type: 'latest' }, ...body })
  expect(answer.status, answer.text).toBe(200)
  return typeSchema.parse(answer.body)
}
const makeBundle = async (body: object, client: Client = api.admin) => {
  const answer = await client.post('/api/widgetsBundle', body)
  expect(answer.status, answer.text).toBe(200)
  return bundleSchema.parse(answer.body)
}
const lastMessage = () => api.messages.at(-1)?.message

describe('a widget type', () => {
  test('keeps its descriptor as it was sent, and gets a name of its own', async () => {
    const descriptor = { z: 1, type: 'timeseries', defaultConfig: '{"a":1}', a: { nested: [null] } }
    const made = await makeType({ name: 'My Gauge!', descriptor, tags: ['round'], description: 'Turns' })
    expect(made).toMatchObject({ fqn: 'my_gauge_', name: 'My Gauge!', deprecated: false, scada: false, version: 1 })
    expect(made).toMatchObject({
      tags: ['round'],
      description: 'Turns',
      image: null,
      externalId: null,
      resources: null,
    })
    expect(lastMessage()).toMatchObject({ type: 'ENTITY_CREATED', originator: made.id })
    const read = z
      .looseObject({ descriptor: z.unknown() })
      .parse((await api.admin.get(`/api/widgetType/${made.id.id}`)).body)
    expect(JSON.stringify(read.descriptor)).toBe(JSON.stringify(descriptor))
    expect((await makeType({ name: 'My gauge!' })).fqn).toBe('my_gauge_2')
    expect((await makeType({ name: 'Other', fqn: 'my_gauge_' })).fqn).toBe('my_gauge_3')
    expect((await api.customer.get('/api/widgetType?fqn=tenant.my_gauge_')).body).toMatchObject({ id: made.id })
  })

  test('is replaced by id, and by name when that is asked for', async () => {
    const made = await makeType({ name: 'Replaced', image: 'a' })
    const saved = await makeType({ id: made.id, name: 'Replaced now', version: made.version })
    expect(saved).toMatchObject({ id: made.id, fqn: made.fqn, name: 'Replaced now', image: null, version: 2 })
    expect(lastMessage()).toMatchObject({ type: 'ENTITY_UPDATED' })
    const body = { name: 'By name', fqn: made.fqn, descriptor: {} }
    const byName = await api.admin.post('/api/widgetType?updateExistingByFqn=true', body)
    expect(byName.body).toMatchObject({ id: made.id, name: 'By name', version: 3 })
    expect((await api.admin.post('/api/widgetType', body)).body).toMatchObject({ fqn: `${made.fqn}2` })
    const stale = await api.admin.post('/api/widgetType', { ...body, id: made.id, version: 1 })
    expect(stale).toMatchObject({ status: 409, body: { errorCode: 35 } })
    expect(await api.admin.post('/api/widgetType', { ...body, id: made.id, fqn: 'other' })).toMatchObject({
      status: 400,
      body: { message: 'Update of widget type fqn is prohibited!' },
    })
  })

  test.each([
    ['no name', { descriptor: {} }, 'Widget type name should be specified!'],
    ['no descriptor', { name: 'x' }, "Widget type descriptor can't be empty!"],
  ])('with %s is refused', async (_, body, message) => {
    expect(await api.admin.post('/api/widgetType', body)).toMatchObject({ status: 400, body: { message } })
  })

  test('is deleted by its tenant alone', async () => {
    const made = await makeType({ name: 'Short-lived' })
    expect((await api.strangerAdmin.delete(`/api/widgetType/${made.id.id}`)).status).toBe(404)
    expect((await api.customer.delete(`/api/widgetType/${made.id.id}`)).status).toBe(403)
    expect((await api.admin.delete(`/api/widgetType/${made.id.id}`)).status).toBe(200)
    expect(lastMessage()).toMatchObject({ type: 'ENTITY_DELETED', originator: made.id })
    expect(await api.admin.get(`/api/widgetType/${made.id.id}`)).toMatchObject({
      status: 404,
      body: { message: `Widget type with id [${made.id.id}] is not found` },
    })
  })

  test('of the system is read by all and changed by the system administrator alone', async () => {
    const made = await makeType({ name: 'Basic', fqn: 'cards.basic' }, api.systemAdmin)
    expect((await api.customer.get('/api/widgetType?fqn=system.cards.basic')).body).toMatchObject({ id: made.id })
    const alias = '/api/widgetType?isSystem=true&bundleAlias=cards&alias=basic'
    expect((await api.admin.get(alias)).body).toMatchObject({ id: made.id })
    expect((await api.admin.get(`/api/widgetTypeInfo/${made.id.id}`)).body).toMatchObject({
      widgetType: 'latest',
      bundles: [],
    })
    const change = { id: made.id, name: 'Mine now', descriptor: {} }
    expect((await api.admin.post('/api/widgetType', change)).status).toBe(403)
    expect((await api.admin.delete(`/api/widgetType/${made.id.id}`)).status).toBe(403)
    expect((await api.systemAdmin.post('/api/widgetType', change)).body).toMatchObject({ name: 'Mine now' })
  })

  test.each(['fqn=nonsense', 'fqn=system.', '', 'isSystem=true&alias=a'])('is not found by %s', async (query) => {
    expect((await api.admin.get(`/api/widgetType?${query}`)).status).toBe(400)
  })
})

describe('searching widget types', () => {
  const search = async (query: string, client = api.strangerAdmin) => {
    const answer = await client.get(`/api/widgetTypes?pageSize=50&page=0&sortProperty=name&sortOrder=ASC&${query}`)
    expect(answer.status, answer.text).toBe(200)
    return pageNames(answer.body)
  }
  beforeAll(async () => {
    await makeType({ name: 'S dial', descriptor: { type: 'rpc' }, scada: true, tags: ['valve'] }, api.strangerAdmin)
    await makeType(
      { name: 'S chart', descriptor: { type: 'timeseries' }, description: 'Shows a valve' },
      api.strangerAdmin,
    )
    await makeType({ name: 'S old', deprecated: true }, api.strangerAdmin)
    await makeType({ name: 'S shared' }, api.systemAdmin)
  })

  test('finds by name, and everywhere when asked', async () => {
    expect(await search('textSearch=s dial')).toEqual(['S dial'])
    expect(await search('textSearch=valve')).toEqual([])
    expect(await search('textSearch=valve&fullSearch=true')).toEqual(['S chart', 'S dial'])
  })

  test('filters by owner, age, kind and symbol', async () => {
    expect(await search('textSearch=S &tenantOnly=true')).toEqual(['S chart', 'S dial', 'S old'])
    expect(await search('textSearch=S &tenantOnly=false')).toContain('S shared')
    expect(await search('textSearch=S &tenantOnly=true&deprecatedFilter=ACTUAL')).toEqual(['S chart', 'S dial'])
    expect(await search('textSearch=S &tenantOnly=true&deprecatedFilter=DEPRECATED')).toEqual(['S old'])
    expect(await search('textSearch=S &tenantOnly=true&widgetTypeList=timeseries,control')).toEqual([
      'S chart',
      'S dial',
    ])
    expect(await search('textSearch=S &tenantOnly=true&scadaFirst=true')).toEqual(['S dial', 'S chart', 'S old'])
    expect(await search('textSearch=S ', api.systemAdmin)).toEqual(['S shared'])
  })

  test.each(['sortProperty=descriptor', 'deprecatedFilter=SOME', 'pageSize=0'])('refuses %s', async (query) => {
    expect((await api.admin.get(`/api/widgetTypes?pageSize=10&page=0&${query}`)).status).toBe(400)
  })
})

describe('a widgets bundle', () => {
  test('gets an alias of its own, is replaced and deleted', async () => {
    const made = await makeBundle({ title: 'My Cards', description: 'Mine', order: 3, scada: true })
    expect(made).toMatchObject({ alias: 'my_cards', name: 'My Cards', order: 3, scada: true, version: 1 })
    expect((await makeBundle({ title: 'My cards' })).alias).toBe('my_cards2')
    const saved = await makeBundle({ id: made.id, title: 'Renamed', version: 1 })
    expect(saved).toMatchObject({ alias: 'my_cards', description: null, order: null, version: 2 })
    expect((await api.admin.post('/api/widgetsBundle', { id: made.id, title: 'Late', version: 1 })).status).toBe(409)
    expect(await api.admin.post('/api/widgetsBundle', { id: made.id, title: 'x', alias: 'other' })).toMatchObject({
      status: 400,
      body: { message: 'Update of widgets bundle alias is prohibited!' },
    })
    expect(await api.admin.post('/api/widgetsBundle', { title: ' ' })).toMatchObject({
      body: { message: 'Widgets bundle title should be specified!' },
    })
    expect((await api.strangerAdmin.delete(`/api/widgetsBundle/${made.id.id}`)).status).toBe(404)
    expect((await api.admin.delete(`/api/widgetsBundle/${made.id.id}`)).status).toBe(200)
    expect(lastMessage()).toMatchObject({ type: 'ENTITY_DELETED', originator: made.id })
  })

  test('holds its widget types in order, by id or by name, and loses none of them when it goes', async () => {
    const bundle = await makeBundle({ title: 'Ordered' })
    const [a, b] = [await makeType({ name: 'In A' }), await makeType({ name: 'In B' })]
    const shared = await makeType({ name: 'In shared', fqn: 'in.shared' }, api.systemAdmin)
    const url = `/api/widgetsBundle/${bundle.id.id}`
    expect(await api.admin.post(`${url}/widgetTypes`, [b.id.id, shared.id.id, a.id.id])).toMatchObject({
      status: 200,
      text: '',
    })
    const order = ['In B', 'In shared', 'In A']
    const by = `widgetsBundleId=${bundle.id.id}`
    expect(namesOf((await api.customer.get(`${url}/widgetTypes`)).body)).toEqual(order)
    expect(namesOf((await api.admin.get(`/api/widgetTypes?${by}`)).body)).toEqual(order)
    expect(namesOf((await api.admin.get(`/api/widgetTypesDetails?${by}`)).body)).toEqual(order)
    expect(pageNames((await api.admin.get(`/api/widgetTypesInfos?${by}&pageSize=10&page=0`)).body)).toEqual(order)
    const alias = `isSystem=false&bundleAlias=${bundle.alias}`
    expect(namesOf((await api.admin.get(`/api/widgetTypes?${alias}`)).body)).toEqual(order)
    expect(namesOf((await api.admin.get(`/api/widgetTypesDetails?${alias}`)).body)).toEqual(order)
    expect(namesOf((await api.admin.get(`/api/widgetTypesInfos?${alias}`)).body)).toEqual(order)
    expect((await api.admin.get(`/api/widgetTypeFqns?${by}`)).body).toEqual([b.fqn, 'in.shared', a.fqn])
    expect((await api.admin.get(`/api/widgetTypeInfo/${a.id.id}`)).body).toMatchObject({
      bundles: [{ id: bundle.id, name: 'Ordered' }],
    })

    await api.admin.post(`${url}/widgetTypeFqns`, ['system.in.shared', a.fqn, 'unknown'])
    expect(namesOf((await api.admin.get(`${url}/widgetTypes`)).body)).toEqual(['In shared', 'In A'])
    await api.admin.delete(url)
    expect((await api.admin.get(`/api/widgetType/${a.id.id}`)).status).toBe(200)
  })

  test('takes in nothing of another tenant', async () => {
    const bundle = await makeBundle({ title: 'Closed' })
    const theirs = await makeType({ name: 'Theirs' }, api.strangerAdmin)
    const url = `/api/widgetsBundle/${bundle.id.id}`
    expect((await api.admin.post(`${url}/widgetTypes`, [theirs.id.id])).status).toBe(404)
    await api.admin.post(`${url}/widgetTypeFqns`, [theirs.fqn])
    expect((await api.admin.get(`${url}/widgetTypes`)).body).toEqual([])
    expect((await api.strangerAdmin.post(`${url}/widgetTypes`, [])).status).toBe(404)
    expect((await api.strangerAdmin.get(`/api/widgetTypes?widgetsBundleId=${bundle.id.id}`)).status).toBe(404)
  })

  test('is listed as a page, by ids and with all others', async () => {
    const own = await makeBundle({ title: 'L own' })
    const system = await makeBundle({ title: 'L system', order: 1, scada: true }, api.systemAdmin)
    const theirs = await makeBundle({ title: 'L theirs' }, api.strangerAdmin)
    const page = async (query: string) =>
      pageNames(
        (await api.admin.get(`/api/widgetsBundles?pageSize=50&page=0&sortProperty=title&textSearch=L &${query}`)).body,
      )
    expect(await page('')).toEqual(['L own', 'L system'])
    expect(await page('tenantOnly=true')).toEqual(['L own'])
    expect(await page('scadaFirst=true')).toEqual(['L system', 'L own'])
    for (const path of ['widgetsBundles', 'widgetsBundles/all']) {
      const names = namesOf((await api.customer.get(`/api/${path}`)).body)
      expect(names).toEqual(expect.arrayContaining(['L own', 'L system']))
      expect(names).not.toContain('L theirs')
    }
    const ids = [theirs, system, own].map(({ id }) => id.id).join(',')
    for (const path of ['widgetsBundles', 'widgetsBundles/list'])
      expect(namesOf((await api.admin.get(`/api/${path}?widgetsBundleIds=${ids}`)).body)).toEqual(['L system', 'L own'])
    await makeType({ name: 'Hidden inside', fqn: 'hidden.inside' })
    await api.admin.post(`/api/widgetsBundle/${own.id.id}/widgetTypeFqns`, ['hidden.inside'])
    const full = await api.admin.get('/api/widgetsBundles?pageSize=9&page=0&textSearch=hidden inside&fullSearch=true')
    expect(pageNames(full.body)).toEqual(['L own'])
  })
})

describe('images inside', () => {
  const svg = '<svg width="3" height="3"/>'
  const image = async () => {
    const answer = await upload(api, {
      url: '/api/image',
      token: api.admin.token,
      file: { name: 'inside.svg', data: svg },
    })
    return z.looseObject({ link: z.string() }).parse(answer.body).link
  }

  test('of widget types and dashboards travel along and are found again in another tenant', async () => {
    const link = await image()
    const widget = await makeType({ name: 'With image', descriptor: { type: 'latest', html: `<img src="${link}">` } })
    const whole = await api.admin.get(`/api/widgetType/${widget.id.id}?includeResources=true`)
    expect(whole.body).toMatchObject({ resources: [{ link, data: Buffer.from(svg).toString('base64') }] })
    const board = await api.admin.post('/api/dashboard', {
      title: 'With image',
      image: `tb-image;${link}`,
      configuration: { a: link },
    })
    const file = await api.admin.get(`/api/dashboard/${savedSchema.parse(board.body).id.id}?includeResources=true`)
    const { id: _id, ...travelling } = savedSchema.parse(file.body)

    await upload(api, {
      url: '/api/image',
      token: api.strangerAdmin.token,
      file: { name: 'inside.svg', data: '<svg id="other"/>' },
    })
    const arrived = await api.strangerAdmin.post('/api/dashboard', travelling)
    const moved = link.replace('inside.svg', 'inside_(1).svg')
    expect(arrived.body).toMatchObject({ image: `tb-image;${moved}`, configuration: { a: moved } })
    expect((await api.strangerAdmin.get(`${moved}/info`)).body).toMatchObject({ descriptor: { width: 3 } })
    const again = await api.admin.post('/api/dashboard', travelling)
    expect(again.body).toMatchObject({ configuration: { a: link } })
  })

  test('come from files that tell no key, with the modules of their functions, and leave again', async () => {
    const link = '/api/images/system/of_a_file.svg'
    const code = 'export const twice = (n) => 2 * n'
    const moduleLink = '/api/resource/js_module/system/my tools.js'
    const file = {
      title: 'Of a file',
      configuration: {
        a: `tb-image;${link}`,
        f: { body: 'return t.twice(1)', modules: { t: `tb-resource;${moduleLink}` } },
      },
      resources: [
        {
          ...{ link, title: 'Of a file', type: 'IMAGE', subType: 'IMAGE', fileName: 'of_a_file.svg', public: true },
          data: Buffer.from('<svg width="4" height="4"/>').toString('base64'),
        },
        {
          ...{ link: moduleLink, title: 'My tools', type: 'JS_MODULE', subType: 'MODULE', fileName: 'my tools.js' },
          ...{ resourceKey: 'my tools.js', mediaType: 'application/javascript' },
          data: Buffer.from(code).toString('base64'),
        },
      ],
    }
    const arrived = await api.admin.post('/api/dashboard', file)
    const [image, module] = ['/api/images/tenant/of_a_file.svg', '/api/resource/js_module/tenant/my_tools.js']
    expect(arrived.body, arrived.text).toMatchObject({
      configuration: { a: `tb-image;${image}`, f: { modules: { t: `tb-resource;${module}` } } },
    })
    const again = await api.admin.post('/api/dashboard', file)
    expect(again.body).toMatchObject({ configuration: { f: { modules: { t: `tb-resource;${module}` } } } })
    const { id } = savedSchema.parse(arrived.body)
    const whole = await api.admin.get(`/api/dashboard/${id.id}?includeResources=true`)
    expect(whole.body).toMatchObject({
      resources: [
        { link: image, resourceKey: 'of_a_file.svg' },
        { link: module, data: Buffer.from(code).toString('base64') },
      ],
    })
  })

  test('of a bundle come as data when asked', async () => {
    const link = await image()
    const bundle = await makeBundle({ title: 'Pictured', image: `tb-image;${link}` })
    const url = `/api/widgetsBundle/${bundle.id.id}`
    expect((await api.customer.get(url)).body).toMatchObject({ image: `tb-image;${link}` })
    expect((await api.customer.get(`${url}?inlineImages=true`)).body).toMatchObject({
      image: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
    })
  })
})
