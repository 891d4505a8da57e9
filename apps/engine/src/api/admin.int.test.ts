import { totalmem } from 'node:os'
import { nullUuid } from '@thingwire/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest, password } from '../testing/api-under-test.ts'
import { startSmtpServer } from '../testing/smtp-server.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const settingsPath = '/api/admin/settings'
const save = (key: string, jsonValue: unknown) => api.systemAdmin.post(settingsPath, { key, jsonValue })
const auditOf = async () =>
  z
    .object({ data: z.array(z.looseObject({ entityName: z.string() })) })
    .parse(
      (await api.systemAdmin.get('/api/audit/logs?pageSize=10&page=0&sortProperty=createdTime&sortOrder=DESC')).body,
    )

describe('settings by key', () => {
  test('the general ones have a default and keep what is saved', async () => {
    expect(await api.systemAdmin.get(`${settingsPath}/general`)).toMatchObject({
      status: 200,
      body: {
        key: 'general',
        tenantId: { entityType: 'TENANT', id: nullUuid },
        jsonValue: { baseUrl: 'http://localhost:8080', prohibitDifferentUrl: false },
      },
    })
    const saved = await save('general', { baseUrl: 'https://x.example/', prohibitDifferentUrl: true, own: 1 })
    const expected = { baseUrl: 'https://x.example', prohibitDifferentUrl: true, own: 1 }
    expect(saved).toMatchObject({ status: 200, body: { jsonValue: expected, id: { entityType: 'ADMIN_SETTINGS' } } })
    expect((await api.systemAdmin.get(`${settingsPath}/general`)).body).toEqual(saved.body)
    expect((await auditOf()).data[0]).toMatchObject({ actionType: 'UPDATED', entityName: 'general' })
  })

  test.each([
    ['general', { baseUrl: 'javascript:alert(1)' }, 'Base URL should be a http or https address!'],
    ['general', {}, 'Base URL should be a http or https address!'],
    ['mail', { smtpHost: 'mail.example.org' }, 'Mail From should be specified!'],
    ['mail', { mailFrom: 'a@b.c' }, 'SMTP host should be specified!'],
    ['jwt', { tokenSigningKey: 'x' }, 'Settings with key: jwt have an endpoint of their own!'],
    ['securitySettings', {}, 'Settings with key: securitySettings have an endpoint of their own!'],
    ['anything', 'text', 'Json value should be specified!'],
    [' ', {}, 'Key should be specified!'],
  ])('%s cannot be %j', async (key, jsonValue, message) => {
    expect(await save(key, jsonValue)).toMatchObject({ status: 400, body: { message, errorCode: 31 } })
  })

  test('the signing key is not read by this way either', async () => {
    expect((await api.systemAdmin.get(`${settingsPath}/jwt`)).status).toBe(400)
  })

  test('mail and connectivity are there to be changed before anybody saved them', async () => {
    const read = async (key: string) =>
      z
        .object({ id: z.unknown(), jsonValue: z.record(z.string(), z.unknown()) })
        .parse((await api.systemAdmin.get(`${settingsPath}/${key}`)).body)
    const mail = await read('mail')
    expect(mail.jsonValue).toMatchObject({ smtpProtocol: 'smtp', smtpHost: '' })
    // Sent back as it was, it is refused: there is no server yet.
    expect((await save('mail', mail.jsonValue)).status).toBe(400)
    const { jsonValue } = await read('connectivity')
    expect(jsonValue).toMatchObject({
      mqtt: { enabled: true, host: '' },
      coap: { enabled: true },
      coaps: { enabled: false },
    })
    expect((await save('connectivity', jsonValue)).body).toMatchObject({ key: 'connectivity', jsonValue })
  })

  test('a key that nobody saved is not found', async () => {
    expect(await api.systemAdmin.get(`${settingsPath}/nothing`)).toMatchObject({
      status: 404,
      body: { message: 'No Administration settings found for key: nothing', errorCode: 32 },
    })
  })

  test('other keys keep any document', async () => {
    expect((await save('connectivity', { http: { enabled: true } })).status).toBe(200)
    expect((await api.systemAdmin.get(`${settingsPath}/connectivity`)).body).toMatchObject({
      jsonValue: { http: { enabled: true } },
    })
  })
})

describe('mail settings', () => {
  test('never show the password, keep it when it is left out, and are used', async () => {
    await using server = await startSmtpServer({ user: 'robot', password: 's3cret' })
    const mail = {
      mailFrom: 'Thingwire <robot@example.org>',
      smtpProtocol: 'smtp',
      smtpHost: '127.0.0.1',
      smtpPort: String(server.port),
      timeout: '5000',
      enableTls: false,
      username: 'robot',
    }
    const first = await save('mail', { ...mail, password: 's3cret' })
    expect(first).toMatchObject({ status: 200, body: { jsonValue: mail } })
    expect(first.text).not.toContain('s3cret')
    const read = await api.systemAdmin.get(`${settingsPath}/mail`)
    expect(read.text).not.toContain('s3cret')
    expect((await save('mail', { ...mail, timeout: '6000' })).status).toBe(200)
    expect(JSON.stringify(await auditOf())).not.toContain('s3cret')

    const trial = await api.systemAdmin.post(`${settingsPath}/testMail`, { key: 'mail', jsonValue: mail })
    expect(trial).toMatchObject({ status: 200, text: '' })
    const me = z.object({ email: z.string() }).parse((await api.systemAdmin.get('/api/auth/user')).body)
    expect(server.received).toMatchObject([{ from: 'robot@example.org', to: [me.email], user: 'robot' }])
    expect((await api.systemAdmin.get('/api/admin/featuresInfo')).body).toMatchObject({ emailEnabled: true })

    const wrong = { key: 'mail', jsonValue: { ...mail, password: 'no' } }
    expect(await api.systemAdmin.post(`${settingsPath}/testMail`, wrong)).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/^Unable to send mail: .*535/) },
    })
  })
})

describe('security settings', () => {
  const path = '/api/admin/securitySettings'

  test('have defaults, are saved, and count at once', async () => {
    const before = z.looseObject({ passwordPolicy: z.looseObject({}) }).parse((await api.systemAdmin.get(path)).body)
    expect(before).toMatchObject({
      passwordPolicy: { minimumLength: 6, maximumLength: 72 },
      userActivationTokenTtl: 24,
      passwordResetTokenTtl: 24,
    })
    const stricter = {
      ...before,
      userActivationTokenTtl: 1,
      passwordPolicy: { ...before.passwordPolicy, minimumDigits: 2 },
    }
    expect(await api.systemAdmin.post(path, stricter)).toMatchObject({ status: 200, body: stricter })
    expect((await api.request({ method: 'GET', url: '/api/noauth/userPasswordPolicy' })).body).toMatchObject({
      minimumDigits: 2,
    })
    const user = z.object({ id: z.object({ id: z.string() }) }).parse(
      (
        await api.admin.post('/api/user?sendActivationMail=false', {
          email: 'ttl@example.org',
          authority: 'TENANT_ADMIN',
        })
      ).body,
    )
    const link = z
      .object({ ttlMs: z.number() })
      .parse((await api.admin.get(`/api/user/${user.id.id}/activationLinkInfo`)).body)
    expect(link.ttlMs).toBeLessThanOrEqual(3_600_000)
    expect((await api.systemAdmin.post(path, before)).status).toBe(200)
    expect((await auditOf()).data[0]).toMatchObject({ entityName: 'securitySettings' })
  })

  test.each([{ userActivationTokenTtl: 0 }, { passwordResetTokenTtl: 25 }, { passwordPolicy: { minimumLength: 3 } }])(
    '%j is refused',
    async (change) => {
      expect(await api.systemAdmin.post(path, change)).toMatchObject({ status: 400, body: { errorCode: 31 } })
    },
  )
})

describe('token settings', () => {
  test('a new key signs everybody out but who changed it', async () => {
    await using own = await apiUnderTest()
    const path = '/api/admin/jwtSettings'
    const settings = z
      .object({ tokenExpirationTime: z.number(), tokenSigningKey: z.string() })
      .loose()
      .parse((await own.systemAdmin.get(path)).body)
    const tokenSigningKey = Buffer.alloc(64, 7).toString('base64')
    const answer = await own.systemAdmin.post(path, { ...settings, tokenSigningKey, tokenExpirationTime: 600 })
    const pair = z.object({ token: z.string(), refreshToken: z.string() }).parse(answer.body)
    expect((await own.as(pair.token).get(path)).body).toMatchObject({ tokenSigningKey, tokenExpirationTime: 600 })
    expect(await own.systemAdmin.get(path)).toMatchObject({ status: 401, body: { errorCode: 11 } })
    expect((await own.admin.get('/api/auth/user')).status).toBe(401)
    const body = { username: own.tenant.admin.email, password }
    expect((await own.request({ method: 'POST', url: '/api/auth/login', body })).status).toBe(200)
    const log = await own.as(pair.token).get('/api/audit/logs?pageSize=10&page=0&actionTypes=UPDATED')
    expect(log.body).toMatchObject({ data: [{ entityName: 'jwt', entityId: { entityType: 'ADMIN_SETTINGS' } }] })
    expect(log.text).not.toContain(tokenSigningKey)
  })

  test('a short key and lifetimes that make no sense are refused', async () => {
    const path = '/api/admin/jwtSettings'
    const settings = z.looseObject({}).parse((await api.systemAdmin.get(path)).body)
    for (const change of [{ tokenSigningKey: 'c2hvcnQ=' }, { tokenExpirationTime: 1 }, { refreshTokenExpTime: 1 }])
      expect((await api.systemAdmin.post(path, { ...settings, ...change })).status).toBe(400)
  })
})

describe('facts', () => {
  test('figures of the host are real', async () => {
    const { systemData } = z
      .object({ monolith: z.boolean(), systemData: z.array(z.record(z.string(), z.unknown())).length(1) })
      .parse((await api.systemAdmin.get('/api/admin/systemInfo')).body)
    const percent = z.number().min(0).max(100)
    const figures = z
      .object({
        cpuUsage: percent,
        memoryUsage: percent,
        discUsage: percent,
        cpuCount: z.number().int().min(1),
        totalMemory: z.number().int().min(1_000_000).max(totalmem()),
        totalDiscSpace: z.number().int().min(1_000_000),
        serviceId: z.string().min(1),
        serviceType: z.literal('TB_CORE'),
      })
      .parse(systemData[0])
    expect(figures.memoryUsage).toBeGreaterThan(0)
  })

  test('no newer version is claimed', async () => {
    const { body } = await api.systemAdmin.get('/api/admin/updates')
    const update = z.looseObject({ currentVersion: z.string(), latestVersion: z.string() }).parse(body)
    expect(update).toMatchObject({ updateAvailable: false, latestVersion: update.currentVersion })
  })

  test('the help begins at the installation itself', async () => {
    const answer = await api.customer.get('/api/uiSettings/helpBaseUrl')
    expect(answer.headers['content-type']).toMatch(/^text\/plain/)
    expect((await api.request({ method: 'GET', url: new URL(answer.text).pathname })).status).toBe(200)
  })

  test('a sign-in page learns without an account that there are no other providers', async () => {
    for (const query of ['', '?platform=WEB', '?pkgName=org.thingsboard.demo&platform=ANDROID'])
      expect(await api.request({ method: 'POST', url: `/api/noauth/oauth2Clients${query}` })).toMatchObject({
        status: 200,
        body: [],
      })
  })

  test('nobody below the system reads or changes any of it', async () => {
    for (const client of [api.admin, api.customer])
      for (const path of [
        'settings/general',
        'securitySettings',
        'jwtSettings',
        'systemInfo',
        'updates',
        'featuresInfo',
      ])
        expect((await client.get(`/api/admin/${path}`)).status).toBe(403)
  })
})
