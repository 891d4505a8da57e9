import { createHash, randomUUID } from 'node:crypto'
import { waitFor } from '@thingwire/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiUnderTest, apiUnderTest, password } from '../testing/api-under-test.ts'
import { startSmtpServer } from '../testing/smtp-server.ts'

let api: ApiUnderTest
beforeAll(async () => {
  api = await apiUnderTest()
})
afterAll(() => api[Symbol.asyncDispose]())

const mailSchema = z.array(z.object({ to: z.string(), subject: z.string(), text: z.string(), html: z.string() }))
const anonymous = (method: string, url: string, body?: unknown) =>
  api.request({ method, url, ...(body !== undefined && { body }), headers: { host: 'localhost:8080' } })
const mailsTo = async (email: string) =>
  mailSchema.parse((await anonymous('GET', '/api/dev/mail/json')).body).filter(({ to }) => to === email)
const mailTo = (email: string, subject: string) =>
  waitFor(async () => (await mailsTo(email)).find((mail) => mail.subject.includes(subject)), {
    what: `a mail "${subject}" to ${email}`,
  })
/** The link in a mail, without the address of the installation. */
const linkIn = ({ text }: { text: string }): string => {
  const link = /http:\/\/localhost:8080(\/api\/noauth\/\S+)/.exec(text)?.[1]
  if (!link) throw new Error(`No link in: ${text}`)
  return link
}
const tokenIn = (link: string) => new URL(link, 'http://x').searchParams.values().next().value ?? ''
const freshEmail = () => `new-${randomUUID().slice(0, 8)}@example.org`
const create = async (query = '', email = freshEmail()) => {
  const body = { email, authority: 'CUSTOMER_USER', customerId: { id: api.tenant.customerId } }
  const answer = await api.admin.post(`/api/user${query}`, body)
  expect(answer.status, answer.text).toBe(200)
  return { email, id: z.object({ id: z.object({ id: z.string() }) }).parse(answer.body).id.id }
}
const login = (email: string, secret: string) =>
  anonymous('POST', '/api/auth/login', { username: email, password: secret })
const goodPassword = 'quite a good one'

describe('activation', () => {
  test('goes from the mail to a session, once', async () => {
    const { email } = await create()
    expect((await login(email, goodPassword)).status).toBe(401)
    const link = linkIn(await mailTo(email, 'Activate'))
    const token = tokenIn(link)
    expect(token).toMatch(/^[\w-]{30}$/)
    expect(await anonymous('GET', link)).toMatchObject({
      status: 303,
      headers: { location: `/login/createPassword?activateToken=${token}` },
    })
    const offer = { activateToken: token, password: goodPassword }
    const activated = await anonymous('POST', '/api/noauth/activate', offer)
    const pair = z.object({ token: z.string(), refreshToken: z.string() }).parse(activated.body)
    expect((await api.as(pair.token).get('/api/auth/user')).body).toMatchObject({
      email,
      additionalInfo: { userActivated: true, userCredentialsEnabled: true },
    })
    expect((await mailTo(email, 'is active'))?.text).toContain(email)
    expect((await login(email, goodPassword)).status).toBe(200)
    expect((await anonymous('POST', '/api/noauth/activate', offer)).status).toBe(400)
    expect((await anonymous('GET', link)).status).toBe(409)
  })

  test('of two who use one link at once only one gets in', async () => {
    const { email } = await create()
    const token = tokenIn(linkIn(await mailTo(email, 'Activate')))
    const answers = await Promise.all(
      ['first password', 'second password'].map((secret) =>
        anonymous('POST', '/api/noauth/activate?sendActivationMail=false', { activateToken: token, password: secret }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
    expect(await mailsTo(email)).toHaveLength(1)
  })

  test('a password against the policy does not use the link up', async () => {
    const { email } = await create()
    const token = tokenIn(linkIn(await mailTo(email, 'Activate')))
    const tooShort = await anonymous('POST', '/api/noauth/activate', { activateToken: token, password: 'abc' })
    expect(tooShort).toMatchObject({ status: 400, body: { errorCode: 31 } })
    expect(
      (await anonymous('POST', '/api/noauth/activate', { activateToken: token, password: goodPassword })).status,
    ).toBe(200)
  })

  test('administrators read the link as often as they like; an active account has none', async () => {
    const { id, email } = await create('?sendActivationMail=false')
    expect(await mailsTo(email)).toEqual([])
    const link = await api.admin.get(`/api/user/${id}/activationLink`)
    expect(link.headers['content-type']).toMatch(/^text\/plain/)
    expect(link.text).toMatch(/^http:\/\/localhost:8080\/api\/noauth\/activate\?activateToken=[\w-]{30}$/)
    const info = z
      .object({ value: z.string(), ttlMs: z.number() })
      .parse((await api.admin.get(`/api/user/${id}/activationLinkInfo`)).body)
    expect(info.value).toBe(link.text)
    expect(info.ttlMs).toBeGreaterThan(23 * 3_600_000)
    expect(info.ttlMs).toBeLessThanOrEqual(24 * 3_600_000)
    expect((await api.strangerAdmin.get(`/api/user/${id}/activationLink`)).status).toBe(404)
    expect(await api.admin.get(`/api/user/${api.tenant.customerUser.userId}/activationLink`)).toMatchObject({
      status: 400,
      body: { message: 'User is already activated!' },
    })
  })

  test('the mail can be sent again, and not to strangers', async () => {
    const { email } = await create('?sendActivationMail=false')
    const again = `/api/user/sendActivationMail?email=${encodeURIComponent(email)}`
    expect((await api.admin.post(again)).status).toBe(200)
    expect(linkIn(await mailTo(email, 'Activate'))).toContain('activateToken')
    for (const unknown of [
      again.replace('new-', 'no-'),
      `/api/user/sendActivationMail?email=${api.tenant.admin.email}`,
    ])
      expect(await api.strangerAdmin.post(unknown)).toMatchObject({ status: 404, body: { errorCode: 32 } })
    expect((await api.strangerAdmin.post(again)).status).toBe(404)
    expect(await api.admin.post(`/api/user/sendActivationMail?email=${api.tenant.admin.email}`)).toMatchObject({
      status: 400,
      body: { message: 'User is already activated!' },
    })
  })

  test('an expired link leads to a page that says so, and a new one can be read', async () => {
    const { id, email } = await create()
    const old = linkIn(await mailTo(email, 'Activate'))
    await api.db.userLinks.setActivation({ userId: id, token: tokenIn(old), expiresAtMs: Date.now() - 1 })
    expect(await anonymous('GET', old)).toMatchObject({ status: 303, headers: { location: '/activationLinkExpired' } })
    const offer = { activateToken: tokenIn(old), password: goodPassword }
    expect((await anonymous('POST', '/api/noauth/activate', offer)).status).toBe(400)
    const fresh = (await api.admin.get(`/api/user/${id}/activationLink`)).text
    expect(fresh).not.toContain(tokenIn(old))
    expect((await anonymous('GET', old)).status).toBe(409)
  })

  test('without a way to send the mail nobody is created', async () => {
    await using closed = await startSmtpServer({ refuseRecipients: true })
    await using own = await apiUnderTest()
    const jsonValue = { mailFrom: 'a@b.c', smtpHost: '127.0.0.1', smtpPort: closed.port }
    expect((await own.systemAdmin.post('/api/admin/settings', { key: 'mail', jsonValue })).status).toBe(200)
    const email = freshEmail()
    expect(await own.admin.post('/api/user', { email, authority: 'TENANT_ADMIN' })).toMatchObject({
      status: 400,
      body: { message: 'Unable to send mail' },
    })
    const { body } = await own.admin.get(`/api/users?pageSize=10&page=0&textSearch=${email}`)
    expect(body).toMatchObject({ totalElements: 0 })
    expect((await own.admin.get('/api/audit/logs?pageSize=1&page=0&actionTypes=ADDED')).body).toMatchObject({
      data: [{ actionStatus: 'FAILURE', actionFailureDetails: 'Unable to send mail', entityName: email }],
    })
  })
})

describe('a forgotten password', () => {
  const askFor = (email: string) => anonymous('POST', '/api/noauth/resetPasswordByEmail', { email })
  const activeUser = async () => {
    const { email, id } = await create()
    const token = tokenIn(linkIn(await mailTo(email, 'Activate')))
    await anonymous('POST', '/api/noauth/activate?sendActivationMail=false', { activateToken: token, password })
    return { email, id }
  }

  test('goes from the mail to a new password, once; old sessions end', async () => {
    const { email } = api.stranger.customerUser
    const before = api.as((await api.signIn(email)).token)
    expect(await askFor(email.toUpperCase())).toMatchObject({ status: 200, text: '' })
    const link = linkIn(await mailTo(email, 'Reset'))
    const token = tokenIn(link)
    expect(await anonymous('GET', link)).toMatchObject({
      status: 303,
      headers: { location: `/login/resetPassword?resetToken=${token}` },
    })
    const reset = (secret: string) =>
      anonymous('POST', '/api/noauth/resetPassword', { resetToken: token, password: secret })
    expect(await reset(password)).toMatchObject({
      status: 400,
      body: { message: 'New password should be different from existing!' },
    })
    expect((await reset('abc')).status).toBe(400)
    expect(await reset(goodPassword)).toMatchObject({ status: 200, text: '' })
    expect((await login(email, password)).status).toBe(401)
    expect((await login(email, goodPassword)).status).toBe(200)
    expect((await before.get('/api/auth/user')).status).toBe(401)
    expect((await mailTo(email, 'was changed'))?.text).toContain(email)
    expect(await reset('another good one')).toMatchObject({ status: 400, body: { message: 'Invalid reset token!' } })
    expect((await anonymous('GET', link)).status).toBe(409)
  })

  test('is answered alike for addresses that nobody has, and for accounts that are closed', async () => {
    const known = await activeUser()
    const closed = await create('?sendActivationMail=false')
    for (const email of [freshEmail(), 'no address at all', closed.email, known.email])
      expect(await askFor(email)).toMatchObject({ status: 200, text: '' })
    await mailTo(known.email, 'Reset')
    expect(await mailsTo(closed.email)).toEqual([])
  })

  test('a link is stored as a hash: who reads the database cannot use it', async () => {
    const { email, id } = await activeUser()
    await askFor(email)
    const token = tokenIn(linkIn(await mailTo(email, 'Reset')))
    expect(await api.db.userLinks.findReset(token)).toBeNull()
    const hash = createHash('sha256').update(token).digest('hex')
    expect(await api.db.userLinks.findReset(hash)).toMatchObject({ userId: id })
  })

  test('five links an hour are sent, and one may be followed five times', async () => {
    const { email } = await activeUser()
    for (let n = 0; n < 7; n++) await askFor(email)
    const resets = async () => (await mailsTo(email)).filter(({ subject }) => subject.includes('Reset'))
    await waitFor(async () => (await resets()).length === 5, { what: 'five mails' })
    const other = await activeUser()
    await askFor(other.email)
    const link = linkIn(await mailTo(other.email, 'Reset'))
    const statuses: number[] = []
    for (let n = 0; n < 6; n++) statuses.push((await anonymous('GET', link)).status)
    expect(statuses).toEqual([303, 303, 303, 303, 303, 429])
    expect(await resets()).toHaveLength(5)
  })

  test('an expired link leads to a page that says so', async () => {
    const { email, id } = await activeUser()
    await askFor(email)
    const link = linkIn(await mailTo(email, 'Reset'))
    await expire(id, tokenIn(link))
    expect(await anonymous('GET', link)).toMatchObject({
      status: 303,
      headers: { location: '/passwordResetLinkExpired' },
    })
    const offer = { resetToken: tokenIn(link), password: goodPassword }
    expect(await anonymous('POST', '/api/noauth/resetPassword', offer)).toMatchObject({
      status: 400,
      body: { message: 'Invalid reset token!' },
    })
  })

  const expire = async (userId: string, token: string) => {
    await api.db.userLinks.setReset({
      userId,
      token: createHash('sha256').update(token).digest('hex'),
      expiresAtMs: Date.now() - 1,
    })
  }
})

describe('links', () => {
  test('begin with the configured address and never with that of the request', async () => {
    await using own = await apiUnderTest()
    const email = freshEmail()
    const jsonValue = { baseUrl: 'https://things.example.org/', prohibitDifferentUrl: false }
    expect((await own.systemAdmin.post('/api/admin/settings', { key: 'general', jsonValue })).status).toBe(200)
    await own.request({
      method: 'POST',
      url: '/api/user',
      headers: {
        'x-authorization': `Bearer ${own.admin.token}`,
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
      },
      body: { email, authority: 'TENANT_ADMIN' },
    })
    const mails = mailSchema.parse(
      (await own.request({ method: 'GET', url: '/api/dev/mail/json', headers: { host: 'localhost' } })).body,
    )
    expect(mails[0]?.text).toContain('https://things.example.org/api/noauth/activate?activateToken=')
    expect(mails[0]?.text).not.toContain('evil.example')
  })

  test('that nobody wrote are a conflict, missing tokens a mistake', async () => {
    expect((await anonymous('GET', '/api/noauth/activate?activateToken=nothing')).status).toBe(409)
    expect((await anonymous('GET', '/api/noauth/resetPassword?resetToken=nothing')).status).toBe(409)
    expect((await anonymous('GET', '/api/noauth/activate')).status).toBe(400)
    expect((await anonymous('POST', '/api/noauth/activate', {})).status).toBe(400)
    expect((await anonymous('POST', '/api/noauth/resetPassword', { resetToken: {}, password: [] })).status).toBe(400)
  })

  test('the policy is told before anybody signs in', async () => {
    expect((await anonymous('GET', '/api/noauth/userPasswordPolicy')).body).toMatchObject({
      minimumLength: 6,
      maximumLength: 72,
    })
  })
})

test('without the counter no reset link is followed', async () => {
  await using own = await apiUnderTest({ hasOwnRedis: true })
  const hash = createHash('sha256').update('a token').digest('hex')
  await own.db.userLinks.setReset({ userId: own.tenant.admin.userId, token: hash, expiresAtMs: Date.now() + 60_000 })
  const follow = () => own.request({ method: 'GET', url: '/api/noauth/resetPassword?resetToken=a%20token' })
  expect((await follow()).status).toBe(303)
  await own.stopRedis()
  expect(await follow()).toMatchObject({ status: 503 })
})

test('production has no mailbox, and says when it cannot send', async () => {
  await using own = await apiUnderTest({ config: { NODE_ENV: 'production' } })
  for (const url of ['/api/dev/mail', '/api/dev/mail/json', '/api/dev/mail/style.css'])
    expect((await own.request({ method: 'GET', url, headers: { host: 'localhost' } })).status).toBe(404)
  const user = { email: freshEmail(), authority: 'TENANT_ADMIN' }
  expect(await own.admin.post('/api/user', user)).toMatchObject({
    status: 400,
    body: { message: 'Unable to send mail: no mail server is set up. Ask the system administrator' },
  })
  expect((await own.admin.post('/api/user?sendActivationMail=false', user)).status).toBe(200)
})

describe('the mailbox for development', () => {
  test('is a page without scripts that shows what was written', async () => {
    const { email } = await create()
    await mailTo(email, 'Activate')
    const page = await anonymous('GET', '/api/dev/mail')
    expect(page.headers['content-type']).toMatch(/^text\/html/)
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect(page.text).toContain(email)
    expect(page.text).toContain('<a href="http://localhost:8080/api/noauth/activate?activateToken=')
    expect(page.text).not.toContain('<script')
    expect((await anonymous('GET', '/api/dev/mail/style.css')).text).toContain('prefers-color-scheme')
  })

  test.each([
    [{ host: 'rebound.example' }],
    [{ host: 'localhost:8080', 'x-forwarded-for': '203.0.113.7' }],
    [{ host: 'localhost:8080', forwarded: 'for=203.0.113.7' }],
  ])('is closed for requests with %j', async (headers) => {
    for (const url of ['/api/dev/mail', '/api/dev/mail/json'])
      expect(await api.request({ method: 'GET', url, headers })).toMatchObject({ status: 403 })
  })
})
