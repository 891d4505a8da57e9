import {
  accountTwoFaSettingsSchema,
  partialCookie,
  type PlatformTwoFaSettings,
  platformTwoFaSettingsSchema,
} from '@thingwire/contracts'
import { TOTP, URI } from 'otpauth'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Answer, type ApiUnderTest, apiUnderTest, type Client, password } from '../testing/api-under-test.ts'

let api: ApiUnderTest
/** Moves with each use, so that every code is of a step of its own. */
let offsetMs = 0

beforeAll(async () => {
  api = await apiUnderTest({
    now: () => Date.now() + offsetMs,
    signInLimits: { perAccountAndAddress: 1_000, perAddress: 1_000, windowSeconds: 60 },
  })
})
afterAll(() => api[Symbol.asyncDispose]())

const all = [
  { providerType: 'TOTP', issuerName: 'Thingwire' },
  { providerType: 'EMAIL', verificationCodeLifetime: 60 },
  { providerType: 'SMS', verificationCodeLifetime: 60 },
  { providerType: 'BACKUP_CODE', codesQuantity: 3 },
]
const offer = async (more: Partial<z.input<typeof platformTwoFaSettingsSchema>> = {}) => {
  const settings = {
    providers: all,
    minVerificationCodeSendPeriod: 5,
    verificationCodeCheckRateLimit: '1000:1',
    totalAllowedTimeForVerification: 600,
    ...more,
  }
  expect(await api.systemAdmin.post('/api/2fa/settings', settings)).toMatchObject({ status: 200 })
}
afterEach(async () => {
  await offer()
  for (const { userId } of [api.tenant.admin, api.tenant.customerUser, api.stranger.admin]) {
    const stored = await api.db.twoFactor.find(userId)
    if (stored) await api.db.twoFactor.replace(userId, stored, null)
  }
  const keys = await api.redis.keys('tw:2fa:*')
  if (keys.length > 0) await api.redis.del(...keys)
})

const login = (email: string) =>
  api.request({ method: 'POST', url: '/api/auth/login', body: { username: email, password } })
const partialOf = (answer: Answer) => z.strictObject({ token: z.string(), scope: z.string() }).parse(answer.body)
const pairSchema = z.strictObject({ token: z.string(), refreshToken: z.string() })
const nextCode = (authUrl: string): string => {
  offsetMs += 60_000
  const totp = URI.parse(authUrl)
  if (!(totp instanceof TOTP)) throw new Error('not a TOTP')
  return totp.generate({ timestamp: Date.now() + offsetMs })
}
const config = '/api/2fa/account/config'
const addTotp = async (client: Client): Promise<string> => {
  const draft = await client.post(`${config}/generate?providerType=TOTP`)
  const { authUrl } = z.object({ authUrl: z.string() }).parse(draft.body)
  const saved = await client.post(`${config}?verificationCode=${nextCode(authUrl)}`, draft.body)
  expect(saved).toMatchObject({
    status: 200,
    body: { configs: { TOTP: { providerType: 'TOTP', useByDefault: true } } },
  })
  return authUrl
}
const check = (token: string, type: string, code: string) =>
  api.as(token).post(`/api/auth/2fa/verification/check?providerType=${type}&verificationCode=${code}`)
const wrong = { status: 400, body: { message: 'Verification code is incorrect', errorCode: 31 } }
const mailedCode = (): string => /\b(\d{6})\b/.exec(api.mails()[0]?.text ?? '')?.[1] ?? ''

describe('platform settings', () => {
  test('are null until they are saved, and then as they were saved', async () => {
    await using fresh = await apiUnderTest()
    expect(await fresh.systemAdmin.get('/api/2fa/settings')).toMatchObject({ status: 200, body: null })
    expect(await fresh.admin.get('/api/2fa/providers')).toMatchObject({ status: 200, body: [] })
    expect(await fresh.admin.get('/api/2fa/account/settings')).toMatchObject({ status: 200, body: null })
    const settings: PlatformTwoFaSettings = platformTwoFaSettingsSchema.parse({
      providers: all,
      minVerificationCodeSendPeriod: 30,
    })
    expect((await fresh.systemAdmin.post('/api/2fa/settings', settings)).body).toEqual(settings)
    expect((await fresh.systemAdmin.get('/api/2fa/settings')).body).toEqual(settings)
    expect((await fresh.admin.get('/api/2fa/providers')).body).toEqual(['TOTP', 'EMAIL', 'SMS', 'BACKUP_CODE'])
  })

  test.each([
    [{ minVerificationCodeSendPeriod: 4 }],
    [{ totalAllowedTimeForVerification: 59 }],
    [{ verificationCodeCheckRateLimit: '3' }],
    [{ maxVerificationFailuresBeforeUserLockout: -1 }],
    [{ providers: [{ providerType: 'PIGEON' }] }],
    [{ providers: [all[0], all[0]] }],
    [{ providers: [], enforceTwoFa: true }],
    [{ providers: [{ providerType: 'SMS', verificationCodeLifetime: 60, smsVerificationMessageTemplate: 'no code' }] }],
    [{ enforcedUsersFilter: { type: 'NOBODY' } }],
  ])('%j is refused', async (bad) => {
    const answer = await api.systemAdmin.post('/api/2fa/settings', {
      providers: all,
      minVerificationCodeSendPeriod: 5,
      ...bad,
    })
    expect(answer).toMatchObject({ status: 400, body: { errorCode: 31 } })
  })
})

describe('setting up', () => {
  test('TOTP: only the code of the secret keeps it', async () => {
    await offer()
    const draft = await api.admin.post(`${config}/generate?providerType=TOTP`)
    expect(draft.body).toMatchObject({
      providerType: 'TOTP',
      authUrl: expect.stringMatching(/^otpauth:\/\/totp\/Thingwire:/),
    })
    expect(await api.admin.post(`${config}/submit`, draft.body)).toMatchObject({ status: 200, text: '' })
    expect(await api.admin.post(`${config}?verificationCode=000000`, draft.body)).toMatchObject(wrong)
    expect(await api.admin.post(config, draft.body)).toMatchObject(wrong)
    expect((await api.admin.get('/api/2fa/account/settings')).body).toBeNull()
    await addTotp(api.admin)
    expect(await api.admin.post(`${config}?verificationCode=000000`, draft.body)).toMatchObject({
      status: 400,
      body: { message: '2FA provider is already configured' },
    })
  })

  test('EMAIL: the code goes to the address that is to be confirmed', async () => {
    await offer()
    const draft = await api.admin.post(`${config}/generate?providerType=EMAIL`)
    expect(draft.body).toMatchObject({ email: api.tenant.admin.email })
    const other = { providerType: 'EMAIL', email: 'elsewhere@example.org', useByDefault: true }
    expect(await api.admin.post(`${config}/submit`, other)).toMatchObject({ status: 200 })
    expect(api.mails()[0]).toMatchObject({ to: 'elsewhere@example.org' })
    expect(await api.admin.post(`${config}/submit`, other)).toMatchObject({ status: 429, body: { errorCode: 33 } })
    // The same code does not confirm another address.
    expect(await api.admin.post(`${config}?verificationCode=${mailedCode()}`, draft.body)).toMatchObject(wrong)
    expect((await api.admin.post(`${config}?verificationCode=${mailedCode()}`, other)).body).toEqual({
      configs: { EMAIL: { providerType: 'EMAIL', useByDefault: true, email: 'elsewhere@example.org' } },
    })
  })

  test('SMS: says that there is nothing to send it with', async () => {
    await offer()
    const draft = { providerType: 'SMS', phoneNumber: '+4915112345678' }
    expect(await api.admin.post(`${config}/submit`, draft)).toMatchObject({
      status: 400,
      body: { message: 'SMS cannot be sent: no SMS provider is set up' },
    })
    expect((await api.admin.post(`${config}/submit`, { ...draft, phoneNumber: '123' })).status).toBe(400)
  })

  test('backup codes need another factor, are hashed, and go with the last one', async () => {
    await offer()
    const draft = await api.admin.post(`${config}/generate?providerType=BACKUP_CODE`)
    const { codes } = z.object({ codes: z.array(z.string()).length(3) }).parse(draft.body)
    expect((await api.admin.post(config, draft.body)).status).toBe(400)
    await addTotp(api.admin)
    expect(
      await api.admin.post(config, { providerType: 'BACKUP_CODE', codes: ['aaaaaaaa', 'aaaaaaaa', 'bbbbbbbb'] }),
    ).toMatchObject({ status: 400 })
    const saved = await api.admin.post(config, draft.body)
    expect(accountTwoFaSettingsSchema.parse(saved.body).configs.BACKUP_CODE).toEqual({
      providerType: 'BACKUP_CODE',
      useByDefault: false,
      codesLeft: 3,
    })
    const stored = JSON.stringify(await api.db.twoFactor.find(api.tenant.admin.userId))
    for (const code of codes) {
      expect(stored).not.toContain(code)
      expect(saved.text).not.toContain(code)
    }
    expect(await api.admin.put(`${config}?providerType=BACKUP_CODE`, { useByDefault: true })).toMatchObject({
      body: { configs: { TOTP: { useByDefault: false }, BACKUP_CODE: { useByDefault: true } } },
    })
    expect((await api.admin.delete(`${config}?providerType=TOTP`)).body).toEqual({ configs: {} })
    expect((await api.admin.get('/api/2fa/account/settings')).body).toBeNull()
    expect(await api.admin.delete(`${config}?providerType=TOTP`)).toMatchObject({ status: 400 })
  })

  test('what the platform does not offer cannot be set up', async () => {
    await offer({ providers: [{ providerType: 'TOTP', issuerName: 'x' }] })
    expect((await api.admin.post(`${config}/generate?providerType=EMAIL`)).status).toBe(400)
    expect((await api.admin.post(`${config}/generate?providerType=PIGEON`)).status).toBe(400)
  })
})

describe('signing in', () => {
  test('takes a second step, whose token opens nothing else', async () => {
    await offer()
    const authUrl = await addTotp(api.admin)
    const { token, scope } = partialOf(await login(api.tenant.admin.email))
    expect(scope).toBe('PRE_VERIFICATION_TOKEN')
    const partial = api.as(token)
    for (const answer of [
      await partial.get('/api/auth/user'),
      await partial.get('/api/tenant/devices?pageSize=1&page=0'),
      await partial.get('/api/2fa/account/settings'),
      await partial.delete(`${config}?providerType=TOTP`),
      await partial.post('/api/auth/2fa/login'),
      await partial.post('/api/auth/changePassword', { currentPassword: password, newPassword: 'something' }),
    ])
      expect(answer).toMatchObject({ status: 403, body: { errorCode: 20 } })
    expect(await api.request({ method: 'POST', url: '/api/auth/token', body: { refreshToken: token } })).toMatchObject({
      status: 401,
    })
    expect((await partial.get('/api/auth/2fa/providers')).body).toEqual([
      { type: 'TOTP', default: true, contact: null, minVerificationCodeSendPeriod: null },
    ])
    expect(await partial.post('/api/auth/2fa/verification/send?providerType=TOTP')).toMatchObject({ status: 200 })
    expect(await check(token, 'TOTP', '000000')).toMatchObject(wrong)
    expect(await check(token, 'EMAIL', '000000')).toMatchObject({ status: 400 })
    const code = nextCode(authUrl)
    const pair = pairSchema.parse((await check(token, 'TOTP', code)).body)
    expect((await api.as(pair.token).get('/api/auth/user')).status).toBe(200)
    // A code is good once (RFC 6238), whatever token comes with it.
    expect(await check(token, 'TOTP', code)).toMatchObject(wrong)
    // Signing out ends the unfinished sign-in that the session came from, too.
    await api.as(pair.token).post('/api/auth/logout')
    expect(await check(token, 'TOTP', nextCode(authUrl))).toMatchObject({ status: 401 })
  })

  test('of many requests with one code one gets through', async () => {
    await offer()
    const authUrl = await addTotp(api.admin)
    const { token } = partialOf(await login(api.tenant.admin.email))
    const code = nextCode(authUrl)
    const answers = await Promise.all(Array.from({ length: 8 }, () => check(token, 'TOTP', code)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
  })

  test('a full token has no business at the second step', async () => {
    for (const answer of [
      await api.admin.get('/api/auth/2fa/providers'),
      await check(api.admin.token, 'TOTP', '000000'),
      await api.admin.post('/api/auth/2fa/login'),
      await api.admin.get('/api/session/2fa/providers'),
    ])
      expect(answer).toMatchObject({ status: 403, body: { errorCode: 20 } })
  })

  test('by a code from the mailbox, which is good once', async () => {
    await offer()
    const email = { providerType: 'EMAIL', email: 'second@example.org' }
    await api.admin.post(`${config}/submit`, email)
    await api.admin.post(`${config}?verificationCode=${mailedCode()}`, email)
    await api.redis.del(`tw:2fa:pause:${api.tenant.admin.userId}:EMAIL`)
    const { token } = partialOf(await login(api.tenant.admin.email))
    expect((await api.as(token).get('/api/auth/2fa/providers')).body).toEqual([
      { type: 'EMAIL', default: true, contact: 'se****@example.org', minVerificationCodeSendPeriod: 5 },
    ])
    const send = () => api.as(token).post('/api/auth/2fa/verification/send?providerType=EMAIL')
    expect(await send()).toMatchObject({ status: 200 })
    expect(await send()).toMatchObject({ status: 429 })
    const code = mailedCode()
    expect(await check(token, 'EMAIL', code === '111111' ? '222222' : '111111')).toMatchObject(wrong)
    expect(pairSchema.safeParse((await check(token, 'EMAIL', code)).body).success).toBe(true)
    expect(await check(token, 'EMAIL', code)).toMatchObject(wrong)
  })

  test('by a backup code, which is used up', async () => {
    await offer()
    await addTotp(api.admin)
    const draft = await api.admin.post(`${config}/generate?providerType=BACKUP_CODE`)
    const { codes } = z.object({ codes: z.array(z.string()) }).parse(draft.body)
    await api.admin.post(config, draft.body)
    const { token } = partialOf(await login(api.tenant.admin.email))
    const [code = ''] = codes
    const answers = await Promise.all([1, 2, 3].map(() => check(token, 'BACKUP_CODE', code.toUpperCase())))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect((await api.admin.get('/api/2fa/account/settings')).body).toMatchObject({
      configs: { BACKUP_CODE: { codesLeft: 2 } },
    })
  })

  test('too many tries are slowed, and too many wrong ones lock the account', async () => {
    await offer({ verificationCodeCheckRateLimit: '3:60' })
    const { email, userId } = api.stranger.admin
    await addTotp(api.strangerAdmin)
    await api.redis.del(`tw:2fa:checks:${userId}`)
    const { token } = partialOf(await login(email))
    for (let i = 0; i < 3; i++) expect(await check(token, 'TOTP', '000000')).toMatchObject(wrong)
    expect(await check(token, 'TOTP', '000000')).toMatchObject({ status: 429, body: { errorCode: 33 } })

    await offer({ maxVerificationFailuresBeforeUserLockout: 2 })
    await api.redis.del(`tw:2fa:checks:${userId}`)
    expect(await check(token, 'TOTP', '000000')).toMatchObject(wrong)
    const locked = { status: 401, body: { message: 'User account is locked due to security policy', errorCode: 10 } }
    expect(await check(token, 'TOTP', '000000')).toMatchObject(locked)
    expect(await login(email)).toMatchObject(locked)
    await api.systemAdmin.post(`/api/user/${userId}/userCredentialsEnabled?userCredentialsEnabled=true`)
  })

  test('a factor that the platform takes back is asked for no more', async () => {
    await offer()
    await addTotp(api.admin)
    await offer({ providers: [{ providerType: 'EMAIL', verificationCodeLifetime: 60 }] })
    expect(pairSchema.safeParse((await login(api.tenant.admin.email)).body).success).toBe(true)
  })

  test('an API key takes no second step', async () => {
    await offer()
    await addTotp(api.admin)
    const made = await api.admin.post('/api/apiKey', {
      userId: { entityType: 'USER', id: api.tenant.admin.userId },
      description: 'x',
    })
    const { value } = z.object({ value: z.string() }).parse(made.body)
    const answer = await api.request({
      method: 'GET',
      url: '/api/auth/user',
      headers: { authorization: `ApiKey ${value}` },
    })
    expect(answer.status).toBe(200)
  })
})

describe('enforcement', () => {
  test('whoever has no factor must set one up first', async () => {
    await offer({ enforceTwoFa: true })
    const { token, scope } = partialOf(await login(api.tenant.customerUser.email))
    expect(scope).toBe('MFA_CONFIGURATION_TOKEN')
    const partial = api.as(token)
    expect(await partial.get('/api/auth/user')).toMatchObject({ status: 403 })
    expect(await partial.get('/api/auth/2fa/providers')).toMatchObject({ status: 403 })
    expect(await partial.get('/api/2fa/providers')).toMatchObject({ status: 200 })
    expect(await partial.post('/api/auth/2fa/login')).toMatchObject({
      status: 400,
      body: { message: 'Two-factor authentication is not configured!' },
    })
    await addTotp(partial)
    const pair = pairSchema.parse((await partial.post('/api/auth/2fa/login')).body)
    expect((await api.as(pair.token).get('/api/auth/user')).status).toBe(200)
    expect(partialOf(await login(api.tenant.customerUser.email)).scope).toBe('PRE_VERIFICATION_TOKEN')
  })

  test('an unfinished sign-in cannot step around a factor that was set up elsewhere', async () => {
    await offer({ enforceTwoFa: true })
    const thief = partialOf(await login(api.tenant.customerUser.email))
    const owner = partialOf(await login(api.tenant.customerUser.email))
    await addTotp(api.as(owner.token))
    expect(await api.as(thief.token).post('/api/auth/2fa/login')).toMatchObject({ status: 400 })
    expect(await api.as(thief.token).get('/api/2fa/account/settings')).toMatchObject({ status: 403 })
    expect(await api.as(thief.token).post(`${config}/generate?providerType=EMAIL`)).toMatchObject({ status: 403 })
  })

  test.each([
    [{ type: 'ALL_USERS' }, ['admin', 'customerUser', 'system']],
    [{ type: 'TENANT_ADMINISTRATORS' }, ['admin']],
    [{ type: 'SYSTEM_ADMINISTRATORS' }, ['system']],
    [{ type: 'TENANT_ADMINISTRATORS', tenantsIds: ['0190a6d2-0000-7000-8000-000000000000'] }, []],
    [{ type: 'TENANT_ADMINISTRATORS', tenantProfilesIds: ['0190a6d2-0000-7000-8000-000000000000'] }, []],
  ] as const)('the filter %j demands it of %j', async (filter, expected) => {
    const system = await api.systemAdmin.get('/api/auth/user')
    const people = {
      admin: api.tenant.admin.email,
      customerUser: api.tenant.customerUser.email,
      system: z.object({ email: z.string() }).parse(system.body).email,
    }
    await offer({
      enforceTwoFa: true,
      enforcedUsersFilter: platformTwoFaSettingsSchema.shape.enforcedUsersFilter.parse(filter),
    })
    const asked: string[] = []
    for (const [who, email] of Object.entries(people))
      if ('scope' in z.looseObject({}).parse((await login(email)).body)) asked.push(who)
    expect(asked).toEqual(expected)
  })
})

describe('browsers', () => {
  const own = { host: 'iot.example.org', origin: 'https://iot.example.org' }
  const begin = (email: string) =>
    api.request({ method: 'POST', url: '/api/session', headers: own, body: { username: email, password } })
  const jar = ({ cookies }: Answer) =>
    cookies
      .filter(({ value }) => value !== '')
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ')
  const call = (method: string, url: string, cookie: string, body?: unknown, headers: Record<string, string> = own) =>
    api.request({ method, url, headers: { ...headers, cookie }, ...(body !== undefined && { body }) })

  test('take the second step by a cookie of its own; tokens never reach the page', async () => {
    await offer()
    const authUrl = await addTotp(api.admin)
    const begun = await begin(api.tenant.admin.email)
    expect(begun.body).toEqual({ scope: 'PRE_VERIFICATION_TOKEN', expiresAt: expect.any(Number) })
    const partial = begun.cookies.find(({ name }) => name === partialCookie)
    expect(partial).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/api' })
    expect(begun.text).not.toContain(partial?.value)
    const cookie = jar(begun)
    expect(await call('GET', '/api/session', cookie)).toMatchObject({ status: 401 })
    expect(await call('GET', '/api/session/2fa/providers', cookie)).toMatchObject({
      status: 200,
      body: [{ type: 'TOTP' }],
    })
    expect(await call('POST', '/api/session/2fa/send', cookie, { providerType: 'TOTP' })).toMatchObject({ status: 200 })
    const body = { providerType: 'TOTP', verificationCode: nextCode(authUrl) }
    const foreign = { ...own, origin: 'https://evil.example' }
    expect(await call('POST', '/api/session/2fa/verify', cookie, body, foreign)).toMatchObject({ status: 403 })
    const done = await call('POST', '/api/session/2fa/verify', cookie, body)
    expect(done).toMatchObject({ status: 200, body: { user: { email: api.tenant.admin.email } } })
    expect(done.cookies.find(({ name }) => name === partialCookie)?.value).toBe('')
    expect(await call('GET', '/api/session', jar(done))).toMatchObject({ status: 200 })
  })

  test('set up a demanded factor by the same cookie', async () => {
    await offer({ enforceTwoFa: true })
    const begun = await begin(api.tenant.customerUser.email)
    expect(begun.body).toMatchObject({ scope: 'MFA_CONFIGURATION_TOKEN' })
    const cookie = jar(begun)
    const draft = await call('POST', `${config}/generate?providerType=TOTP`, cookie)
    const { authUrl } = z.object({ authUrl: z.string() }).parse(draft.body)
    expect(await call('POST', `${config}?verificationCode=${nextCode(authUrl)}`, cookie, draft.body)).toMatchObject({
      status: 200,
    })
    const done = await call('POST', '/api/session/2fa/login', cookie)
    expect(done).toMatchObject({ status: 200, body: { user: { email: api.tenant.customerUser.email } } })
    expect(await call('GET', '/api/session', jar(done))).toMatchObject({ status: 200 })
  })
})
