import type { WidgetCard } from '@thingwire/dashboards'
import { describe, expect, it } from 'vitest'
import { cardLook } from './card-look.ts'

const stock: WidgetCard = {
  title: 'T',
  showTitle: true,
  titleFont: null,
  titleColor: null,
  titleStyle: {},
  titleTooltip: null,
  titleIcon: null,
  showTitleIcon: false,
  iconColor: null,
  iconSize: null,
  dropShadow: true,
  enableFullscreen: true,
  color: 'rgba(0, 0, 0, 0.87)',
  backgroundColor: '#fff',
  padding: '8px',
  margin: '0px',
  borderRadius: '4px',
  widgetStyle: {},
  widgetCss: null,
}

describe('the card around a widget', () => {
  it('is ours where the file has what every file has', () => {
    const look = cardLook(stock, 'dark')
    expect(look).toMatchObject({ theme: 'dark', isBare: false, card: { color: 'var(--tw-ink)' }, body: {} })
    expect(look.card).not.toHaveProperty('backgroundColor')
  })

  it('has the ground that was chosen, in the theme that can be read on it', () => {
    const look = cardLook({ ...stock, backgroundColor: '#e6f4ff', padding: '24px', borderRadius: '12px' }, 'dark')
    expect(look).toMatchObject({
      theme: 'light',
      card: { backgroundColor: 'rgb(230, 244, 255)', borderRadius: '12px' },
      body: { padding: '24px' },
    })
  })

  it('is none on a transparent ground', () => {
    expect(cardLook({ ...stock, backgroundColor: 'rgba(255,255,255,0)' }, 'light').isBare).toBe(true)
  })

  it('takes no styles that leave it', () => {
    const { card } = cardLook(
      { ...stock, widgetStyle: { position: 'fixed', background: 'url(//x)', cursor: 'pointer' } },
      'light',
    )
    expect(card).toMatchObject({ cursor: 'pointer' })
    expect(card).not.toHaveProperty('position')
    expect(card).not.toHaveProperty('background')
  })

  it('keeps odd sizes of icons and fonts within bounds', () => {
    const look = cardLook({ ...stock, iconSize: '9999px', titleFont: { size: 1e9, weight: '600' } }, 'light')
    expect(look.icon.size).toBe(64)
    expect(look.title).toEqual({ fontWeight: '600' })
  })
})
