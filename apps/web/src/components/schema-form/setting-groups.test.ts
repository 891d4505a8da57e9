import { expect, it } from 'vitest'
import { z } from 'zod'
import { formOf } from './form-field.ts'
import { settingGroups } from './setting-groups.ts'

const groupsOf = (...keys: string[]) => {
  const form = formOf(z.object(Object.fromEntries(keys.map((key) => [key, z.string().default('')]))))
  const groups = form.kind === 'object' ? settingGroups(form.members) : null
  return groups?.map(({ word, members }) => [word, ...members.map(({ key }) => key)]) ?? null
}

it('settings of a long form stand together by what they are about', () => {
  expect(
    groupsOf('layout', 'showLabel', 'labelFont', 'labelColor', 'showIcon', 'icon', 'iconSize', 'padding', 'xAxis'),
  ).toEqual([
    ['', 'layout', 'padding', 'xAxis'],
    ['label', 'showLabel', 'labelFont', 'labelColor'],
    ['icon', 'showIcon', 'icon', 'iconSize'],
  ])
})

it('a short form, and one of little in common, stays as it is', () => {
  expect(groupsOf('labelFont', 'labelColor', 'iconSize', 'iconColor')).toBeNull()
  expect(groupsOf('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i')).toBeNull()
})
