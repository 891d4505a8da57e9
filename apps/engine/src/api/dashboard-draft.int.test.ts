import { dashboardDraftSchema, dashboardVersionDocumentSchema, savedDashboardDraftSchema } from '@thingwire/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest } from '../testing/api-under-test.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const created = z.looseObject({ id: z.object({ id: z.string() }), version: z.number() })
const draftAnswer = z.object({ draft: dashboardDraftSchema.nullable() })
const versionPage = z.looseObject({
  data: z.array(z.looseObject({ version: z.number(), note: z.string().nullable() })),
  totalElements: z.number(),
})

const widget = (title: string) => ({ typeFullFqn: 'system.cards.value_card', type: 'latest', config: { title } })
const state = { name: 'Main', root: true, layouts: { main: { widgets: {}, gridSettings: {} } } }
const config = (...titles: string[]) => ({
  widgets: Object.fromEntries(titles.map((title, n) => [`w${n}`, widget(title)])),
  states: { default: state },
})
const doc = (title: string, configuration: object = config()) => ({
  title,
  image: null,
  mobileHide: false,
  mobileOrder: null,
  configuration,
})

const newBoard = async (configuration: object = config('one')) => {
  const answer = await api.admin.post('/api/dashboard', { title: 'Board', configuration })
  const { id, version } = created.parse(answer.body)
  const base = `/api/dashboard/${id.id}`
  return {
    id: id.id,
    base,
    version,
    put: (body: object) => api.admin.put(`${base}/draft`, body),
    saved: async (document: object, revision: number | null = null, baseVersion = version) =>
      savedDashboardDraftSchema.parse((await api.admin.put(`${base}/draft`, { revision, baseVersion, document })).body),
    draft: async () => draftAnswer.parse((await api.admin.get(`${base}/draft`)).body).draft,
    publish: (revision: number, of = version, note?: string) =>
      api.admin.post(`${base}/publish`, { revision, version: of, note }),
    shown: async () => created.parse((await api.admin.get(base)).body),
    /** As ThingsBoard's clients save. */
    post: (body: object) => api.admin.post('/api/dashboard', { id: { id: id.id }, title: 'Board', ...body }),
    versions: async () => versionPage.parse((await api.admin.get(`${base}/versions?pageSize=300&page=0`)).body).data,
    at: async (of: number) => dashboardVersionDocumentSchema.parse((await api.admin.get(`${base}/version/${of}`)).body),
  }
}

describe('a draft', () => {
  test('is kept with everything that could not be published, and shown to nobody', async () => {
    const board = await newBoard()
    const before = await board.shown()
    expect(await board.draft()).toBeNull()
    const document = doc('', { zebra: 1, widgets: 'none', alpha: { nested: [null] } })
    const saved = await board.saved(document)
    expect(saved).toMatchObject({
      dashboardId: board.id,
      revision: 1,
      baseVersion: board.version,
      updatedBy: { id: api.tenant.admin.userId },
    })
    const draft = await board.draft()
    expect(draft).toMatchObject({ revision: 1, document })
    expect(JSON.stringify(draft?.document.configuration)).toBe(JSON.stringify(document.configuration))
    expect(await board.shown()).toEqual(before)
  })

  test('takes over only from the revision that is the newest, also of eight at once', async () => {
    const board = await newBoard()
    for (const revision of [null, 1]) {
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, n) => board.put({ revision, baseVersion: board.version, document: doc(`${n}`) })),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 409)])
    }
    expect(await board.draft()).toMatchObject({ revision: 2 })
    expect(await board.put({ revision: 1, baseVersion: board.version, document: doc('late') })).toMatchObject({
      status: 409,
      // What the editor has to merge with.
      body: { errorCode: 35, draft: 2, version: board.version },
    })
  })

  test('that was discarded does not lend its number to the next', async () => {
    const board = await newBoard()
    await board.saved(doc('a'))
    expect((await api.admin.delete(`${board.base}/draft?revision=7`)).status).toBe(409)
    expect((await api.admin.delete(`${board.base}/draft?revision=1`)).status).toBe(200)
    expect(await board.draft()).toBeNull()
    expect((await api.admin.delete(`${board.base}/draft`)).status).toBe(200)
    expect((await board.saved(doc('b'))).revision).toBe(2)
  })

  test('cannot stand on a version that is not there, nor belong to a dashboard that is not', async () => {
    const board = await newBoard()
    for (const baseVersion of [board.version + 1, 2 ** 31, Number.MAX_SAFE_INTEGER])
      expect((await board.put({ revision: null, baseVersion, document: doc('x') })).status).toBe(409)
    const unknown = `/api/dashboard/${crypto.randomUUID()}/draft`
    expect((await api.admin.get(unknown)).status).toBe(404)
    expect((await api.admin.put(unknown, { revision: null, baseVersion: 1, document: doc('x') })).status).toBe(404)
    expect((await api.admin.get('/api/dashboard/nonsense/draft')).status).toBe(400)
  })

  test.each([
    ['no document', { revision: null, baseVersion: 1 }],
    ['a title that is none', { revision: null, baseVersion: 1, document: doc(7 as unknown as string) }],
    ['a list for a configuration', { revision: null, baseVersion: 1, document: doc('x', []) }],
    ['a revision that is a text', { revision: '1', baseVersion: 1, document: doc('x') }],
    [
      'a picture of two megabytes',
      { revision: null, baseVersion: 1, document: { ...doc('x'), image: 'x'.repeat(2e6) } },
    ],
  ])('with %s is refused', async (_what, body) => {
    const board = await newBoard()
    expect((await board.put(body)).status).toBe(400)
    expect(await board.draft()).toBeNull()
  })

  test('of more than ten megabytes is too large, and one that nests too deeply malformed', async () => {
    const board = await newBoard()
    const large = doc('x', { text: 'x'.repeat(10 * 1024 * 1024) })
    expect(await board.put({ revision: null, baseVersion: board.version, document: large })).toMatchObject({
      status: 413,
    })
    const deep = `{"revision":null,"baseVersion":1,"document":{"title":"x","configuration":{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}}}`
    const answer = await api.app.inject({
      method: 'PUT',
      url: `${board.base}/draft`,
      headers: { 'x-authorization': `Bearer ${api.admin.token}`, 'content-type': 'application/json' },
      payload: deep,
    })
    expect(answer.statusCode).toBe(400)
    expect(await board.draft()).toBeNull()
  })

  test('with NUL, lone surrogates and names of the prototype is kept, published and found', async () => {
    const board = await newBoard()
    const odd = `a\u0000b\ud800c`
    const configuration = { ...config('constructor'), description: odd, tags: ['nul\u0000tag'] }
    Object.assign(configuration.widgets, { constructor: widget(odd), toString: widget('x') })
    await board.saved(doc('Odd', configuration))
    const published = await board.publish(1)
    expect(published.status, published.text).toBe(200)
    expect(await board.at(board.version + 1)).toMatchObject({ widgets: 3, states: 1 })
    expect((await api.admin.get('/api/dashboards/summaries?pageSize=5&page=0&textSearch=constructor')).status).toBe(200)
    await api.admin.delete(board.base)
    expect((await api.admin.post(`/api/dashboards/deleted/${board.id}/restore`)).status).toBe(200)
  })
})

describe('publishing', () => {
  test('puts the draft in place, ends it, and keeps the version with its note', async () => {
    const board = await newBoard()
    const saved = await board.saved(doc('  Renamed ', config('one', 'two')))
    const answer = await board.publish(saved.revision, board.version, 'Two cards')
    expect(answer).toMatchObject({ status: 200, body: { version: board.version + 1 } })
    expect(await board.shown()).toMatchObject({ title: 'Renamed', version: board.version + 1 })
    expect(await board.draft()).toBeNull()
    expect(await board.versions()).toMatchObject([
      {
        version: board.version + 1,
        note: 'Two cards',
        title: 'Renamed',
        widgets: 2,
        states: 1,
        user: { id: api.tenant.admin.userId },
      },
      { version: board.version, note: null, title: 'Board', widgets: 1 },
    ])
  })

  test('is refused when the draft or the dashboard is another than was seen, and then changes nothing', async () => {
    const board = await newBoard()
    await board.saved(doc('a'))
    const before = await board.shown()
    expect((await board.publish(2)).status).toBe(409)
    expect((await board.publish(1, board.version + 1)).status).toBe(409)
    expect(await board.shown()).toEqual(before)
    await board.post({ configuration: config('by somebody else') })
    expect((await board.publish(1)).status).toBe(409)
    // Seen, but the draft does not stand on it: the editor merges first.
    expect((await board.publish(1, board.version + 1)).status).toBe(409)
    await board.saved(doc('merged'), 1, board.version + 1)
    expect((await board.publish(2, board.version + 1)).status).toBe(200)
  })

  test('an assignment is no reason to refuse what stands on the same document', async () => {
    const board = await newBoard()
    await board.saved(doc('a'))
    await api.admin.post(`/api/customer/${api.tenant.customerId}/dashboard/${board.id}`)
    expect((await board.publish(1)).status).toBe(409)
    expect((await board.publish(1, board.version + 1)).status).toBe(200)
  })

  test('twice at once happens once', async () => {
    const board = await newBoard()
    await board.saved(doc('a'))
    const statuses = (await Promise.all(Array.from({ length: 6 }, () => board.publish(1)))).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 409, 409, 409, 409, 409])
    expect(await board.versions()).toHaveLength(2)
  })

  test.each([
    ['a missing title', doc(' '), 'Dashboard title should be specified!'],
    ['markup in the title', doc('<b onclick=x>'), 'is malformed'],
    ['widgets that are a text', doc('x', { widgets: 'none' }), '"widgets" is not an object.'],
    ['a widget that is a number', doc('x', { widgets: { w: 7 } }), '"widgets.w" is not an object.'],
    ['a state without layouts', doc('x', { states: { s: { name: 'S' } } }), 'The state "s" has no layouts.'],
    ['aliases that are a list', doc('x', { entityAliases: [] }), '"entityAliases" is not an object.'],
    ['tags that are no texts', doc('x', { tags: [1] }), 'The tags cannot be read.'],
    [
      'too many states',
      doc('x', { states: Object.fromEntries(Array.from({ length: 501 }, (_, n) => [n, state])) }),
      '500 are the most',
    ],
  ])('is refused with %s', async (_what, document, problem) => {
    const board = await newBoard()
    const { revision } = await board.saved(document)
    expect(await board.publish(revision)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining(problem) },
    })
    expect((await board.draft())?.revision).toBe(revision)
    expect((await board.shown()).version).toBe(board.version)
  })

  test('a board of sixty widgets is saved and published in less than half a second each', async () => {
    const board = await newBoard()
    const many = Array.from({ length: 60 }, (_, n) => `Widget ${n}`)
    const configuration = config(...many)
    for (const one of Object.values(configuration.widgets))
      Object.assign(one.config, {
        settings: { text: 'setting '.repeat(1_000) },
        datasources: [{ type: 'entity', dataKeys: [] }],
      })
    // The best of several: other tests run beside this one.
    const best = { saveMs: Number.POSITIVE_INFINITY, publishMs: Number.POSITIVE_INFINITY }
    for (let n = 0; n < 5; n++) {
      const begun = performance.now()
      const { revision } = await board.saved(doc(`Sixty ${n}`, configuration), null, board.version + n)
      const saved = performance.now()
      expect((await board.publish(revision, board.version + n)).status).toBe(200)
      best.saveMs = Math.min(best.saveMs, saved - begun)
      best.publishMs = Math.min(best.publishMs, performance.now() - saved)
    }
    expect(best.saveMs).toBeLessThan(500)
    expect(best.publishMs).toBeLessThan(500)
  })
})

describe('versions', () => {
  test('come from every way of saving, and every way keeps to the version it names', async () => {
    const board = await newBoard()
    expect((await board.post({ configuration: config('a', 'b'), version: board.version })).status).toBe(200)
    expect((await board.post({ configuration: config('late'), version: board.version })).status).toBe(409)
    expect((await api.admin.put(`${board.base}/tags`, { tags: ['shown'] })).body).toEqual({
      tags: ['shown'],
      version: 3,
    })
    expect((await board.versions()).map(({ version, widgets }) => [version, widgets])).toEqual([
      [3, 2],
      [2, 2],
      [1, 1],
    ])
    expect((await board.at(1)).document.configuration).toEqual(config('one'))
    expect((await board.at(3)).document.configuration).toEqual({ ...config('a', 'b'), tags: ['shown'] })
  })

  test('of a new assignment have no document of their own: the number means the state before', async () => {
    const board = await newBoard()
    await api.admin.post(`/api/customer/${api.tenant.customerId}/dashboard/${board.id}`)
    expect((await board.shown()).version).toBe(2)
    expect(await board.at(2)).toMatchObject({ version: 1, document: { title: 'Board' } })
    expect((await api.admin.get(`${board.base}/version/999999999`)).status).toBe(200)
    expect((await api.admin.get(`${board.base}/version/0`)).status).toBe(404)
    expect((await api.admin.get(`${board.base}/version/-1`)).status).toBe(400)
  })

  test('carry a note that can be changed', async () => {
    const board = await newBoard()
    const note = (of: number, text: unknown) => api.admin.put(`${board.base}/version/${of}/note`, { note: text })
    expect(await note(1, 'The first')).toMatchObject({ status: 200, body: { version: 1, note: 'The first' } })
    expect(await board.versions()).toMatchObject([{ note: 'The first' }])
    expect(await note(1, '')).toMatchObject({ body: { note: null } })
    expect((await note(2, 'x')).status).toBe(404)
    expect((await note(1, 'x'.repeat(1_001))).status).toBe(400)
    const found = await api.admin.get(`${board.base}/versions?pageSize=5&page=0&textSearch=first`)
    expect(found.body).toMatchObject({ totalElements: 0 })
  })

  test('are kept two hundred at most', async () => {
    const board = await newBoard()
    const { scope } = api.tenant
    for (let n = 0; n < 203; n++)
      await api.db.dashboards.save(scope, { id: board.id, title: `n${n}`, configuration: config() })
    const kept = await board.versions()
    expect(kept).toHaveLength(200)
    expect(kept.at(0)?.version).toBe(204)
    expect(kept.at(-1)?.version).toBe(5)
  }, 60_000)

  test('of dashboards with large pictures are fewer, but never less than ten', async () => {
    const board = await newBoard()
    const picture = 'x'.repeat(6 * 1024 * 1024)
    for (let n = 0; n < 14; n++)
      await api.db.dashboards.save(api.tenant.scope, { id: board.id, title: 'large', configuration: { picture } })
    expect((await board.versions()).map(({ version }) => version)).toEqual([15, 14, 13, 12, 11, 10, 9, 8, 7, 6])
  }, 60_000)
})

test('customer users, other tenants and the system administrator have no part in it', async () => {
  const board = await newBoard()
  await api.admin.post(`/api/customer/${api.tenant.customerId}/dashboard/${board.id}`)
  await board.saved(doc('secret'), null, 1)
  const routes = [
    ['GET', 'draft', null],
    ['PUT', 'draft', { revision: 1, baseVersion: 1, document: doc('taken over') }],
    ['DELETE', 'draft', null],
    ['POST', 'publish', { revision: 1, version: 2 }],
    ['GET', 'versions?pageSize=5&page=0', null],
    ['GET', 'version/1', null],
    ['PUT', 'version/1/note', { note: 'x' }],
    ['PUT', 'tags', { tags: ['x'] }],
    ['GET', 'usedBy', null],
  ] as const
  for (const [method, end, body] of routes)
    for (const [client, status] of [
      [api.customer, 403],
      [api.systemAdmin, 403],
      [api.strangerAdmin, 404],
    ] as const) {
      const answer = await api.request({
        method,
        url: `${board.base}/${end}`,
        headers: { 'x-authorization': `Bearer ${client.token}` },
        ...(body && { body }),
      })
      expect(answer.status, `${method} ${end}`).toBe(status)
    }
  expect(await board.draft()).toMatchObject({ revision: 1, document: { title: 'secret' } })
})
