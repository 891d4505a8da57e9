import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Meter } from './meter.tsx'
import { placeOf } from './scale.ts'

const draw = (value: number | null, text: string) =>
  renderToStaticMarkup(
    createElement(Meter, {
      label: 'Charge',
      reading: { number: value, text, units: value === null ? '' : '%' },
      place: placeOf(value, 0, 100),
      min: 0,
      max: 100,
      // biome-ignore lint/correctness/noChildrenProp: typed as required, so that none is forgotten
      children: createElement('b', null, 'picture'),
    }),
  )

describe('meter', () => {
  it('says its value and its ends', () => {
    const markup = draw(64, '64')
    expect(markup).toContain('role="meter"')
    expect(markup).toContain('aria-valuenow="64"')
    expect(markup).toContain('aria-valuetext="64 %"')
    expect(markup).toContain('<div aria-hidden="true"')
  })

  it('says that a value is beyond an end, where it stays at that end', () => {
    const markup = draw(340, '340')
    expect(markup).toContain('aria-valuenow="100"')
    expect(markup).toContain('aria-valuetext="340 %, above the scale"')
    expect(draw(-1, '-1')).toContain('below the scale')
  })

  it('is a named picture without a number', () => {
    const markup = draw(null, 'charging')
    expect(markup).toContain('role="img"')
    expect(markup).toContain('aria-label="Charge: charging"')
    expect(markup).not.toContain('aria-valuenow')
  })
})
