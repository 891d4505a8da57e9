import type { LivePoint } from '@thingwire/contracts'
import type { FunctionSource } from '@thingwire/dashboards'
import type { WidgetHost } from '@thingwire/widgets/manifests'
import { describe, expect, it } from 'vitest'
import { settled } from './fake-server.ts'
import { createPostProcessor } from './post-process.ts'

type Call = { code: FunctionSource; calls: readonly (readonly unknown[])[]; answer: () => void }

/** Runs the code as a sandbox would, when the test says so; what is called is kept. */
const sandbox = () => {
  const called: Call[] = []
  const functions: WidgetHost['functions'] = {
    callMany: (code, names, calls) =>
      new Promise((resolve) => {
        const body = typeof code === 'string' ? code : code.body
        const answer = () =>
          resolve(
            calls.map((args) => {
              try {
                return { ok: true, value: structuredClone(new Function(...names, body)(...args)) }
              } catch (error) {
                return { ok: false, message: String(error) }
              }
            }),
          )
        called.push({ code, calls, answer })
      }),
  }
  return { called, post: createPostProcessor(functions) }
}
const points = (...values: unknown[]): LivePoint[] => values.map((value, n) => [n * 10, value])

describe('functions of keys', () => {
  it('see what they made of the point before, and what it was', async () => {
    const { called, post } = sandbox()
    let changes = 0
    post.start(() => {
      changes++
    })
    const code = 'return [value, prevValue && prevValue[0], timePrev, prevOrigValue];'
    const part = { id: 'a', code, points: points(1, true, { x: 2 }) }
    expect(post.apply([part])).toBeNull()
    called[0]?.answer()
    await settled()
    expect(changes).toBe(1)
    expect(post.apply([part])?.[0]?.points).toEqual([
      [0, [1, 0, 0, 0]],
      [10, ['true', 1, 0, 1]],
      [20, ['{"x":2}', 'true', 10, 'true']],
    ])
    expect(called).toHaveLength(1)
  })

  it('are asked for what is new only, while what they made before stays', async () => {
    const { called, post } = sandbox()
    post.start(() => {})
    const code = 'return prevValue + value;'
    const first = points(1, 2, 3)
    post.apply([{ id: 'a', code, points: first }])
    called[0]?.answer()
    await settled()
    const more: LivePoint[] = [...first.slice(1), [30, 4]]
    expect(post.apply([{ id: 'a', code, points: more }])?.[0]?.points).toEqual(points(1, 3, 6))
    expect(called[1]?.calls).toEqual([[[[30, 4]], [20, 6, 3]]])
    called[1]?.answer()
    await settled()
    expect(post.apply([{ id: 'a', code, points: more }])?.[0]?.points).toEqual([
      [10, 3],
      [20, 6],
      [30, 10],
    ])
  })

  it('of one code are called together, and the same list gives the same list', async () => {
    const { called, post } = sandbox()
    post.start(() => {})
    const code = 'return value * 2;'
    const [a, b] = [
      { id: 'a', code, points: points(1) },
      { id: 'b', code, points: points(2) },
    ]
    const plain = { id: 'c', code: null, points: points(3) }
    post.apply([a, b, plain])
    expect(called).toHaveLength(1)
    called[0]?.answer()
    await settled()
    const made = post.apply([a, b, plain])
    expect(made?.map((one) => one.points)).toEqual([[[0, 2]], [[0, 4]], [[0, 3]]])
    expect(post.apply([a, b, plain])?.[0]?.points).toBe(made?.[0]?.points)
  })

  it('that fail leave the points as they are, and say so', async () => {
    const { called, post } = sandbox()
    post.start(() => {})
    const part = { id: 'a', code: 'throw new Error("no"); ', points: points(1) }
    post.apply([part])
    called[0]?.answer()
    await settled()
    expect(post.apply([part])).toEqual([{ points: points(1), problem: 'Error: no' }])
  })
})
