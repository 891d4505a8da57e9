import { afterEach, describe, expect, it, vi } from 'vitest'
import { api, keepSession, onSessionEnd, renewSession } from '../api/http.ts'
import { safeNextPath, signInPath } from './next-path.ts'
import { renewalDelayMs } from './renewal.ts'

afterEach(() => vi.unstubAllGlobals())

describe('the way back after sign-in', () => {
  it('keeps a deep link with its query', () => {
    expect(safeNextPath('/devices/1?tab=attributes')).toBe('/devices/1?tab=attributes')
    expect(signInPath('/devices?page=2')).toBe('/sign-in?next=%2Fdevices%3Fpage%3D2')
  })

  it('says that a session has ended', () => {
    expect(signInPath('/rule-chains/1', true)).toBe('/sign-in?next=%2Frule-chains%2F1&session=ended')
    expect(signInPath('/', true)).toBe('/sign-in?session=ended')
  })

  it.each(['https://evil.example/', '//evil.example', '/\\evil.example', '\\\\evil', 'javascript:alert(1)', '', null])(
    'does not lead to %j',
    (next) => {
      expect(safeNextPath(next)).toBe('/')
    },
  )

  it('does not lead back to itself', () => {
    expect(safeNextPath('/sign-in?next=/sign-in')).toBe('/')
    expect(signInPath('/')).toBe('/sign-in')
  })
})

describe('a session that has ended', () => {
  const refusing = (isIn: () => boolean) => {
    const asked: string[] = []
    vi.stubGlobal('fetch', async (path: string) => {
      asked.push(path)
      if (path === '/api/session/refresh') return new Response('{}', { status: 401 })
      return new Response('{}', { status: isIn() ? 200 : 401, headers: { 'content-type': 'application/json' } })
    })
    return asked
  }

  it('is one question, and what was asked for meanwhile is answered after it', async () => {
    const question = Promise.withResolvers<boolean>()
    const ask = vi.fn(() => question.promise)
    let isIn = false
    const asked = refusing(() => isIn)
    const stop = onSessionEnd(ask)
    const both = Promise.all([api('GET /api/noauth/sign-in-info').catch(() => 'refused'), api('GET /api/auth/user')])
    await vi.waitFor(() => expect(ask).toHaveBeenCalled())
    isIn = true
    question.resolve(true)
    expect(await both).toEqual(['refused', {}])
    expect(asked.filter((path) => path === '/api/auth/user')).toHaveLength(2)
    stop()
  })

  it('refuses when nobody signs in again, or nobody is there to be asked', async () => {
    refusing(() => false)
    const stop = onSessionEnd(async () => false)
    await expect(api('GET /api/auth/user')).rejects.toMatchObject({ status: 401 })
    stop()
    expect(await keepSession()).toBe(false)
  })

  it('asks who was asked before once the later one stops', async () => {
    refusing(() => false)
    const [page, leaving] = [vi.fn(async () => true), vi.fn(async () => false)]
    const stopPage = onSessionEnd(page)
    const stay = onSessionEnd(leaving)
    expect(await keepSession()).toBe(false)
    stay()
    expect(await keepSession()).toBe(true)
    expect(leaving).toHaveBeenCalledTimes(1)
    stopPage()
  })
})

describe('renewing a session', () => {
  it.each([
    [200, true],
    [401, false],
    [403, false],
  ])('answered %i, says %j', async (status, isRenewed) => {
    vi.stubGlobal('fetch', async () => new Response('{}', { status }))
    expect(await renewSession()).toBe(isRenewed)
  })

  it.each([429, 502, 503])('takes %i for no end of it', async (status) => {
    vi.stubGlobal('fetch', async () => new Response('busy', { status }))
    await expect(renewSession()).rejects.toMatchObject({ status })
  })

  it('happens a minute before the end', () => {
    expect(renewalDelayMs(1_000_000, 0)).toBe(940_000)
  })

  it('happens half way when the session is short, and never in a tight loop', () => {
    expect(renewalDelayMs(30_000, 0)).toBe(15_000)
    expect(renewalDelayMs(0, 5_000)).toBe(1_000)
  })

  it('does not overflow the timer', () => {
    expect(renewalDelayMs(Number.MAX_SAFE_INTEGER, 0)).toBe(2_147_483_647)
  })
})
