import { createHmac, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto'
import { beforeAll, afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest, password } from '../testing/api-under-test.ts'

let api: ApiUnderTest
let key: Buffer

const pairSchema = z.object({ token: z.string(), refreshToken: z.string() })
const claimsOf = (token: string): Record<string, unknown> =>
  z.record(z.string(), z.unknown()).parse(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()))
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const hmac = (hash: string, secret: Buffer | string, text: string) =>
  createHmac(hash, secret).update(text).digest('base64url')
const forge = (header: object, claims: object, signer: (text: string) => string) => {
  const text = `${encode(header)}.${encode(claims)}`
  return `${text}.${signer(text)}`
}
const body = (message: string, errorCode: number) => ({
  status: 401,
  message,
  errorCode,
  timestamp: expect.any(Number),
})
const whoAmI = (token: string) => api.as(token).get('/api/auth/user')
const refresh = (refreshToken: string) =>
  api.request({ method: 'POST', url: '/api/auth/token', body: { refreshToken } })

beforeAll(async () => {
  api = await apiUnderTest()
  const stored = z.object({ tokenSigningKey: z.string() }).parse(await api.db.settings.get('jwt'))
  key = Buffer.from(stored.tokenSigningKey, 'base64')
})
afterAll(() => api[Symbol.asyncDispose]())

describe('signing in', () => {
  test('gives a pair of tokens with the documented claims', async () => {
    const { token, refreshToken } = await api.signIn(api.tenant.customerUser.email)
    expect(claimsOf(token)).toMatchObject({
      sub: api.tenant.customerUser.email,
      userId: api.tenant.customerUser.userId,
      scopes: ['CUSTOMER_USER'],
      enabled: true,
      isPublic: false,
      tenantId: api.tenant.tenantId,
      customerId: api.tenant.customerId,
      sessionId: expect.any(String),
    })
    expect(claimsOf(refreshToken)).toMatchObject({ scopes: ['REFRESH_TOKEN'], jti: expect.any(String) })
    expect(claimsOf(token).sessionId).toBe(claimsOf(refreshToken).sessionId)
  })

  test('the user name does not depend on case', async () => {
    expect((await whoAmI((await api.signIn(api.tenant.admin.email.toUpperCase())).token)).status).toBe(200)
  })

  test('a wrong password and an unknown user get the same answer', async () => {
    const attempt = (username: string) =>
      api.request({ method: 'POST', url: '/api/auth/login', body: { username, password: 'wrong' } })
    const wrong = await attempt(api.stranger.admin.email)
    const unknown = await attempt(`${randomUUID()}@example.org`)
    for (const answer of [wrong, unknown]) expect(answer.body).toEqual(body('Invalid username or password', 10))
  })

  test.each([['not json'], ['{"username":"","password":"x"}'], ['{}'], ['']])(
    'the body %j is an authentication failure',
    async (payload) => {
      const answer = await api.request({ method: 'POST', url: '/api/auth/login', payload })
      expect(answer.body).toEqual(body('Authentication failed', 10))
    },
  )

  test.each(['/api/auth/login', '/api/auth/token'])('GET %s is not a way to sign in', async (url) => {
    const answer = await api.request({ method: 'GET', url })
    expect(answer.body).toEqual(body('Authentication method not supported', 10))
  })

  test('an authority or tenant sent along is ignored', async () => {
    const answer = await api.request({
      method: 'POST',
      url: '/api/auth/login',
      body: {
        username: api.tenant.customerUser.email,
        password,
        authority: 'SYS_ADMIN',
        scopes: ['SYS_ADMIN'],
        tenantId: api.stranger.tenantId,
      },
    })
    const { token } = pairSchema.parse(answer.body)
    expect((await whoAmI(token)).body).toMatchObject({
      authority: 'CUSTOMER_USER',
      tenantId: { id: api.tenant.tenantId },
    })
  })

  test('two installations do not share a signing key', async () => {
    await using other = await apiUnderTest()
    const { token } = await other.signIn(other.tenant.admin.email)
    expect((await whoAmI(token)).body).toEqual(body('Token has expired', 11))
  })
})

describe('the header', () => {
  test.each([
    [{}, 'Authentication failed'],
    [{ 'x-authorization': '' }, 'Authentication failed'],
    [{ 'x-authorization': 'Basic abc' }, 'Authentication failed'],
    [{ 'x-authorization': 'Bearer' }, 'Authentication failed'],
    [{ 'x-authorization': 'Bearer not-a-token' }, 'Invalid username or password'],
    [{ authorization: 'ApiKey unknown' }, 'Invalid username or password'],
  ])('%j is refused with "%s"', async (headers, message) => {
    const answer = await api.request({ method: 'GET', url: '/api/auth/user', headers })
    expect(answer.body).toEqual(body(message, 10))
  })

  test('Authorization works where X-Authorization is absent, which wins where both are there', async () => {
    const good = `Bearer ${(await api.signIn(api.tenant.admin.email)).token}`
    const ask = (headers: Record<string, string>) => api.request({ method: 'GET', url: '/api/auth/user', headers })
    expect((await ask({ authorization: good })).status).toBe(200)
    expect((await ask({ authorization: good, 'x-authorization': 'Bearer no' })).status).toBe(401)
  })
})

describe('forged tokens', () => {
  const claims = async () => claimsOf((await api.signIn(api.tenant.admin.email)).token)
  const foreignKey = randomBytes(64)

  test('alg none is refused', async () => {
    const token = forge({ alg: 'none' }, await claims(), () => '')
    expect((await whoAmI(token)).body).toEqual(body('Invalid username or password', 10))
  })

  test('another HMAC with our own key is refused', async () => {
    const token = forge({ alg: 'HS256' }, await claims(), (text) => hmac('sha256', key, text))
    expect((await whoAmI(token)).status).toBe(401)
  })

  test('a public-key algorithm is refused, also when its key is embedded', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const signed = (text: string) => sign('sha256', Buffer.from(text), privateKey).toString('base64url')
    const embedded = { alg: 'RS256', jwk: publicKey.export({ format: 'jwk' }) }
    for (const header of [{ alg: 'RS256' }, embedded])
      expect((await whoAmI(forge(header, await claims(), signed))).status).toBe(401)
    // The confusion itself: the public key as the secret of an HMAC.
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const confused = forge({ alg: 'HS512' }, await claims(), (text) => hmac('sha512', pem, text))
    expect((await whoAmI(confused)).body).toEqual(body('Token has expired', 11))
  })

  test('a foreign key is refused, whatever the kid says', async () => {
    for (const header of [{ alg: 'HS512' }, { alg: 'HS512', kid: '../../../../dev/null' }]) {
      const token = forge(header, await claims(), (text) => hmac('sha512', foreignKey, text))
      expect((await whoAmI(token)).body).toEqual(body('Token has expired', 11))
    }
  })

  test('changed claims do not fit the signature', async () => {
    const { token } = await api.signIn(api.tenant.customerUser.email)
    const [header, , signature] = token.split('.')
    const changed = encode({ ...claimsOf(token), scopes: ['SYS_ADMIN'], tenantId: api.stranger.tenantId })
    expect((await whoAmI(`${header}.${changed}.${signature}`)).body).toEqual(body('Token has expired', 11))
  })

  test('a well signed token with more rights than its user gets the rights of its user', async () => {
    const { token } = await api.signIn(api.tenant.customerUser.email)
    const inflated = { ...claimsOf(token), scopes: ['SYS_ADMIN'], tenantId: api.stranger.tenantId }
    const forged = forge({ alg: 'HS512' }, inflated, (text) => hmac('sha512', key, text))
    expect((await whoAmI(forged)).body).toMatchObject({ authority: 'CUSTOMER_USER' })
    expect((await api.as(forged).get('/api/tenant/devices?pageSize=1&page=0')).status).toBe(403)
  })

  test.each([
    { userId: 7 },
    { userId: 'x' },
    { sessionId: null },
    { scopes: [] },
    { scopes: 'SYS_ADMIN' },
    { scopes: ['ROOT'] },
    { scopes: ['CUSTOMER_USER', 'SYS_ADMIN'] },
    { sub: {} },
    { isPublic: 'yes' },
  ])('a well signed token with the claims %j is no token of ours', async (wrong) => {
    const token = forge({ alg: 'HS512' }, { ...(await claims()), ...wrong }, (text) => hmac('sha512', key, text))
    expect((await whoAmI(token)).body).toEqual(body('Invalid username or password', 10))
  })

  test('a well signed token of a stranger public id, or of nobody, is refused', async () => {
    for (const wrong of [
      { isPublic: true, sub: api.tenant.customerId },
      { isPublic: true, sub: 'not an id' },
      { userId: randomUUID() },
    ]) {
      const token = forge({ alg: 'HS512' }, { ...(await claims()), ...wrong }, (text) => hmac('sha512', key, text))
      expect((await whoAmI(token)).body).toEqual(body('Token has expired', 11))
    }
  })

  test('a token that was good is refused as soon as it has expired, though its signature is remembered', async () => {
    let offsetMs = 0
    await using timed = await apiUnderTest({ beside: api, now: () => Date.now() + offsetMs })
    const { token } = await timed.signIn(api.tenant.admin.email)
    expect((await timed.as(token).get('/api/auth/user')).status).toBe(200)
    offsetMs = 9_001_000
    expect((await timed.as(token).get('/api/auth/user')).body).toEqual(body('Token has expired', 11))
  })

  test('an expired token is refused', async () => {
    const now = Math.floor(Date.now() / 1_000)
    const expired = forge({ alg: 'HS512' }, { ...(await claims()), iat: now - 20_000, exp: now - 1 }, (text) =>
      hmac('sha512', key, text),
    )
    expect((await whoAmI(expired)).body).toEqual(body('Token has expired', 11))
  })
})

describe('refreshing', () => {
  test('gives new tokens for the same session', async () => {
    const first = await api.signIn(api.tenant.admin.email)
    const second = pairSchema.parse((await refresh(first.refreshToken)).body)
    expect(claimsOf(second.token).sessionId).toBe(claimsOf(first.token).sessionId)
    expect((await whoAmI(second.token)).status).toBe(200)
  })

  test('a refresh token may be used again while its session lasts: clients with several windows do', async () => {
    const { token, refreshToken } = await api.signIn(api.tenant.admin.email)
    const pairs = await Promise.all([1, 2, 3].map(async () => pairSchema.parse((await refresh(refreshToken)).body)))
    expect(new Set(pairs.map((pair) => claimsOf(pair.refreshToken).jti)).size).toBe(3)
    await api.as(token).post('/api/auth/logout')
    for (const pair of pairs) {
      expect((await whoAmI(pair.token)).body).toEqual(body('Token has expired', 11))
      expect((await refresh(pair.refreshToken)).body).toEqual(body('Token is outdated', 10))
    }
  })

  test('a refresh token opens no door, and an access token refreshes nothing', async () => {
    const { token, refreshToken } = await api.signIn(api.tenant.admin.email)
    expect((await whoAmI(refreshToken)).body).toEqual(body('Invalid username or password', 10))
    expect((await refresh(token)).body).toEqual(body('Invalid username or password', 10))
  })

  test('a missing refresh token is an authentication failure', async () => {
    expect((await refresh('')).body).toEqual(body('Authentication failed', 10))
  })
})

describe('signing out', () => {
  test('ends the session for both tokens, and no other session', async () => {
    const one = await api.signIn(api.tenant.admin.email)
    const two = await api.signIn(api.tenant.admin.email)
    expect((await api.as(one.token).post('/api/auth/logout')).status).toBe(200)
    expect((await whoAmI(one.token)).body).toEqual(body('Token has expired', 11))
    expect((await refresh(one.refreshToken)).body).toEqual(body('Token is outdated', 10))
    expect((await whoAmI(two.token)).status).toBe(200)
  })

  test('tokens from before an invalidation are refused', async () => {
    const { token, refreshToken } = await api.signIn(api.stranger.customerUser.email)
    await api.db.users.invalidateTokens(api.stranger.customerUser.userId, Date.now() + 2_000)
    expect((await whoAmI(token)).body).toEqual(body('Token has expired', 11))
    expect((await refresh(refreshToken)).body).toEqual(body('Token is outdated', 10))
  })
})

describe('guessing passwords', () => {
  const limits = { perAccountAndAddress: 3, perAddress: 6, windowSeconds: 60 }

  test('is slowed for the account and then for the address, and a success gives the attempts back', async () => {
    await using limited = await apiUnderTest({ signInLimits: limits })
    const attempt = (username: string, word: string) =>
      limited.request({ method: 'POST', url: '/api/auth/login', body: { username, password: word } })
    const { email } = limited.tenant.admin
    expect((await attempt(email, 'a')).status).toBe(401)
    expect((await attempt(email, 'b')).status).toBe(401)
    expect((await attempt(email, password)).status).toBe(200)
    for (const word of ['a', 'b', 'c']) expect((await attempt(email, word)).status).toBe(401)
    const refused = await attempt(email, password)
    expect(refused.status).toBe(429)
    expect(refused.body).toMatchObject({ message: 'Too many sign-in attempts; try again later', errorCode: 33 })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    // Five failures of this address by now; the seventh is refused whatever the account.
    expect((await attempt('x@example.org', 'a')).status).toBe(401)
    expect((await attempt('y@example.org', 'a')).status).toBe(429)
  })

  test('parallel attempts do not slip through', async () => {
    await using limited = await apiUnderTest({ signInLimits: limits })
    const answers = await Promise.all(
      Array.from({ length: 12 }, () =>
        limited.request({
          method: 'POST',
          url: '/api/auth/login',
          body: { username: limited.tenant.admin.email, password: 'wrong' },
        }),
      ),
    )
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(3)
  })
})
