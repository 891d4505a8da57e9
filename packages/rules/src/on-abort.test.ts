import { describe, expect, it } from 'vitest'
import { onAbort } from './on-abort.ts'

describe('onAbort', () => {
  it('calls all back in their order, once', () => {
    const controller = new AbortController()
    const called: string[] = []
    for (const name of ['a', 'b', 'c']) onAbort(controller.signal, () => called.push(name))
    controller.abort()
    controller.abort()
    expect(called).toEqual(['a', 'b', 'c'])
  })

  it('calls nobody back who has taken that back, also twice', () => {
    const controller = new AbortController()
    const called: string[] = []
    const [a, b, c] = ['a', 'b', 'c'].map((name) => onAbort(controller.signal, () => called.push(name)))
    b?.()
    a?.()
    b?.()
    onAbort(controller.signal, () => called.push('d'))
    controller.abort()
    c?.()
    expect(called).toEqual(['c', 'd'])
  })

  it('passes over one that another takes back while they are called', () => {
    const controller = new AbortController()
    const called: string[] = []
    const takeBack: { b?: () => void } = {}
    onAbort(controller.signal, () => {
      called.push('a')
      takeBack.b?.()
    })
    takeBack.b = onAbort(controller.signal, () => called.push('b'))
    controller.abort()
    expect(called).toEqual(['a'])
  })

  it('calls at once when the signal has aborted', () => {
    const called: string[] = []
    onAbort(AbortSignal.abort(), () => called.push('a'))()
    expect(called).toEqual(['a'])
  })

  it('leaves nothing of one that was taken back to those that came after it', () => {
    const { signal } = new AbortController()
    const before = Object.getOwnPropertySymbols(signal)
    const first = onAbort(signal, () => {})
    const [key] = Object.getOwnPropertySymbols(signal).filter((symbol) => !before.includes(symbol))
    const head: { next?: { next?: unknown } } = Reflect.get(signal, key ?? '')
    const removed = head.next
    onAbort(signal, () => {})
    first()
    expect(removed?.next).toBe(removed)
    expect(head.next).not.toBe(removed)
  })
})
