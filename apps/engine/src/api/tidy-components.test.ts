import { expect, test } from 'vitest'
import { tidyComponents } from './tidy-components.ts'

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })

test('keeps what is referred to, through other components too', () => {
  const { components } = tidyComponents({
    paths: { '/a': { answer: ref('A') } },
    components: { schemas: { A: { items: ref('B') }, B: { type: 'string' }, C: { type: 'number' } } },
  })
  expect(components.schemas).toEqual({ A: { items: ref('B') }, B: { type: 'string' } })
})

test('an input form that says the same as the output form becomes it', () => {
  const { paths, components } = tidyComponents({
    paths: { '/a': { body: ref('AInput'), answer: ref('A') } },
    components: {
      schemas: {
        A: { items: ref('B') },
        AInput: { items: ref('BInput') },
        B: { type: 'string' },
        BInput: { type: 'string' },
      },
    },
  })
  expect(paths).toEqual({ '/a': { body: ref('A'), answer: ref('A') } })
  expect(Object.keys(components.schemas)).toEqual(['A', 'B'])
})

test('a difference deep inside keeps both forms apart', () => {
  const { components } = tidyComponents({
    paths: { '/a': { body: ref('AInput'), answer: ref('A') } },
    components: {
      schemas: {
        A: { items: ref('B') },
        AInput: { items: ref('BInput') },
        B: { type: 'string' },
        BInput: { type: 'string', default: 'x' },
      },
    },
  })
  expect(Object.keys(components.schemas)).toEqual(['A', 'AInput', 'B', 'BInput'])
})

test('schemas that refer to themselves end', () => {
  const { components } = tidyComponents({
    paths: { '/a': { body: ref('TreeInput') } },
    components: { schemas: { Tree: { items: ref('Tree') }, TreeInput: { items: ref('TreeInput') } } },
  })
  expect(components.schemas).toEqual({ Tree: { items: ref('Tree') } })
})

test('an input form that is alone goes by the plain name', () => {
  const { paths, components } = tidyComponents({
    paths: { '/a': { body: ref('AInput') } },
    components: { schemas: { A: { type: 'string' }, AInput: { type: 'number' } } },
  })
  expect(paths).toEqual({ '/a': { body: ref('A') } })
  expect(components.schemas).toEqual({ A: { type: 'number' } })
})
