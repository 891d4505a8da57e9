import { describe, expect, it } from 'vitest'
import { resourceImportSchema } from './resource.ts'

const file = { type: 'IMAGE', data: 'AAAA' } as const

describe('a resource that a file brings', () => {
  it('has the key of its link where it tells none', () => {
    const link = '/api/images/system/floor_plan_2.svg'
    expect(resourceImportSchema.parse({ ...file, link, title: 'Floor', fileName: 'plan.svg' })).toMatchObject({
      ...{ resourceKey: 'floor_plan_2.svg', fileName: 'plan.svg', title: 'Floor', public: false },
    })
  })
  it('keeps its own key, and reads encoded links', () => {
    const link = '/api/resource/js_module/system/my%20tools.js'
    expect(resourceImportSchema.parse({ ...file, link, resourceKey: 'own.js' })).toMatchObject({
      ...{ resourceKey: 'own.js', fileName: 'own.js', title: 'own.js' },
    })
    expect(resourceImportSchema.parse({ ...file, link }).resourceKey).toBe('my tools.js')
    expect(resourceImportSchema.parse({ ...file, link: '/a/%E0%A4%A' }).resourceKey).toBe('%E0%A4%A')
  })
  it('is called by its title where there is nothing else', () =>
    expect(resourceImportSchema.parse({ ...file, title: 'Roof' })).toMatchObject({
      ...{ resourceKey: 'Roof', fileName: 'Roof' },
    }))
  it('is refused without any name', () =>
    expect(resourceImportSchema.safeParse({ ...file, link: '' }).error?.issues[0]?.path).toEqual(['fileName']))
})
