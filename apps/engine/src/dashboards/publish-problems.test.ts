import { expect, test } from 'vitest'
import { publishProblems } from './publish-problems.ts'

const document = (configuration: Record<string, unknown>, title = 'Board') => ({
  title,
  image: null,
  mobileHide: false,
  mobileOrder: null,
  configuration,
})

test('a document of every form that ThingsBoard writes is fit', () => {
  for (const configuration of [
    {},
    { widgets: {}, states: {}, entityAliases: {}, filters: {}, settings: {}, timewindow: {} },
    { widgets: null, states: null, timewindow: null, ours: [1], tags: ['a'] },
    { states: { default: { name: 'x', root: true, layouts: { main: {} } } } },
  ])
    expect(publishProblems(document(configuration))).toEqual([])
})

test('every problem is named, the first twenty of them', () => {
  expect(publishProblems(document({ widgets: 1, states: [], settings: 'x' }, '')).length).toBe(4)
  const widgets = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`w${n}`, n]))
  const problems = publishProblems(document({ widgets }))
  expect(problems).toHaveLength(21)
  expect(problems.at(-1)).toBe('And 10 more.')
})
