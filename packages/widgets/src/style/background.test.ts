import { describe, expect, it } from 'vitest'
import { asksCard, background, groundOf } from './background.ts'

const read = (value: unknown) => background().parse(value)

describe('grounds of cards', () => {
  it('stands on its tile where the file has the default white, or a picture that is not to be had', () => {
    expect(groundOf(read(undefined), 'dark', null)).toMatchObject({
      surface: { isOwn: false, scheme: 'dark' },
      box: {},
    })
    expect(groundOf(read({ type: 'image', imageUrl: 'x' }), 'dark', null).surface.isOwn).toBe(false)
  })

  it('takes a chosen colour, with the theme that can be read on it', () => {
    const ground = groundOf(read({ type: 'color', color: '#3F52DD' }), 'light', null)
    expect(ground).toMatchObject({
      surface: { isOwn: true, scheme: 'dark' },
      box: { background: 'rgb(63, 82, 221)' },
    })
  })

  it('veils a picture in the colour of the theme where the file has the stock veil', () => {
    const settings = read({ type: 'image', imageUrl: '/a.png', overlay: { enabled: true, blur: 3 } })
    expect(groundOf(settings, 'dark', '/a.png').surface.scheme).toBe('dark')
    expect(groundOf(settings, 'dark', '/a.png').overlay?.background).toContain('--tw-surface')
    expect(groundOf(read({ ...settings, overlay: { enabled: false } }), 'dark', '/a.png').surface.scheme).toBe('light')
  })

  it('reads pictures of older files and lets no address out of its quotes', () => {
    const settings = read({ type: 'imageBase64', imageBase64: 'data:image/png;base64,AA' })
    expect(settings).toMatchObject({ type: 'image', imageUrl: 'data:image/png;base64,AA' })
    expect(groundOf(settings, 'light', 'a"),url("https://x.example').box.backgroundImage).toBe(
      'url("a\\"),url(\\"https://x.example")',
    )
  })

  it('knows the usual card of a file', () => {
    expect(asksCard({ background: { type: 'color', color: '#fff' } })).toBe(true)
    for (const other of [
      {},
      null,
      { background: { type: 'color', color: '#3F52DD' } },
      { background: { type: 'color', color: 'rgba(255,255,255,0)' } },
      { background: { type: 'image', color: '#fff' } },
    ]) {
      expect(asksCard(other)).toBe(false)
    }
  })
})
