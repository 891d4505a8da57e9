import { describe, expect, it } from 'vitest'
import { inPattern, wholeText } from './completion.ts'

const keys = { metadata: ['deviceName', 'ts'], data: ['temperature', 'tension'] }
const options = (text: string, at = text.length) => inPattern(keys, text, at)?.options ?? null

describe('completion', () => {
  it(`offers keys of the metadata behind \${ and of the data behind $[, and both behind the sign`, () => {
    expect(options(`Is \${de`)).toEqual([`\${deviceName}`])
    expect(options('$[te')).toEqual(['$[temperature]', '$[tension]'])
    expect(options('$')).toHaveLength(4)
    expect(options('$[humidity')).toBeNull()
  })

  it('offers none where no pattern is open', () => {
    expect(options('temperature')).toBeNull()
    expect(options(`\${ts} te`)).toBeNull()
    expect(options('$[temperature]')).toBeNull()
  })

  it('replaces what was begun, with the bracket that stands there already', () => {
    expect(inPattern(keys, `a \${t} b`, 5)).toEqual({ from: 2, to: 6, options: [`\${ts}`] })
    expect(inPattern(keys, `a \${t b`, 5)).toMatchObject({ from: 2, to: 5 })
  })

  it('offers texts that hold what was typed, those that begin so first, and never what stands there', () => {
    expect(wholeText(['a cat', 'cats', 'dog'], 'cat')?.options).toEqual(['cats', 'a cat'])
    expect(wholeText(['cats'], 'cats')).toBeNull()
  })
})
