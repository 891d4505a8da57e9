import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDelay, followsLink } from './delayed-search.ts'

const plain = { button: 0, metaKey: false, ctrlKey: false, shiftKey: false, altKey: false }
const on = (found: object | null) => ({ closest: () => found }) as unknown as Element

describe('a delayed search', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('asks once for what was typed last', () => {
    const asked: string[] = []
    const delay = createDelay(200, (text: string) => asked.push(text))
    delay.call('a')
    vi.advanceTimersByTime(199)
    delay.call('ab')
    vi.advanceTimersByTime(199)
    expect(asked).toEqual([])
    vi.advanceTimersByTime(1)
    expect(asked).toEqual(['ab'])
  })

  it('asks nothing once the page is being left', () => {
    const asked: string[] = []
    const delay = createDelay(200, (text: string) => asked.push(text))
    delay.call('a')
    delay.cancel()
    vi.advanceTimersByTime(1_000)
    expect(asked).toEqual([])
  })
})

describe('a click', () => {
  it('on a link leads away', () => {
    expect(followsLink(plain, on({}))).toBe(true)
  })

  it.each([
    ['beside a link', plain, on(null)],
    ['on nothing', plain, null],
    ['with the control key', { ...plain, ctrlKey: true }, on({})],
    ['with the command key', { ...plain, metaKey: true }, on({})],
    ['with the middle button', { ...plain, button: 1 }, on({})],
  ])('%s does not', (_, click, target) => {
    expect(followsLink(click, target)).toBe(false)
  })
})
