import { createContext, runInContext } from 'node:vm'
import { expect, test } from 'vitest'
import { compileTbel } from '../compile.ts'
import type { Runtime } from '../runtime/types.ts'
import { tbelRuntime } from '../runtime-text.ts'
import { shown } from '../testing/shown.ts'
import { directTbel, tbelValues } from './direct-tbel.ts'

const context = createContext(Object.create(null))
const $: Runtime = runInContext(tbelRuntime, context)

/** Programs of nested branches and loops around a few variables, the same in every run. They end. */
const programs = (start: number) => {
  let state = start
  let counters = 0
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
  const pick = <T>(items: readonly [T, ...T[]]): T => items[Math.floor(random() * items.length)] ?? items[0]
  const name = () => pick(['a', 'b', 'c', 'd'])
  const value = () => pick([name(), name(), '2', `${name()} + 1`, `${name()} / 2`, `(${name()} ?? 4)`])
  const test = () => `${name()} ${pick(['<', '>', '==', '!='])} ${pick([name(), '1', '3'])}`
  const simple = () =>
    pick([`${pick(['', 'var '])}${name()} = ${value()}`, `r.add(${value()})`, `${name()}++`, `${name()} += ${value()}`])
  const body = (depth: number, ends: string): string =>
    Array.from({ length: 1 + Math.floor(random() * 3) }, () => statement(depth, ends)).join(' ')
  const block = (depth: number, ends: string) => `{ ${body(depth - 1, ends)} }`
  const statement = (depth: number, ends: string): string => {
    if (depth === 0 || random() < 0.4) return `${simple()};`
    if (random() < 0.3) return `if (${test()}) { ${pick([ends, `${simple()};`])} }`
    const count = `n${counters++}`
    return pick([
      () => `if (${test()}) ${block(depth, ends)} else ${block(depth, ends)}`,
      () => `switch (${name()}) { case 1: ${body(depth - 1, ends)} break; default: ${body(depth - 1, ends)} }`,
      () => `for (${pick(['', 'var '])}${count} = 0, j = 3; ${count} < j; ${count}++) ${block(depth, 'break;')}`,
      () => `foreach (${pick(['v', 'd'])} : [1, 2, 3]) ${block(depth, pick(['break;', 'continue;']))}`,
      () => `var ${count} = 0; while (${count} < 3) { ${count}++; ${body(depth - 1, pick(['break;', 'continue;']))} }`,
      () => `var ${count} = 0; do { ${count}++; ${body(depth - 1, 'break;')} } while (${count} < 2);`,
    ])()
  }
  return (): string => {
    const known = `var r = []; ${['a', 'b', 'c', 'd'].map((one) => (random() < 0.9 ? `var ${one} = 1;` : '')).join(' ')}`
    return random() < 0.5
      ? `${known} ${body(3, 'return r;')} r`
      : `def f(a) { ${known} ${body(3, 'return r;')} return r; } f(${pick(['2', ''])})`
  }
}

const translated = (source: string): string => {
  const compiled = compileTbel(source, { args: [] })
  if (!compiled.ok) throw new Error(`${source}: ${JSON.stringify(compiled.problems)}`)
  try {
    context.script = runInContext(compiled.js, context)($)
    return shown($, runInContext('script()', context, { timeout: 10_000 }))
  } catch {
    return 'error'
  }
}

test('random programs answer the same with and without a sandbox', { timeout: 60_000 }, () => {
  const next = programs(3)
  const counts = { answers: 0, errors: 0 }
  for (let round = 0; round < 600; round++) {
    const source = next()
    const run = directTbel(source, [])
    if (!run) expect.fail(`needs a sandbox: ${source}`)
    let answer = 'error'
    try {
      answer = shown(tbelValues, run())
    } catch {
      counts.errors++
    }
    if (answer !== 'error') counts.answers++
    expect([source, answer]).toEqual([source, translated(source)])
  }
  expect(counts.answers).toBeGreaterThan(280)
  expect(counts.errors).toBeGreaterThan(20)
})
