import { describe, expect, it } from 'vitest'
import { createFrameBudget } from './frame-budget.ts'

const harness = (budgetMs: number) => {
  let now = 0
  const frames: (() => void)[] = []
  const drawn: string[] = []
  const budget = createFrameBudget(budgetMs, { now: () => now, nextFrame: (run) => frames.push(run) })
  const owners = new Map(['a', 'b', 'c'].map((name) => [name, { name }]))
  const request = (name: string, costMs = 0, text = name) =>
    budget.request(owners.get(name) ?? {}, () => {
      now += costMs
      drawn.push(text)
    })
  const frame = () => {
    for (const run of frames.splice(0)) run()
  }
  return { budget, owners, request, frame, frames, drawn }
}

describe('the drawing budget', () => {
  it('draws cheap things in one frame', () => {
    const h = harness(5)
    h.request('a', 1)
    h.request('b', 1)
    h.frame()
    expect(h.drawn).toEqual(['a', 'b'])
    expect(h.frames).toEqual([])
  })

  it('leaves to the next frame what does not fit, in order', () => {
    const h = harness(5)
    h.request('a', 6)
    h.request('b', 6)
    h.frame()
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
    expect(h.frame).toThrow('cannot be drawn')
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
