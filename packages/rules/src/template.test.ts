import { describe, expect, it } from 'vitest'
import { fillTemplate } from './template.ts'

const fill = (
  template: string,
  data = '{"a":{"b":5.0},"t":"x","n":null,"list":[1]}',
  metadata: Record<string, string> = { deviceName: 'A', deviceType: 'T' },
) => fillTemplate(template, { data, metadata })

describe('templates', () => {
  it.each([
    [`\${deviceName}/\${deviceType}`, 'A/T'],
    [`\${missing} \${deviceName.x}`, `\${missing} \${deviceName.x}`],
    [`\${*}`, '{"deviceName":"A","deviceType":"T"}'],
    ['$[a.b] $[t] $[n]', '5.0 x null'],
    ['$[a] $[list] $[list.0] $[nope.deep] $[]', '$[a] $[list] $[list.0] $[nope.deep] $[]'],
    ['$[*]', '{"a":{"b":5.0},"t":"x","n":null,"list":[1]}'],
    [`cost: $5 \${`, `cost: $5 \${`],
  ])('%s becomes %s', (template, text) => expect(fill(template)).toEqual({ ok: true, text }))

  it('expands a data placeholder that a metadata value brings', () => {
    expect(fill(`\${key}`, undefined, { key: '$[a.b]' })).toEqual({ ok: true, text: '5.0' })
  })

  it('takes replacement values literally', () => {
    expect(fill(`[\${key}]`, undefined, { key: '$& $1' })).toEqual({ ok: true, text: '[$& $1]' })
  })

  it.each(['', 'no json', '{"a":1'])('fails on data %j even when it names none of it', (data) => {
    expect(fill('plain', data)).toEqual({ ok: false, message: 'Failed to process pattern!' })
  })

  it('leaves data placeholders alone when the data is no object', () => {
    expect(fill('$[a] $[*]', '[1, 2]')).toEqual({ ok: true, text: '$[a] [1,2]' })
  })

  it('escapes values on request, but not the whole objects', () => {
    const message = { data: '{"q":"say \\"hi\\"\\n"}', metadata: { m: 'a"b' } }
    const filled = fillTemplate(`{"x":"$[q]","m":"\${m}","all":$[*]}`, message, { escapeJson: true })
    expect(filled.ok && JSON.parse(filled.text)).toEqual({ x: 'say "hi"\n', m: 'a"b', all: { q: 'say "hi"\n' } })
  })
})
