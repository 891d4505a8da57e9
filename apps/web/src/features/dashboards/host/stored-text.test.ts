import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { readStoredText } from './stored-text.ts'

const fetched = vi.fn<(address: string) => Promise<Response>>()
beforeEach(() => vi.stubGlobal('fetch', fetched))
afterEach(() => {
  fetched.mockReset()
  vi.unstubAllGlobals()
})

describe('the text of a stored image', () => {
  it('is read once for all that ask for it', async () => {
    fetched.mockImplementation(async () => new Response('<svg/>'))
    const link = 'tb-image;/api/images/tenant/once.svg'
    expect(await Promise.all([readStoredText(link), readStoredText(link)])).toEqual(['<svg/>', '<svg/>'])
    expect(fetched.mock.calls.map(([address]) => address)).toEqual(['/api/images/tenant/once.svg'])
  })

  it('is asked for again after a failure', async () => {
    fetched.mockImplementationOnce(async () => new Response(null, { status: 403 }))
    fetched.mockImplementation(async () => new Response('<svg/>'))
    await expect(readStoredText('/api/images/tenant/again.svg')).rejects.toThrow('403')
    expect(await readStoredText('/api/images/tenant/again.svg')).toBe('<svg/>')
  })

  it('is not read where it is too large', async () => {
    fetched.mockImplementation(async () => new Response('x'.repeat(2_000_001)))
    await expect(readStoredText('/api/images/tenant/large.svg')).rejects.toThrow('too large')
  })

  it.each([
    'https://evil.example/x.svg',
    '//evil.example/x.svg',
    '/api/images/../auth/user',
    '/api/auth/user',
    'data:image/svg+xml,<svg/>',
    'javascript:alert(1)',
    '',
  ])('is not read from %j', async (link) => {
    await expect(readStoredText(link)).rejects.toThrow()
    expect(fetched).not.toHaveBeenCalled()
  })
})
