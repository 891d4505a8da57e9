import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const path = '/api/user/settings'
const mine = async () => (await api.admin.get(path)).body

describe('general settings', () => {
  beforeEach(async () => {
    expect((await api.admin.post(path, { a: { b: 1, c: 2 }, list: [1, 2] })).status).toBe(200)
  })

  test('are {} before anything was saved', async () => {
    expect(await api.strangerAdmin.get(path)).toMatchObject({ status: 200, body: {} })
    expect((await api.strangerAdmin.get(path)).text).toBe('{}')
  })

  test('are replaced by POST, which answers them', async () => {
    expect((await api.admin.post(path, { other: true })).body).toEqual({ other: true })
    expect(await mine()).toEqual({ other: true })
  })

  test('are merged by PUT: keys are paths, objects on the way stay', async () => {
    expect(await api.admin.put(path, { 'a.b': { deep: 1 }, 'x.y': 2, list: [] })).toMatchObject({
      status: 200,
      text: '',
    })
    expect(await mine()).toEqual({ a: { b: { deep: 1 }, c: 2 }, x: { y: 2 }, list: [] })
    expect((await api.admin.put(`${path}/general`, { x: 3 })).status).toBe(200)
    expect((await api.admin.get(`${path}/general`)).body).toMatchObject({ x: 3, a: { c: 2 } })
  })

  test('lose the members at the paths of a DELETE', async () => {
    expect(await api.admin.delete(`${path}/a.b,list,nothing.here`)).toMatchObject({ status: 200, text: '' })
    expect(await mine()).toEqual({ a: { c: 2 } })
  })

  test('are merged one after the other, however many come at once', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, n) => api.admin.put(path, { [`n.k${n}`]: n })))
    const { n } = z.object({ n: z.record(z.string(), z.number()) }).parse(await mine())
    expect(Object.keys(n)).toHaveLength(20)
  })

  test('belong to one user', async () => {
    expect((await api.customer.get(path)).text).toBe('{}')
    expect((await api.customer.post(path, { own: 1 })).status).toBe(200)
    expect(await mine()).not.toHaveProperty('own')
  })

  test.each([
    [{ 'a.b': 1 }, 'Json field name should not contain "." or "," symbols'],
    [{ 'a,b': 1 }, 'Json field name should not contain "." or "," symbols'],
    [{ long: 'x'.repeat(100_000) }, 'Validation error: settings length must be equal or less than 100000'],
    [[1], 'Settings should be a JSON object!'],
    ['text', 'Settings should be a JSON object!'],
  ])('%.40j cannot be saved', async (body, message) => {
    expect(await api.admin.post(path, body)).toMatchObject({ status: 400, body: { message, errorCode: 31 } })
    expect(await mine()).toEqual({ a: { b: 1, c: 2 }, list: [1, 2] })
  })

  test('do not grow over the limit by merging either', async () => {
    expect((await api.admin.put(path, { one: 'x'.repeat(60_000) })).status).toBe(200)
    expect((await api.admin.put(path, { two: 'x'.repeat(60_000) })).status).toBe(400)
    expect(await mine()).not.toHaveProperty('two')
  })

  test('paths that lead into prototypes are refused', async () => {
    for (const key of ['__proto__.isAdmin', 'a.__proto__.isAdmin', 'constructor.prototype.isAdmin']) {
      expect((await api.admin.put(path, { [key]: true })).status).toBe(400)
      expect((await api.admin.delete(`${path}/${key}`)).status).toBe(400)
    }
    expect(Object.hasOwn(Object.prototype, 'isAdmin')).toBe(false)
  })
})

describe('settings of a type', () => {
  test('are kept apart from the general ones, whatever the case of the type', async () => {
    expect((await api.admin.put(`${path}/QUICK_LINKS`, { links: ['a'] })).status).toBe(200)
    expect((await api.admin.get(`${path}/quick_links`)).body).toEqual({ links: ['a'] })
    expect((await api.admin.get(`${path}/DOC_LINKS`)).text).toBe('{}')
    expect((await api.admin.delete(`${path}/QUICK_LINKS/links`)).status).toBe(200)
    expect((await api.admin.get(`${path}/QUICK_LINKS`)).text).toBe('{}')
  })

  test.each(['VISITED_DASHBOARDS', 'MOBILE'])('%s is for the platform alone', async (type) => {
    const message = `Settings with type: ${type} are reserved for internal use!`
    const refused = { status: 400, body: { message } }
    expect(await api.admin.get(`${path}/${type}`)).toMatchObject(refused)
    expect(await api.admin.put(`${path}/${type}`, { last: [] })).toMatchObject(refused)
    expect(await api.admin.delete(`${path}/${type}/last`)).toMatchObject(refused)
  })

  test('others do not exist', async () => {
    expect((await api.admin.get(`${path}/NONSENSE`)).status).toBe(400)
  })
})

describe('dashboards of a user', () => {
  const newDashboard = async (title: string) =>
    z.object({ id: z.object({ id: z.string() }) }).parse((await api.admin.post('/api/dashboard', { title })).body).id.id
  const note = (id: string, action: string, client = api.admin) => client.get(`/api/user/dashboards/${id}/${action}`)

  test('stand in the order of the last visit, with their stars', async () => {
    const [one, two] = [await newDashboard('One'), await newDashboard('Two')]
    for (const id of [one, two, one]) expect((await note(id, 'visit')).status).toBe(200)
    const { body } = await note(two, 'star')
    expect(body).toEqual({
      last: [
        { id: one, title: 'One', starred: false, lastVisited: expect.any(Number) },
        { id: two, title: 'Two', starred: true, lastVisited: expect.any(Number) },
      ],
      starred: [{ id: two, title: 'Two', starredAt: expect.any(Number) }],
    })
    expect((await api.admin.get('/api/user/dashboards')).body).toEqual(body)
    expect((await api.admin.get('/api/user/lastVisitedDashboards')).body).toEqual(body)
    expect((await note(two, 'UNSTAR')).body).toMatchObject({
      starred: [],
      last: [{ id: one }, { id: two, starred: false }],
    })
    expect((await api.customer.get('/api/user/dashboards')).body).toEqual({ last: [], starred: [] })
  })

  test('are ten at most and leave out what is gone', async () => {
    const ids: string[] = []
    for (let n = 0; n < 12; n++) ids.push(await newDashboard(`Number ${n}`))
    for (const id of ids) await note(id, 'visit')
    const last = async () =>
      z
        .object({ last: z.array(z.looseObject({ id: z.string() })) })
        .parse((await api.admin.get('/api/user/dashboards')).body).last
    expect((await last()).map(({ id }) => id)).toEqual(ids.slice(2).reverse())
    expect((await api.admin.delete(`/api/dashboard/${ids[11]}`)).status).toBe(200)
    expect((await last()).map(({ id }) => id)).toEqual(ids.slice(2, 11).reverse())
  })

  test('are only those that the user may see', async () => {
    const id = await newDashboard('Secret')
    expect((await note(id, 'visit', api.customer)).status).toBe(403)
    expect((await note(id, 'star', api.strangerAdmin)).status).toBe(404)
    expect((await note(randomUUID(), 'visit')).status).toBe(404)
    expect((await note(id, 'burn')).status).toBe(400)
    expect((await api.strangerAdmin.get('/api/user/dashboards')).body).toEqual({ last: [], starred: [] })
  })
})
