import { type SecuritySettings, securitySettingsSchema } from '@thingwire/contracts'
import { waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest, password } from '../testing/api-under-test.ts'

let api: ApiUnderTest
let offsetMs = 0
const dayMs = 86_400_000

beforeAll(async () => {
  api = await apiUnderTest({
    now: () => Date.now() + offsetMs,
    signInLimits: { perAccountAndAddress: 1_000, perAddress: 1_000, windowSeconds: 60 },
  })
})
afterAll(() => api[Symbol.asyncDispose]())

type Rules = Partial<Omit<SecuritySettings, 'passwordPolicy'>> & {
  passwordPolicy?: Partial<SecuritySettings['passwordPolicy']>
}
const use = async (rules: Rules) => {
  const answer = await api.systemAdmin.post('/api/admin/securitySettings', securitySettingsSchema.parse(rules))
  expect(answer.status).toBe(200)
}
const signIn = (username: string, word = password) =>
  api.request({
    method: 'POST',
    url: '/api/auth/login',
    body: { username, password: word },
    headers: { 'user-agent': 'curl/8.5.0' },
  })
const refusal = (message: string, errorCode: number) => ({
  status: 401,
  body: { status: 401, message, errorCode, timestamp: expect.any(Number) },
})
const logOf = async (action: 'LOGIN' | 'LOGOUT' | 'LOCKOUT') => {
  const link = { pageSize: 100, page: 0, sortProperty: 'createdTime', sortOrder: 'DESC' as const }
  const filter = { startTime: 0, endTime: Number.MAX_SAFE_INTEGER, actionTypes: [action] }
  return (await api.db.audit.list(api.tenant.tenantId, link, filter)).data
}
const pairOf = (body: unknown) => z.object({ token: z.string(), refreshToken: z.string() }).parse(body)

describe('the audit log', () => {
  test('tells where a sign-in and a sign-out came from', async () => {
    const { token } = pairOf((await signIn(api.tenant.admin.email)).body)
    await api.request({
      method: 'POST',
      url: '/api/auth/logout',
      headers: { 'x-authorization': `Bearer ${token}`, 'user-agent': 'nobody knows' },
    })
    expect((await logOf('LOGIN'))[0]).toMatchObject({
      userName: api.tenant.admin.email,
      entityId: { entityType: 'USER', id: api.tenant.admin.userId },
      actionStatus: 'SUCCESS',
      actionData: { clientAddress: '127.0.0.1', browser: 'curl 8', device: 'Other' },
    })
    await signIn(api.tenant.admin.email, 'wrong')
    expect((await logOf('LOGIN'))[0]).toMatchObject({
      userName: api.tenant.admin.email,
      actionStatus: 'FAILURE',
      actionFailureDetails: 'Invalid username or password',
    })
    // The count of failures begins anew for the tests below.
    expect((await signIn(api.tenant.admin.email)).status).toBe(200)
    expect((await logOf('LOGOUT'))[0]?.actionData).toEqual({ clientAddress: '127.0.0.1' })
  })
})

describe('a closed account', () => {
  test('is told apart from a wrong password only by whoever knows the password', async () => {
    const { userId, email } = api.stranger.customerUser
    const { token, refreshToken } = await api.signIn(email)
    const close = (isEnabled: boolean) =>
      api.strangerAdmin.post(`/api/user/${userId}/userCredentialsEnabled?userCredentialsEnabled=${isEnabled}`)
    expect((await close(false)).status).toBe(200)
    expect(await signIn(email)).toMatchObject(refusal('User account is not active', 10))
    expect(await signIn(email, 'wrong')).toMatchObject(refusal('Invalid username or password', 10))
    expect(await api.as(token).get('/api/auth/user')).toMatchObject(refusal('Token has expired', 11))
    expect(await api.request({ method: 'POST', url: '/api/auth/token', body: { refreshToken } })).toMatchObject(
      refusal('Token is outdated', 10),
    )
    await close(true)
    expect((await signIn(email)).status).toBe(200)
    // What was signed out by closing stays signed out.
    expect((await api.as(token).get('/api/auth/user')).status).toBe(401)
  })
})

describe('lockout', () => {
  test('closes the account after the allowed failures, says so, notes it, and writes one mail', async () => {
    await use({ maxFailedLoginAttempts: 2, userLockoutNotificationEmail: 'guard@example.org' })
    const { email, userId } = api.tenant.customerUser
    const { token } = await api.signIn(email)
    for (let i = 0; i < 2; i++)
      expect(await signIn(email, 'wrong')).toMatchObject(refusal('Invalid username or password', 10))
    const locked = refusal('User account is locked due to security policy', 10)
    expect(await signIn(email, 'wrong')).toMatchObject(locked)
    expect(await signIn(email)).toMatchObject(locked)
    expect(await signIn(email, 'wrong')).toMatchObject(refusal('Invalid username or password', 10))
    expect((await api.as(token).get('/api/auth/user')).status).toBe(401)
    expect(await logOf('LOCKOUT')).toMatchObject([
      { userName: email, actionStatus: 'SUCCESS', actionData: { clientAddress: '127.0.0.1', browser: 'curl 8' } },
    ])
    await waitFor(() => api.mails().length > 0, { what: 'the mail about the lockout' })
    expect(api.mails()).toMatchObject([{ to: 'guard@example.org', text: expect.stringContaining(email) }])

    // An administrator opens it, and the count begins anew.
    await api.admin.post(`/api/user/${userId}/userCredentialsEnabled?userCredentialsEnabled=true`)
    expect(await signIn(email, 'wrong')).toMatchObject(refusal('Invalid username or password', 10))
    expect((await signIn(email)).status).toBe(200)
    await use({})
  })

  test('a success forgets the failures before it', async () => {
    await use({ maxFailedLoginAttempts: 2 })
    const { email } = api.tenant.admin
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 2; i++) await signIn(email, 'wrong')
      expect((await signIn(email)).status).toBe(200)
    }
    await use({})
  })

  test('an unknown user takes no less time than a known one', async () => {
    const timed = async (username: string) => {
      const start = performance.now()
      await signIn(username, 'wrong')
      return performance.now() - start
    }
    expect(await timed('nobody@example.org')).toBeGreaterThanOrEqual(145)
    expect(await timed(api.tenant.admin.email)).toBeGreaterThanOrEqual(145)
  })
})

describe('password rules', () => {
  test('a password that violates them signs nobody in while a reset is demanded', async () => {
    await use({ passwordPolicy: { minimumDigits: 3, forceUserToResetPasswordIfNotValid: true } })
    expect(await signIn(api.tenant.admin.email)).toMatchObject(
      refusal('The entered password violates our policies. If this is your real password, please reset it.', 45),
    )
    await use({ passwordPolicy: { minimumDigits: 3 } })
    expect((await signIn(api.tenant.admin.email)).status).toBe(200)
    await use({})
  })

  test('an expired one gives a token to choose another with', async () => {
    const { email, userId } = api.stranger.customerUser
    await api.db.users.setPassword(userId, (await api.db.users.findAccountById(userId))?.passwordHash ?? '', {
      atMs: Date.now(),
    })
    await use({ passwordPolicy: { passwordExpirationPeriodDays: 30 } })
    expect((await signIn(email)).status).toBe(200)
    offsetMs = 31 * dayMs
    const answer = await signIn(email)
    expect(answer).toMatchObject({ status: 401, body: { message: 'User password expired!', errorCode: 15 } })
    const { resetToken } = z.object({ resetToken: z.string().min(20) }).parse(answer.body)
    const reset = await api.request({
      method: 'POST',
      url: '/api/noauth/resetPassword',
      body: { resetToken, password: 'another good one' },
    })
    expect(reset.status).toBe(200)
    expect((await signIn(email, 'another good one')).status).toBe(200)
    offsetMs = 0
    await use({})
  })
})

describe('changing the password', () => {
  const change = (token: string, currentPassword: string, newPassword: string) =>
    api.as(token).post('/api/auth/changePassword', { currentPassword, newPassword })

  test('ends every other session at once and gives a pair that is good', async () => {
    const { email } = api.stranger.admin
    const mine = await api.signIn(email)
    const other = await api.signIn(email)
    expect(await change(mine.token, 'wrong', 'a new password')).toMatchObject({
      status: 400,
      body: { message: "Current password doesn't match!", errorCode: 31 },
    })
    expect(await change(mine.token, password, password)).toMatchObject({
      status: 400,
      body: { message: 'New password should be different from existing!' },
    })
    expect(await change(mine.token, password, 'short')).toMatchObject({
      status: 400,
      body: { message: 'Password must be at least 6 characters long.' },
    })
    const fresh = pairOf((await change(mine.token, password, 'a new password')).body)
    for (const token of [mine.token, other.token])
      expect(await api.as(token).get('/api/auth/user')).toMatchObject(refusal('Token has expired', 11))
    expect((await api.as(fresh.token).get('/api/auth/user')).status).toBe(200)
    expect(await signIn(email)).toMatchObject(refusal('Invalid username or password', 10))
    expect((await signIn(email, 'a new password')).status).toBe(200)

    await use({ passwordPolicy: { passwordReuseFrequencyDays: 5 } })
    expect(await change(fresh.token, 'a new password', password)).toMatchObject({
      status: 400,
      body: { message: 'Password was already used in the last 5 days.' },
    })
    await use({})
    expect((await change(fresh.token, 'a new password', password)).status).toBe(200)
  })

  test('passwords and their history are stored as hashes', async () => {
    const used = await api.db.users.usedPasswords(api.stranger.admin.userId, Date.now())
    expect(used.length).toBeGreaterThanOrEqual(3)
    for (const { passwordHash } of used) expect(passwordHash).toMatch(/^\$argon2id\$/)
  })
})

describe('a public visitor', () => {
  const enter = (publicId: unknown) =>
    api.request({ method: 'POST', url: '/api/auth/login/public', body: { publicId } })
  const claimsOf = (token: string): unknown =>
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())

  test('gets in by the id of a public customer alone, and reads what that customer reads', async () => {
    const made = await api.admin.post(`/api/customer/public/device/${api.tenant.device.id.id}`)
    const publicId = z.object({ customerId: z.object({ id: z.string() }) }).parse(made.body).customerId.id
    for (const wrong of [api.tenant.customerId, crypto.randomUUID(), 'x'])
      expect(await enter(wrong)).toMatchObject(refusal('Invalid username or password', 10))
    for (const empty of ['', null, undefined])
      expect(await enter(empty)).toMatchObject(refusal('Authentication failed', 10))
    expect(await api.request({ method: 'GET', url: '/api/auth/login/public' })).toMatchObject(
      refusal('Authentication method not supported', 10),
    )

    const pair = pairOf((await enter(publicId)).body)
    expect(claimsOf(pair.token)).toMatchObject({
      sub: publicId,
      userId: '13814000-1dd2-11b2-8080-808080808080',
      scopes: ['CUSTOMER_USER'],
      isPublic: true,
      tenantId: api.tenant.tenantId,
      customerId: publicId,
    })
    const visitor = api.as(pair.token)
    const deviceId = api.tenant.device.id.id
    expect(await visitor.get('/api/auth/user')).toMatchObject({ status: 200, body: { email: publicId } })
    expect((await visitor.get(`/api/device/${deviceId}`)).status).toBe(200)
    const attributes = `/api/plugins/telemetry/DEVICE/${deviceId}`
    expect((await visitor.get(`${attributes}/values/attributes`)).status).toBe(200)
    const denied = { status: 403, body: { errorCode: 20 } }
    expect(await visitor.get(`/api/device/${deviceId}/credentials`)).toMatchObject(denied)
    for (const answer of [
      await visitor.post(`${attributes}/SERVER_SCOPE`, { a: 1 }),
      await visitor.post('/api/auth/changePassword', { currentPassword: 'a', newPassword: 'b' }),
      await visitor.post('/api/user/settings', {}),
      await visitor.post(`/api/rpc/oneway/${deviceId}`, { method: 'x', params: {} }),
      await visitor.delete(`/api/device/${deviceId}`),
    ])
      expect(answer.status).toBe(403)

    const renewed = pairOf(
      (await api.request({ method: 'POST', url: '/api/auth/token', body: { refreshToken: pair.refreshToken } })).body,
    )
    expect(claimsOf(renewed.token)).toMatchObject({ isPublic: true, sub: publicId })
    expect((await visitor.post('/api/auth/logout')).status).toBe(200)
    expect(await api.as(renewed.token).get('/api/auth/user')).toMatchObject(refusal('Token has expired', 11))
  })
})

describe('JWT settings', () => {
  test('a new key refuses older tokens, everywhere and at once, and the administrator goes on with a new pair', async () => {
    await using other = await apiUnderTest({ beside: api })
    const { token } = await api.signIn(api.tenant.admin.email)
    expect((await other.as(token).get('/api/auth/user')).status).toBe(200)
    const old = z
      .looseObject({ tokenSigningKey: z.string() })
      .parse((await api.systemAdmin.get('/api/admin/jwtSettings')).body)
    const tokenSigningKey = Buffer.alloc(64, 7).toString('base64')
    for (const [bad, message] of [
      [
        { tokenSigningKey: Buffer.alloc(63).toString('base64') },
        'Token signing key should be a Base64 text of at least 512 bits!',
      ],
      [{ tokenSigningKey: '???' }, 'Token signing key should be a valid Base64 text!'],
      [
        { tokenExpirationTime: 1_000_000_000 },
        'Refresh token expiration time should be longer than that of access tokens!',
      ],
    ] as const) {
      const answer = await api.systemAdmin.post('/api/admin/jwtSettings', { ...old, ...bad })
      expect(answer.status).toBe(400)
      expect(answer.text).toContain(message)
    }
    const saved = await api.systemAdmin.post('/api/admin/jwtSettings', { ...old, tokenSigningKey })
    const fresh = pairOf(saved.body)
    expect((await api.as(fresh.token).get('/api/auth/user')).status).toBe(200)
    expect(await api.as(token).get('/api/auth/user')).toMatchObject(refusal('Token has expired', 11))
    await waitFor(async () => (await other.as(token).get('/api/auth/user')).status === 401, { deadlineMs: 4_000 })
    expect((await other.as(fresh.token).get('/api/auth/user')).status).toBe(200)
    await api.as(fresh.token).post('/api/admin/jwtSettings', old)
  })
})

describe('two processes', () => {
  test('sign-out, password change and closing of an account count in the other one at once', async () => {
    await using other = await apiUnderTest({ beside: api })
    const { email, userId } = api.tenant.admin
    const works = async (token: string) => (await other.as(token).get('/api/auth/user')).status === 200
    /** Far below the seconds for which a process remembers an account. */
    const ends = (token: string, what: string) =>
      waitFor(async () => !(await works(token)), { deadlineMs: 2_500, what })

    const one = await api.signIn(email)
    const two = await api.signIn(email)
    for (const { token } of [one, two]) expect(await works(token)).toBe(true)
    await api.as(one.token).post('/api/auth/logout')
    await ends(one.token, 'the sign-out to be heard of')
    expect(await works(two.token)).toBe(true)

    const changed = await api.as(two.token).post('/api/auth/changePassword', {
      currentPassword: password,
      newPassword: 'something else',
    })
    const { token } = pairOf(changed.body)
    await ends(two.token, 'the password change to be heard of')
    expect(await works(token)).toBe(true)

    await api.systemAdmin.post(`/api/user/${userId}/userCredentialsEnabled?userCredentialsEnabled=false`)
    await ends(token, 'the closing to be heard of')
  })
})
