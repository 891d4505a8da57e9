import { afterEach, describe, expect, it, vi } from 'vitest'
import { askEarly, firstRequests, takeEarly } from './early.ts'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('requests before the application starts', () => {
  it('are those that the page begins with', () => {
    const id = '01a20338-5bc9-76a6-b306-6effe7541e1c'
    expect(firstRequests(`/dashboards/${id}`)).toEqual(['/api/session', `/api/dashboard/${id}`])
    expect(firstRequests('/dashboards/visualise')).toEqual(['/api/session'])
    expect(firstRequests('/dashboards/../x')).toEqual(['/api/session'])
    expect(firstRequests('/sign-in')).toEqual([])
  })

  it('are answered once: who asks again asks the server', async () => {
    vi.stubGlobal('fetch', async (path: string) => new Response(path))
    askEarly('/api/session')
    expect(await (await takeEarly('/api/session'))?.text()).toBe('/api/session')
    expect(takeEarly('/api/session')).toBeUndefined()
  })

  it('are forgotten when nobody takes them in time', () => {
    vi.useFakeTimers()
    vi.stubGlobal('fetch', async () => new Response())
    askEarly('/api/session')
    vi.advanceTimersByTime(10_000)
    expect(takeEarly('/api/session')).toBeUndefined()
  })

  it('may fail without anybody listening', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Away')))
    askEarly('/api/session')
    await Promise.resolve()
    await expect(takeEarly('/api/session')).rejects.toThrow('Away')
  })
})
