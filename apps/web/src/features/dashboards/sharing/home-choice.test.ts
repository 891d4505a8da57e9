import { describe, expect, it } from 'vitest'
import { homeIn, startIn, startPath, withHome, withStart } from './home-choice.ts'

const id = '01a2034c-a060-72f4-a23c-336deb086e42'

describe('a home dashboard', () => {
  it('is kept in the members that ThingsBoard reads, and leaves all others alone', () => {
    const info = withHome({ lang: 'en_US' }, id, { hidesToolbar: false })
    expect(info).toEqual({ lang: 'en_US', homeDashboardId: id, homeDashboardHideToolbar: false })
    expect(homeIn(info, id)).toEqual({ hidesToolbar: false })
    expect(withHome(info, id, null)).toEqual({ lang: 'en_US' })
  })

  it('is read in both forms; without a word about the toolbar it is hidden', () => {
    expect(homeIn({ homeDashboardId: { entityType: 'DASHBOARD', id } }, id)).toEqual({ hidesToolbar: true })
    expect(homeIn(null, id)).toBeNull()
  })

  it('of another dashboard stays when this one is taken away', () => {
    const info = { homeDashboardId: 'another', homeDashboardHideToolbar: true }
    expect(withHome(info, id, null)).toEqual(info)
  })
})

describe('what opens after signing in', () => {
  it.each(['none', 'opens', 'fullScreen'] as const)('is kept: %s', (start) => {
    expect(startIn(withStart({ lang: 'en_US' }, id, start), id)).toBe(start)
  })

  it('is taken away without a rest, and only where it is this dashboard', () => {
    expect(withStart(withStart({}, id, 'fullScreen'), id, 'none')).toEqual({})
    expect(withStart({ defaultDashboardId: 'another' }, id, 'none')).toEqual({ defaultDashboardId: 'another' })
  })

  it('leads there, and nowhere else', () => {
    expect(startPath({ defaultDashboardId: id })).toBe(`/dashboards/${id}`)
    expect(startPath({ defaultDashboardId: id, defaultDashboardFullscreen: true })).toBe(`/dashboards/${id}?kiosk=1`)
    expect(startPath({ defaultDashboardId: '../../evil' })).toBeNull()
    expect(startPath(null)).toBeNull()
  })
})
