import { describe, expect, it } from 'vitest'
import { createFrameBudget } from './frame-budget.ts'

const harness = (budgetMs: number) => {
  let now = 0
  const frames: (() => void)[] = []
  const atOnce: (() => void)[] = []
  const drawn: string[] = []
  const budget = createFrameBudget(budgetMs, {
    now: () => now,
    soon: (run) => atOnce.push(run),
    nextFrame: (run) => frames.push(run),
  })
  const owners = new Map(['a', 'b', 'c'].map((name) => [name, { name }]))
  const request = (name: string, costMs = 0, text = name) =>
    budget.request(owners.get(name) ?? {}, () => {
      now += costMs
      drawn.push(text)
    })
  /** What is drawn in the present frame, and in the one after it. */
  const rest = () => {
    for (const run of atOnce.splice(0)) run()
  }
  const frame = () => {
    rest()
    now += 17
    for (const run of frames.splice(0)) run()
  }
  return { budget, owners, request, rest, frame, frames, drawn }
}

describe('the drawing budget', () => {
  it('draws cheap things in one frame', () => {
    const h = harness(5)
    h.request('a', 1)
    h.request('b', 1)
    h.rest()
    expect(h.drawn).toEqual(['a', 'b'])
    expect(h.frames).toEqual([])
  })

  it('does not begin anew within a frame', () => {
    const h = harness(5)
    h.request('a', 1)
    h.rest()
    h.request('b', 1)
    h.rest()
    expect(h.drawn).toEqual(['a'])
    h.frame()
    expect(h.drawn).toEqual(['a', 'b'])
    h.frame()
    h.request('c', 1)
    h.rest()
    expect(h.drawn).toEqual(['a', 'b', 'c'])
  })

  it('leaves to the next frame what does not fit, in order', () => {
    const h = harness(5)
    h.request('a', 6)
    h.request('b', 6)
    h.rest()
    expect(h.drawn).toEqual(['a'])
    h.request('a', 6)
    h.frame()
    h.frame()
    expect(h.drawn).toEqual(['a', 'b', 'a'])
  })

  it('goes on with the others when one fails', () => {
    const h = harness(5)
    h.budget.request({}, () => {
      throw new Error('cannot be drawn')
    })
    h.request('a')
    expect(h.rest).toThrow('cannot be drawn')
    h.frame()
    expect(h.drawn).toEqual(['a'])
  })

  it('draws only the newest picture of an owner, and none of one that is gone', () => {
    const h = harness(5)
    h.request('a', 0, 'old')
    h.request('b')
    h.request('a', 0, 'new')
    h.budget.cancel(h.owners.get('b') ?? {})
    h.frame()
    expect(h.drawn).toEqual(['new'])
  })
})
