import { describe, expect, it } from 'vitest'
import { detailsCases } from './cases/details.ts'
import { operatorsCases } from './cases/operators.ts'
import { programsCases } from './cases/programs.ts'
import { statementsCases } from './cases/statements.ts'
import { compileTbel } from './compile.ts'
import { parse } from './parse.ts'
import { printed } from './testing/print.ts'

const sources = [...operatorsCases, ...programsCases, ...statementsCases, ...detailsCases]
  .filter(([, result]) => result !== 'refused')
  .map(([source]) => source)

/** Numbers from 0 below 1, the same in every run. */
const randomFrom = (start: number) => {
  let state = start
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** The tree without its positions. */
const bare = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, part) => (key === 'at' ? undefined : part)))

describe('the parser', () => {
  it('reads what is printed of a tree as the same tree', () => {
    expect(sources.length).toBeGreaterThan(300)
    for (const source of sources) {
      const tree = parse(source)
      expect(bare(parse(printed(tree))), source).toEqual(bare(tree))
    }
  })

  it('answers 20,000 damaged scripts with code or with a problem in the script', { timeout: 60_000 }, () => {
    const random = randomFrom(4)
    const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)]
    const bits = [
      '(',
      ')',
      '{',
      '}',
      '[',
      ']',
      "'",
      '"',
      ';',
      ',',
      '.',
      '.?',
      '=',
      '+',
      '-',
      '?',
      ':',
      '/*',
      '\\',
      '0x',
      '1',
      'é',
      '\u0000',
      ' in ',
      ' new ',
      ' var ',
      'function ',
      'case ',
      '\ud800',
    ]
    const counts = { code: 0, problem: 0 }
    for (let round = 0; round < 20_000; round++) {
      let source = pick(sources) ?? ''
      for (let change = 0; change <= random() * 3; change++) {
        const at = Math.floor(random() * (source.length + 1))
        const kept = Math.floor(random() * 4)
        source = source.slice(0, at) + (random() < 0.3 ? '' : pick(bits)) + source.slice(at + kept)
      }
      const compiled = compileTbel(source, { args: ['msg', 'metadata', 'msgType'] })
      counts[compiled.ok ? 'code' : 'problem']++
      if (compiled.ok) {
        // It must be JavaScript: text of the script never reaches the code unquoted.
        expect(() => new Function(`return ${compiled.js}`), source).not.toThrow()
        continue
      }
      const lines = source.split('\n').length
      for (const { line, column, message } of compiled.problems) {
        if (line < 1 || line > lines || column < 1 || message === '')
          expect.fail(`${source}: ${line}:${column} ${message}`)
      }
    }
    expect(counts.code).toBeGreaterThan(1000)
    expect(counts.problem).toBeGreaterThan(1000)
  })

  it('ends scripts that nest without end in a problem', () => {
    for (const source of [
      '('.repeat(20_000),
      '['.repeat(20_000),
      '!'.repeat(20_000),
      'if(true){'.repeat(5000),
      '-'.repeat(20_001),
    ]) {
      expect(compileTbel(source, { args: [] })).toMatchObject({ ok: false })
    }
    const mixed = `${'('.repeat(190)}1${`${'+1'.repeat(120)})`.repeat(190)}`
    expect(() => compileTbel(mixed, { args: [] })).not.toThrow()
    const sum = `${'1+'.repeat(20_000)}1`
    expect(compileTbel(sum, { args: [] })).toMatchObject({ ok: false })
    expect(compileTbel('x'.repeat(50_001), { args: [] })).toMatchObject({ ok: false })
  })
})
