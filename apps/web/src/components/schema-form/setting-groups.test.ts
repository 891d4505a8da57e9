import { expect, it } from 'vitest'
import { z } from 'zod'
import { formOf } from './form-field.ts'
import { settingGroups } from './setting-groups.ts'

const groupsOf = (...keys: string[]) => {
  const form = formOf(z.object(Object.fromEntries(keys.map((key) => [key, z.string().default('')]))))
  const groups = form.kind === 'object' ? settingGroups(form.members) : null
  return listed(groups)
}

const listed = (groups: ReturnType<typeof settingGroups>) =>
  groups?.map(({ title, members }) => [title, ...members.map(({ key }) => key)]) ?? null

it('settings of a long form stand together by what they are about', () => {
  expect(
    groupsOf('layout', 'showLabel', 'labelFont', 'labelColor', 'showIcon', 'icon', 'iconSize', 'padding', 'xAxis'),
  ).toEqual([
    ['', 'layout', 'padding', 'xAxis'],
    ['Label', 'showLabel', 'labelFont', 'labelColor'],
    ['Icon', 'showIcon', 'icon', 'iconSize'],
  ])
})

it('a short form, and one of little in common, stays as it is', () => {
  expect(groupsOf('labelFont', 'labelColor', 'iconSize', 'iconColor')).toBeNull()
  expect(groupsOf('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i')).toBeNull()
})

it('larger parts, and settings that name a group, stand in groups of these names', () => {
  const text = z.string().default('')
  const form = formOf(
    z.object({
      ...{ a: text, b: text, c: text, d: text.meta({ group: 'Zoom' }), e: text.meta({ group: 'Zoom' }) },
      grid: z.object({ show: text, width: text, color: text }).meta({ title: 'Frame' }),
      gap: z.object({ x: text, y: text }),
      f: text,
    }),
  )
  expect(listed(form.kind === 'object' ? settingGroups(form.members) : null)).toEqual([
    ['', 'a', 'b', 'c', 'gap', 'f'],
    ['Zoom', 'd', 'e'],
    ['Frame', 'grid'],
  ])
})
