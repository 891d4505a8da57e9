import { dashboardSummarySchema, deletedDashboardSchema } from '@thingwire/contracts'
import { createCustomer } from '@thingwire/db/seed'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const created = z.looseObject({ id: z.object({ id: z.string() }), version: z.number() })
const newBoard = async (title: string, configuration: object = {}, more: object = {}) => {
  const answer = await api.admin.post('/api/dashboard', { title, configuration, ...more })
  expect(answer.status, answer.text).toBe(200)
  return created.parse(answer.body).id.id
}
const assign = (id: string, customerId = api.tenant.customerId) =>
  api.admin.post(`/api/customer/${customerId}/dashboard/${id}`)
const gone = async (id: string) => expect((await api.admin.delete(`/api/dashboard/${id}`)).status).toBe(200)

const list = async (query: string, client = api.admin) => {
  const answer = await client.get(`/api/dashboards/summaries?pageSize=50&page=0&${query}`)
  expect(answer.status, answer.text).toBe(200)
  return z.looseObject({ data: z.array(dashboardSummarySchema), totalElements: z.number() }).parse(answer.body)
}
const titles = async (query: string, client = api.admin) => (await list(query, client)).data.map(({ title }) => title)

const key = (name: string) => ({ name, type: 'timeseries', label: name, settings: {} })
const alias = (name: string, filter: object) => ({ id: name, alias: name, filter })
const boilers = () => ({
  description: 'All boilers of the north',
  tags: ['Heating', 'north'],
  widgets: {
    w: {
      typeFullFqn: 'system.cards.value_card',
      type: 'latest',
      config: {
        title: 'Flow',
        datasources: [{ type: 'entity', entityAliasId: 'a', dataKeys: [key('flowTemperature')] }],
      },
    },
  },
  states: { default: { name: 'Overview', root: true, layouts: { main: { widgets: {} } } } },
  entityAliases: { a: alias('One boiler', { type: 'singleEntity', singleEntity: api.tenant.device.id }) },
})

describe('the list', () => {
  test('finds by title, description, tag, state, alias, widget, key and name of an entity, and says where', async () => {
    const id = await newBoard('Boiler house', boilers())
    await newBoard('Nothing of it')
    const { name } = api.tenant.device
    for (const [text, where, found] of [
      ['BOILER HO', 'title', 'Boiler house'],
      ['of the north', 'description', 'All boilers of the north'],
      ['heat', 'tag', 'Heating'],
      ['overvi', 'state', 'Overview'],
      ['one boiler', 'alias', 'One boiler'],
      ['value card', 'widget', 'value card'],
      ['flowTemp', 'key', 'flowTemperature'],
      [name, 'entity', name],
    ] as const) {
      const { data } = await list(`textSearch=${encodeURIComponent(text)}`)
      expect(
        data.map((one) => one.id.id),
        text,
      ).toEqual([id])
      expect(data[0]?.matches).toContainEqual({ where, text: found })
    }
    expect(await titles('textSearch=no+such+thing')).toEqual([])
    expect(await titles('textSearch=%25')).toEqual([])
    expect(await list('textSearch=Boiler+house')).toMatchObject({
      totalElements: 1,
      data: [{ tags: ['Heating', 'north'], widgets: 1, states: 1, description: 'All boilers of the north' }],
    })
    await gone(id)
  })

  test('tells when it was published and edited, and by whom, but no customer', async () => {
    const id = await newBoard('Told about', { tags: ['told'] })
    await assign(id)
    const draft = { revision: null, baseVersion: 1, document: { title: 'Edited', configuration: {} } }
    await api.admin.put(`/api/dashboard/${id}/draft`, draft)
    const by = { time: expect.any(Number), user: { id: api.tenant.admin.userId } }
    expect((await list('tag=told')).data).toMatchObject([{ published: by, draft: by }])
    expect((await list('tag=told', api.customer)).data).toMatchObject([
      { title: 'Told about', published: null, draft: null },
    ])
    expect(await titles('tag=told', api.strangerAdmin)).toEqual([])
  })

  test('narrows by tags and favourites, and sorts by what was looked at', async () => {
    const [a, b, c] = [
      await newBoard('Sort A', { tags: ['sorted', 'x,y'] }),
      await newBoard('sort b', { tags: ['sorted'] }),
      await newBoard('Sort C', { tags: ['sorted'] }),
    ]
    expect(await titles('tag=sorted&sortProperty=title&sortOrder=DESC')).toEqual(['Sort C', 'sort b', 'Sort A'])
    expect(await titles('tag=sorted&tag=x,y')).toEqual(['Sort A'])
    for (const id of [a, c, b]) await api.admin.get(`/api/user/dashboards/${id}/visit`)
    expect(await titles('tag=sorted&sortProperty=lastVisited&sortOrder=DESC')).toEqual(['sort b', 'Sort C', 'Sort A'])
    await api.admin.get(`/api/user/dashboards/${c}/star`)
    expect(await list('starred=true')).toMatchObject({ totalElements: 1, data: [{ title: 'Sort C', starred: true }] })
    const page = await api.admin.get('/api/dashboards/summaries?pageSize=2&page=1&tag=sorted&sortProperty=title')
    expect(page.body).toMatchObject({ data: [{ title: 'Sort C' }], totalElements: 3, totalPages: 2, hasNext: false })
    expect((await api.admin.get('/api/dashboards/summaries?pageSize=2&page=0&sortProperty=configuration')).status).toBe(
      400,
    )
  })

  test('shows customers what is assigned to them, and finds no names of entities that are not theirs', async () => {
    const id = await newBoard('Of the customer', boilers())
    await assign(id)
    const text = `textSearch=${encodeURIComponent(api.tenant.device.name)}`
    expect(await titles(text)).toContain('Of the customer')
    expect(await titles(text, api.customer)).toEqual([])
    expect(await titles('textSearch=of+the+cust', api.customer)).toEqual(['Of the customer'])
    await gone(id)
  })
})

describe('tags', () => {
  test('are counted by name for those who see the dashboards', async () => {
    const id = await newBoard('Tagged', { tags: ['beta', 'Alpha', 'beta', ' ', 7] })
    const other = await newBoard('Tagged too', { tags: ['beta'] })
    await assign(other)
    const tags = async (client = api.admin) =>
      z
        .array(z.looseObject({ tag: z.string(), dashboards: z.number() }))
        .parse((await client.get('/api/dashboards/tags')).body)
    expect(await tags()).toEqual(
      expect.arrayContaining([
        { tag: 'Alpha', dashboards: 1 },
        { tag: 'beta', dashboards: 2 },
      ]),
    )
    expect(await tags(api.customer)).toContainEqual({ tag: 'beta', dashboards: 1 })
    expect(await tags(api.strangerAdmin)).toEqual([])
    expect((await api.admin.put(`/api/dashboard/${id}/tags`, { tags: [] })).body).toMatchObject({ tags: [] })
    expect((await api.admin.get(`/api/dashboard/${id}`)).body).not.toHaveProperty('configuration.tags')
    for (const bad of [['<b>'], [''], ['x'.repeat(65)], 'text', Array.from({ length: 51 }, (_, n) => `t${n}`)])
      expect((await api.admin.put(`/api/dashboard/${id}/tags`, { tags: bad })).status).toBe(400)
  })
})

describe('what uses what', () => {
  test('an entity: dashboards with its id, and those whose aliases find it by type or name', async () => {
    const { device } = api.tenant
    const { type, name } = z.looseObject({ type: z.string(), name: z.string() }).parse(device)
    const ids = {
      direct: await newBoard('Uses 1', {
        widgets: { w: { config: { targetDevice: { type: 'device', deviceId: device.id.id } } } },
      }),
      single: await newBoard('Uses 2', {
        entityAliases: { a: alias('It', { type: 'singleEntity', singleEntity: device.id }) },
      }),
      type: await newBoard('Uses 3', {
        entityAliases: {
          a: alias('Kind', {
            type: 'deviceType',
            deviceTypes: [type],
            deviceNameFilter: name.slice(0, 2).toLowerCase(),
          }),
        },
      }),
      prefix: await newBoard('Uses 4', {
        entityAliases: {
          a: alias('All', { type: 'entityName', entityType: 'DEVICE', entityNameFilter: `%${name.slice(1)}` }),
        },
      }),
    }
    await newBoard('Uses 5', {
      entityAliases: {
        a: alias('Other', { type: 'deviceType', deviceType: 'another', deviceNameFilter: '' }),
        b: alias('Odd', { type: 'nonsense' }),
      },
    })
    await newBoard('Uses 6', {
      entityAliases: { a: alias('Other', { type: 'entityName', entityType: 'ASSET', entityNameFilter: name }) },
    })
    const uses = await api.admin.get(`/api/dashboards/usedBy?entityType=DEVICE&entityId=${device.id.id.toUpperCase()}`)
    expect(uses.body).toEqual([
      { dashboardId: ids.direct, title: 'Uses 1', how: 'id', aliases: [] },
      { dashboardId: ids.single, title: 'Uses 2', how: 'id', aliases: ['It'] },
      { dashboardId: ids.type, title: 'Uses 3', how: 'alias', aliases: ['Kind'] },
      { dashboardId: ids.prefix, title: 'Uses 4', how: 'alias', aliases: ['All'] },
    ])
    const foreign = `/api/dashboards/usedBy?entityType=DEVICE&entityId=${device.id.id}`
    expect((await api.strangerAdmin.get(foreign)).status).toBe(404)
    expect((await api.customer.get(foreign)).status).toBe(403)
  })

  test('a dashboard: homes, profiles and dashboards that lead to it', async () => {
    const id = await newBoard('Led to')
    const from = await newBoard('Leads', {
      widgets: { w: { config: { actions: { click: [{ type: 'openDashboard', targetDashboardId: id }] } } } },
    })
    await api.admin.post('/api/tenant/dashboard/home/info', { dashboardId: { id } })
    const customerId = await createCustomer(api.db, { tenantId: api.tenant.tenantId, title: 'Lives here' })
    const customer = z.looseObject({}).parse((await api.admin.get(`/api/customer/${customerId}`)).body)
    await api.admin.post('/api/customer', { ...customer, additionalInfo: { homeDashboardId: id } })
    expect((await api.admin.get(`/api/dashboard/${id}/usedBy`)).body).toEqual({
      homes: expect.arrayContaining([
        { id: { entityType: 'CUSTOMER', id: customerId }, name: 'Lives here' },
        { id: { entityType: 'TENANT', id: api.tenant.tenantId }, name: expect.any(String) },
      ]),
      profiles: [],
      dashboards: [{ id: { entityType: 'DASHBOARD', id: from }, name: 'Leads' }],
    })
    await api.admin.post('/api/tenant/dashboard/home/info', { dashboardId: null })
  })
})

describe('a deleted dashboard', () => {
  const deleted = async (query = '', client = api.admin) =>
    z
      .looseObject({ data: z.array(deletedDashboardSchema), totalElements: z.number() })
      .parse((await client.get(`/api/dashboards/deleted?pageSize=100&page=0${query}`)).body)

  test('is listed, and comes back with customers, draft, versions and favourites', async () => {
    const id = await newBoard('Missed', boilers(), { mobileOrder: 3 })
    const leaving = await createCustomer(api.db, { tenantId: api.tenant.tenantId, title: 'Leaves' })
    await assign(id)
    await assign(id, leaving)
    await api.admin.put(`/api/dashboard/${id}/draft`, {
      revision: null,
      baseVersion: 1,
      document: { title: 'Half done', configuration: {} },
    })
    await api.admin.get(`/api/user/dashboards/${id}/star`)
    const before = z.looseObject({ version: z.number() }).parse((await api.admin.get(`/api/dashboard/${id}`)).body)
    await gone(id)
    await api.admin.delete(`/api/customer/${leaving}`)
    expect((await api.admin.get(`/api/dashboard/${id}/draft`)).status).toBe(404)
    const { data } = await deleted('&textSearch=miss')
    expect(data).toMatchObject([
      {
        id: { id },
        title: 'Missed',
        widgets: 1,
        deletedBy: { id: api.tenant.admin.userId },
        assignedCustomers: [{ customerId: { id: api.tenant.customerId } }],
      },
    ])
    expect(data[0] && data[0].forgottenTime - data[0].deletedTime).toBe(30 * 86_400_000)
    expect((await deleted('', api.strangerAdmin)).data).toEqual([])
    const answer = await api.admin.post(`/api/dashboards/deleted/${id}/restore`)
    expect(answer, answer.text).toMatchObject({ status: 200, body: { title: 'Missed', mobileOrder: 3 } })
    const { assignedCustomers: _customers, version, ...same } = before
    expect((await api.admin.get(`/api/dashboard/${id}`)).body).toMatchObject({
      ...same,
      version: version + 1,
      assignedCustomers: [{ customerId: { id: api.tenant.customerId } }],
    })
    expect((await api.admin.get(`/api/dashboard/${id}/draft`)).body).toMatchObject({
      draft: { document: { title: 'Half done' } },
    })
    expect((await api.admin.get(`/api/dashboard/${id}/versions?pageSize=5&page=0`)).body).toMatchObject({
      totalElements: 1,
    })
    expect(await titles('starred=true')).toContain('Missed')
    expect(await titles('textSearch=flowTemperature')).toEqual(['Missed'])
    expect((await deleted('&textSearch=miss')).data).toEqual([])
    // Whoever holds it from before its deletion is told that it is another.
    expect((await api.admin.post('/api/dashboard', { ...before, title: 'stale' })).status).toBe(409)
    await gone(id)
  })

  test('comes back once, however many ask, and not past the limit of the tenant', async () => {
    const id = await newBoard('Wanted by many')
    await gone(id)
    const restore = () => api.admin.post(`/api/dashboards/deleted/${id}/restore`)
    const statuses = (await Promise.all(Array.from({ length: 5 }, restore))).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 404, 404, 404, 404])
    await gone(id)
  })

  test('is forgotten when somebody says so, or when its time has come, with all that hangs on it', async () => {
    const [one, two] = [await newBoard('Forgotten'), await newBoard('Kept a while')]
    for (const id of [one, two]) await gone(id)
    expect((await api.admin.delete(`/api/dashboards/deleted/${one}`)).status).toBe(200)
    expect((await api.admin.delete(`/api/dashboards/deleted/${one}`)).status).toBe(404)
    expect((await api.admin.post(`/api/dashboards/deleted/${one}/restore`)).status).toBe(404)
    expect(await api.db.deletedDashboards.forgetOld(Date.now() - 60_000)).toBe(0)
    expect(await api.db.deletedDashboards.forgetOld(Date.now() + 60_000)).toBeGreaterThan(0)
    expect((await deleted()).data).toEqual([])
    const left = await api.db.dashboardDrafts.version(api.tenant.scope, two, 10)
    expect(left).toBeNull()
  })

  test('makes room for newer ones when a tenant deletes a thousand', async () => {
    const ids = [await newBoard('Oldest'), await newBoard('Middle'), await newBoard('Newest')]
    for (const id of ids) await gone(id)
    await api.db.deletedDashboards.forgetOld(0, 2)
    expect((await deleted()).data.map(({ title }) => title)).toEqual(['Newest', 'Middle'])
  })

  test('is no business of customers, other tenants and the system administrator', async () => {
    const id = await newBoard('Not yours')
    await gone(id)
    for (const [client, status] of [
      [api.customer, 403],
      [api.systemAdmin, 403],
      [api.strangerAdmin, 404],
    ] as const) {
      expect((await client.post(`/api/dashboards/deleted/${id}/restore`)).status).toBe(status)
      expect((await client.delete(`/api/dashboards/deleted/${id}`)).status).toBe(status)
    }
    expect((await deleted('&textSearch=not+yours')).totalElements).toBe(1)
  })
})

describe('a view of its own', () => {
  const overlay = {
    timeWindow: { selectedTab: 1 },
    filters: { f: { a: 1 } },
    widgets: { w: { columns: ['a'], hidden: true } },
  }

  test('is kept for each user alone', async () => {
    const id = await newBoard('Seen by several')
    await assign(id)
    const path = `/api/dashboard/${id}/overlay`
    expect((await api.admin.get(path)).body).toEqual({ overlay: null })
    expect((await api.admin.put(path, { ...overlay, unknown: 1 })).status).toBe(200)
    expect((await api.admin.get(path)).body).toEqual({ overlay })
    expect((await api.customer.get(path)).body).toEqual({ overlay: null })
    await api.customer.put(path, { widgets: {} })
    expect((await api.customer.get(path)).body).toEqual({ overlay: { widgets: {} } })
    expect((await api.customer.delete(path)).status).toBe(200)
    expect((await api.admin.get(path)).body).toEqual({ overlay })
  })

  test('needs the right to see the dashboard, and goes with it', async () => {
    const id = await newBoard('Hidden from the customer')
    const path = `/api/dashboard/${id}/overlay`
    await api.admin.put(path, overlay)
    for (const [client, status] of [
      [api.customer, 403],
      [api.systemAdmin, 403],
      [api.strangerAdmin, 404],
    ] as const)
      for (const method of ['GET', 'PUT', 'DELETE'])
        expect(
          await api.request({
            method,
            url: path,
            headers: { 'x-authorization': `Bearer ${client.token}` },
            body: method === 'PUT' ? overlay : undefined,
          }),
          method,
        ).toMatchObject({ status })
    await gone(id)
    await api.admin.post(`/api/dashboards/deleted/${id}/restore`)
    expect((await api.admin.get(path)).body).toEqual({ overlay: null })
  })

  test('is small, and an object', async () => {
    const path = `/api/dashboard/${await newBoard('Overlaid')}/overlay`
    expect((await api.admin.put(path, { widgets: { w: { text: 'x'.repeat(65_536) } } })).status).toBe(413)
    for (const bad of [[], 'x', { widgets: [] }, { widgets: { w: 1 } }, { timeWindow: 7 }])
      expect((await api.admin.put(path, bad)).status).toBe(400)
    expect((await api.admin.get(path)).body).toEqual({ overlay: null })
  })

  test('is not kept for visitors of a public link', async () => {
    const id = await newBoard('For everybody')
    const made = await api.admin.post(`/api/customer/public/dashboard/${id}`)
    const { assignedCustomers } = z
      .looseObject({ assignedCustomers: z.array(z.looseObject({ customerId: z.looseObject({ id: z.string() }) })) })
      .parse(made.body)
    const publicId = assignedCustomers[0]?.customerId.id
    const login = await api.request({ method: 'POST', url: '/api/auth/login/public', body: { publicId } })
    const visitor = api.as(z.looseObject({ token: z.string() }).parse(login.body).token)
    const path = `/api/dashboard/${id}/overlay`
    expect(await visitor.get(path)).toMatchObject({ status: 200, body: { overlay: null } })
    expect((await visitor.put(path, overlay)).status).toBe(403)
    expect((await visitor.get(`/api/dashboard/${id}/draft`)).status).toBe(403)
    expect((await visitor.get('/api/dashboards/deleted?pageSize=5&page=0')).status).toBe(403)
    expect(await titles('', visitor)).toEqual(['For everybody'])
    await api.admin.delete(`/api/customer/public/dashboard/${id}`)
    expect((await visitor.get(`/api/dashboard/${id}`)).status).toBe(403)
  })
})

test('the home is that of the user, else of the customer, else of the tenant, each with its own toolbar', async () => {
  const home = async () => (await api.customer.get('/api/dashboard/home/info')).body
  const boards = {
    tenant: await newBoard('Home T'),
    customer: await newBoard('Home C'),
    user: await newBoard('Home U'),
  }
  for (const id of Object.values(boards)) await assign(id)
  const set = async (path: string, post: string, info: object | null) => {
    const entity = z.looseObject({}).parse((await api.admin.get(path)).body)
    expect((await api.admin.post(post, { ...entity, additionalInfo: info })).status).toBe(200)
  }
  const customer = (info: object | null) => set(`/api/customer/${api.tenant.customerId}`, '/api/customer', info)
  const user = (info: object | null) =>
    set(`/api/user/${api.tenant.customerUser.userId}`, '/api/user?sendActivationMail=false', info)
  const is = (id: string, hideDashboardToolbar: boolean) => ({
    dashboardId: { entityType: 'DASHBOARD', id },
    hideDashboardToolbar,
  })
  await api.admin.post('/api/tenant/dashboard/home/info', {
    dashboardId: { id: boards.tenant },
    hideDashboardToolbar: false,
  })
  expect(await home()).toEqual(is(boards.tenant, false))
  await customer({ homeDashboardId: boards.customer })
  expect(await home()).toEqual(is(boards.customer, true))
  await user({ homeDashboardId: boards.user, homeDashboardHideToolbar: false })
  expect(await home()).toEqual(is(boards.user, false))
  expect((await api.customer.get('/api/dashboard/home')).body).toMatchObject({
    title: 'Home U',
    hideDashboardToolbar: false,
  })
  await gone(boards.user)
  expect(await home()).toEqual(is(boards.customer, true))
  expect((await api.customer.get('/api/dashboard/home')).body).toMatchObject({ title: 'Home C' })
  await customer(null)
  expect(await home()).toEqual(is(boards.tenant, false))
  await gone(boards.tenant)
  expect((await api.customer.get('/api/dashboard/home')).text).toBe('')
  expect((await api.customer.get('/api/dashboard/home/info')).text).toBe('')
  await user(null)
})
