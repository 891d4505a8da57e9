// @vitest-environment jsdom
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type FormUnderTest, renderForm } from './form-under-test.tsx'

let form: FormUnderTest | undefined
afterEach(async () => form?.unmount())

const label = (title: string) => ({ title, description: `About ${title}.` })
const of = async (shape: z.ZodRawShape, value: unknown, showsAll = false) => {
  form = await renderForm(z.object(shape), value, { showsAll })
  return form
}

describe('a union', () => {
  const shape = {
    sign: z
      .discriminatedUnion('type', [
        z.object({ type: z.literal('NOBODY') }),
        z.object({ type: z.literal('basic'), user: z.string().min(1).meta(label('User')) }),
        z.object({
          type: z.literal('key'),
          file: z.string().meta(label('File')),
          user: z.string().meta(label('User')),
        }),
      ])
      .meta(label('Sign in')),
  }

  it('shows the settings of what is chosen, and brings back what was entered', async () => {
    const on = await of(shape, { sign: { type: 'basic', user: 'me', elsewhere: 1 } })
    expect(on.names()).toEqual(['Sign in', 'User'])
    await on.enter('Sign in', 'NOBODY')
    expect(on.names()).toEqual(['Sign in'])
    expect(on.seen.value).toEqual({ sign: { type: 'NOBODY', elsewhere: 1 } })
    await on.enter('Sign in', 'key')
    expect(on.seen.value).toEqual({ sign: { type: 'key', file: '', user: '', elsewhere: 1 } })
    await on.enter('Sign in', 'basic')
    expect(on.seen.value).toEqual({ sign: { type: 'basic', user: 'me', elsewhere: 1 } })
  })

  it('carries a member over to a variant where it is the same setting, and to no other', async () => {
    const text = (title: string) => z.string().nullish().meta(label(title))
    const on = await of(
      {
        sign: z
          .discriminatedUnion('type', [
            z.object({ type: z.literal('basic'), user: text('User'), password: text('Password') }),
            z.object({ type: z.literal('pem'), user: text('User'), password: text('Password of the key') }),
          ])
          .meta(label('Sign in')),
      },
      { sign: { type: 'basic', user: 'me', password: 'word' } },
    )
    await on.enter('Sign in', 'pem')
    expect(on.seen.value).toEqual({ sign: { type: 'pem', user: 'me' } })
  })

  it('keeps a variant that it does not know, and offers it', async () => {
    const stored = { sign: { type: 'finger', print: 'loop' } }
    const on = await of(shape, stored)
    expect(on.control('Sign in').value).toBe('finger')
    await on.leaveAll()
    expect(on.seen).toEqual({ value: stored, changes: 0 })
  })

  it('says what is wrong within', async () => {
    const on = await of(shape, { sign: { type: 'basic', user: 'me' } })
    await on.enter('User', '')
    expect(on.alerts()).toEqual([])
    await on.leave('User')
    expect(on.alerts()).toHaveLength(1)
    expect(on.control('User').getAttribute('aria-invalid')).toBe('true')
    await on.enter('User', 'you')
    expect(on.alerts()).toEqual([])
  })
})

describe('a list of objects', () => {
  const shape = {
    steps: z
      .array(z.object({ name: z.string().min(1).meta(label('Name')), note: z.string().nullish().meta(label('Note')) }))
      .nullish()
      .meta(label('Steps')),
  }

  it('takes items in and out, and says which one is wrong', async () => {
    const on = await of(shape, { steps: [{ name: 'one', old: 1 }] }, true)
    await on.click('Add to Steps')
    expect(on.seen.value).toEqual({ steps: [{ name: 'one', old: 1 }, { name: '' }] })
    expect(on.alerts()).toHaveLength(1)
    await on.click('Remove Steps 1')
    expect(on.seen.value).toEqual({ steps: [{ name: '' }] })
    await on.enter('Name', 'two')
    expect(on.seen.value).toEqual({ steps: [{ name: 'two' }] })
    expect(on.alerts()).toEqual([])
  })
})

describe('texts', () => {
  it('become chips by Enter and when the control is left, and go again', async () => {
    const on = await of({ keys: z.array(z.string()).nullish().meta(label('Keys')) }, { keys: ['one'] })
    await on.enter('Keys', ' two ')
    await on.press('Keys', 'Enter')
    await on.enter('Keys', 'three')
    await on.leave('Keys')
    await on.click('Remove one')
    expect(on.seen.value).toEqual({ keys: ['two', 'three'] })
  })

  it('of a few are ticked; one that is none of them stays until it is taken away', async () => {
    const on = await of({ of: z.array(z.enum(['NEW_ONE', 'OLD'])).meta(label('Sorts')) }, { of: ['OLD', 'GONE'] })
    await on.click('New one')
    expect(on.seen.value).toEqual({ of: ['OLD', 'GONE', 'NEW_ONE'] })
    expect(on.alerts()).toHaveLength(1)
    await on.click('Gone')
    expect(on.seen.value).toEqual({ of: ['OLD', 'NEW_ONE'] })
    expect(on.alerts()).toEqual([])
  })
})

describe('a map', () => {
  const shape = { names: z.record(z.string(), z.string()).nullish().meta(label('Names')) }

  it('keeps rows in sight that it cannot hold, and tells of a name that stands there twice', async () => {
    const on = await of(shape, { names: { a: '1' } })
    await on.click('Add to Names')
    expect(on.seen.changes).toBe(0)
    await on.enter('Names, name 2', 'a')
    expect(on.alerts()).toHaveLength(1)
    expect(on.control('Names, name 1').value).toBe('a')
    await on.enter('Names, name 2', 'b')
    await on.enter('Names, value 2', '2')
    expect(on.alerts()).toEqual([])
    expect(on.seen.value).toEqual({ names: { a: '1', b: '2' } })
    await on.click('Remove Names 1')
    expect(on.seen.value).toEqual({ names: { b: '2' } })
  })

  it('takes names that mean something to objects', async () => {
    const on = await of(shape, { names: {} })
    await on.click('Add to Names')
    await on.enter('Names, name 1', '__proto__')
    await on.enter('Names, value 1', 'x')
    expect(JSON.stringify(on.seen.value)).toBe('{"names":{"__proto__":"x"}}')
  })
})

describe('an object that may be left open', () => {
  it('is set and removed', async () => {
    const on = await of(
      {
        to: z
          .object({ kind: z.literal('MODEL').meta(label('Kind')), id: z.guid().meta(label('Id')) })
          .nullish()
          .meta(label('Model')),
      },
      { to: null },
    )
    await on.click('Set Model')
    expect(on.seen.value).toEqual({ to: { kind: 'MODEL', id: '' } })
    expect(on.control('Kind').value).toBe('MODEL')
    await on.click('Remove Model')
    expect(on.seen.value).toEqual({ to: null })
  })
})

describe('a secret', () => {
  const shape = {
    word: z.string().meta({ ...label('Word'), writeOnly: true }),
    key: z.string().meta({ ...label('Key'), writeOnly: true }),
  }

  it('is masked until somebody asks to see it, and keeps its lines', async () => {
    const on = await of(shape, { word: 'hidden', key: 'first\nsecond' })
    expect(on.control('Word').getAttribute('type')).toBe('password')
    expect(on.control('Key')).toMatchObject({ tagName: 'TEXTAREA', value: 'first\nsecond' })
    expect(on.control('Key').className).toContain('text-security')
    await on.click('Show Word')
    await on.click('Show Key')
    expect(on.control('Word').getAttribute('type')).toBe('text')
    expect(on.control('Key').className).not.toContain('text-security')
  })
})

describe('a number', () => {
  it('is left open by an empty control, as null only where the schema takes that', async () => {
    const on = await of(
      { most: z.number().nullish().meta(label('Most')), least: z.number().default(3).meta(label('Least')) },
      { most: 1, least: 2 },
    )
    await on.enter('Most', '')
    await on.enter('Least', '')
    expect(on.seen.value).toEqual({ most: null })
    expect(on.control('Least').getAttribute('placeholder')).toBe('Default: 3')
  })

  it('may be typed digit by digit', async () => {
    const on = await of({ most: z.number().meta(label('Most')) }, { most: 1 })
    await on.enter('Most', '1.')
    expect(on.control('Most').value).toBe('1.')
    await on.enter('Most', '1.50')
    expect(on.control('Most').value).toBe('1.50')
    expect(on.seen.value).toEqual({ most: 1.5 })
  })
})

describe('anything else', () => {
  it('is edited as JSON, and a text that is none is refused', async () => {
    const on = await of({ free: z.record(z.string(), z.unknown()).meta(label('Free')) }, { free: { a: [1] } })
    await on.enter('Free', '{"a":')
    expect(on.alerts()[0]).toMatch(/^This is not JSON/)
    expect(on.control('Free').value).toBe('{"a":')
    await on.enter('Free', '{"a": [1, 2]}')
    expect(on.alerts()).toEqual([])
    expect(on.control('Free').value).toBe('{"a": [1, 2]}')
    expect(on.seen.value).toEqual({ free: { a: [1, 2] } })
  })
})

describe('scripts', () => {
  const text = (key: string) =>
    z
      .string()
      .nullish()
      .meta({ ...label(key), editor: 'script' })
  const shape = {
    scriptLang: z.enum(['TBEL', 'JS']).nullish().meta(label('Language')),
    jsScript: text('JavaScript'),
    tbelScript: text('TBEL'),
  }

  it('stand there in the language that is chosen, and both are kept', async () => {
    const stored = { scriptLang: null, jsScript: 'return 1', tbelScript: 'return 2' }
    const on = await of(shape, stored)
    expect(on.names()).toEqual(['Language', 'JavaScript'])
    await on.enter('Language', 'TBEL')
    expect(on.names()).toEqual(['Language', 'TBEL'])
    await on.enter('TBEL', 'return 3')
    expect(on.seen.value).toEqual({ scriptLang: 'TBEL', jsScript: 'return 1', tbelScript: 'return 3' })
  })
})
