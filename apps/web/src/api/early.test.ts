import { afterEach, describe, expect, it, vi } from 'vitest'
import { firstRequests, firstScript, peekEarly, takeEarly, takeEarlyData } from './early.ts'

const id = '01a20338-5bc9-76a6-b306-6effe7541e1c'

/** As the page does with the text that stands in it. */
const runInPage = (pathname: string, fetch: (path: string) => Promise<Response>) => {
  vi.stubGlobal('location', { pathname, search: '' })
  vi.stubGlobal('fetch', fetch)
  new Function(firstScript)()
}

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
  globalThis.thingwireAsked = undefined
})

describe('requests before the application starts', () => {
  it('are those that the page begins with', () => {
    const board = ['/api/session', `/api/dashboard/${id}`]
    expect(firstRequests(`/dashboards/${id}`, '')).toEqual([...board, `/api/dashboard/${id}/overlay`])
    expect(firstRequests(`/dashboards/${id}`, '?publicId=1')).toEqual(board)
    expect(firstRequests('/dashboards/visualise', '')).toEqual(['/api/session'])
    const chain = `/api/ruleChain/${id}`
    expect(firstRequests(`/rule-chains/${id}`, '')).toEqual([
      '/api/session',
      chain,
      `${chain}/metadata`,
      `${chain}/draft`,
    ])
    expect(firstRequests('/rule-chains', '')).toEqual(['/api/session'])
    expect(firstRequests('/dashboards/../x', '')).toEqual(['/api/session'])
    expect(firstRequests('/sign-in', '')).toEqual([])
  })

  it('are answered once: who asks again asks the server', async () => {
    runInPage(`/dashboards/${id}`, async (path) => new Response(path))
    expect(await (await takeEarly('/api/session'))?.text()).toBe('/api/session')
    expect(takeEarly('/api/session')).toBeUndefined()
    expect(await (await takeEarly(`/api/dashboard/${id}`))?.text()).toBe(`/api/dashboard/${id}`)
  })

  it('are not there where no script of the page has asked', () => {
    expect(takeEarly('/api/session')).toBeUndefined()
  })

  it('are forgotten when nobody takes them in time', () => {
    vi.useFakeTimers()
    runInPage('/', async () => new Response())
    vi.advanceTimersByTime(10_000)
    expect(takeEarly('/api/session')).toBeUndefined()
  })

  it('give what they were answered once it is read, and leave the answer to who takes it', async () => {
    runInPage('/', async () => Response.json({ user: 'Ann' }))
    expect(takeEarlyData('/api/session')).toBeUndefined()
    expect(await peekEarly('/api/session')).toEqual({ user: 'Ann' })
    expect(await (await takeEarly('/api/session'))?.json()).toEqual({ user: 'Ann' })
    expect(await peekEarly('/api/session')).toBeNull()

    runInPage('/', async () => Response.json({ user: 'Ann' }))
    await peekEarly('/api/session')
    expect(takeEarlyData('/api/session')).toEqual({ user: 'Ann' })
    expect(takeEarly('/api/session')).toBeUndefined()
  })

  it.each([
    ['a refusal', async () => new Response('{"status":401}', { status: 401 })],
    ['something else than JSON', async () => new Response('<html>')],
    ['no connection', () => Promise.reject(new TypeError('Away'))],
  ])('give nothing of %s but the answer itself', async (_, fetch) => {
    runInPage('/', fetch)
    expect(await peekEarly('/api/session')).toBeNull()
    expect(takeEarlyData('/api/session')).toBeUndefined()
    const taken = takeEarly('/api/session')
    expect(taken).toBeDefined()
    await taken?.catch(() => {})
  })

  it('may fail without anybody listening', async () => {
    runInPage('/', () => Promise.reject(new TypeError('Away')))
    await Promise.resolve()
    await expect(takeEarly('/api/session')).rejects.toThrow('Away')
  })
})
