import { describe, expect, it } from 'vitest'
import { type FieldKind, type FieldSpec, fromDraft, stepDraft, toDraft } from './field.ts'

const spec = (kind: FieldKind, more: Partial<FieldSpec> = {}): FieldSpec => ({
  ...{ kind, isRequired: false, min: null, max: null, minLength: null, maxLength: null, options: [] },
  ...more,
})

describe('a field', () => {
  it.each<[FieldKind, unknown, unknown]>([
    ['string', 'warm', 'warm'],
    ['string', null, ''],
    ['double', 2.5, '2.5'],
    ['integer', 'many', 'many'],
    ['JSON', '{"a":1}', '{\n  "a": 1\n}'],
    ['JSON', { a: 1 }, '{\n  "a": 1\n}'],
    ['booleanSwitch', 'true', true],
    ['booleanCheckbox', 1, false],
    ['time', 3_661_000, '01:01:01'],
    ['time', -5, ''],
    ['date', 'no day', ''],
    ['select', 3, '3'],
    ['radio', null, null],
    ['color', { odd: 1 }, '{"odd":1}'],
  ])('shows the %s %j as %j', (kind, value, draft) => {
    expect(toDraft(kind, value)).toBe(draft)
  })

  it('sends what it shows', () => {
    const at = new Date(2026, 2, 4, 5, 6, 7).getTime()
    for (const [kind, value] of [
      ['dateTime', at],
      ['date', new Date(2026, 2, 4).getTime()],
      ['time', 3_661_000],
      ['double', -2.5],
      ['JSON', { a: [1] }],
    ] as const)
      expect(fromDraft(spec(kind), toDraft(kind, value))).toEqual({ ok: true, value })
  })

  it('takes a comma for a point, and nothing for null', () => {
    expect(fromDraft(spec('double'), '2,5')).toEqual({ ok: true, value: 2.5 })
    expect(fromDraft(spec('double'), '  ')).toEqual({ ok: true, value: null })
    expect(fromDraft(spec('string'), '')).toEqual({ ok: true, value: null })
  })

  it.each<[Partial<FieldSpec> & { kind: FieldKind }, string, object]>([
    [{ kind: 'string', isRequired: true }, '', { kind: 'required' }],
    [{ kind: 'string', minLength: 3 }, 'ab', { kind: 'short', limit: 3 }],
    [{ kind: 'string', maxLength: 3 }, 'abcd', { kind: 'long', limit: 3 }],
    [{ kind: 'double' }, 'x', { kind: 'number' }],
    [{ kind: 'integer' }, '2.5', { kind: 'integer' }],
    [{ kind: 'integer', min: 3 }, '2', { kind: 'min', limit: 3 }],
    [{ kind: 'integer', max: 3 }, '4', { kind: 'max', limit: 3 }],
    [{ kind: 'JSON' }, '{', { kind: 'json' }],
    [{ kind: 'date' }, '2026-99-99', { kind: 'date' }],
    [{ kind: 'select', options: [{ value: 'a', label: 'A' }] }, 'b', { kind: 'option' }],
  ])('%j refuses %j', (part, draft, problem) => {
    expect(fromDraft(spec(part.kind, part), draft)).toEqual({ ok: false, problem })
  })

  it('steps without gathering errors, within its limits', () => {
    let draft = '0'
    for (let n = 0; n < 10; n++) draft = stepDraft(spec('double'), draft, 0.1)
    expect(draft).toBe('1')
    expect(stepDraft(spec('double', { max: 1 }), draft, 5)).toBe('1')
    expect(stepDraft(spec('double'), 'x', 1)).toBe('x')
  })
})
