// @vitest-environment jsdom
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { queryHelpers } from './query-helpers.ts'

const run = (code: string): unknown => new Function(code)()

beforeAll(() => {
  run(queryHelpers)
})
beforeEach(() => {
  document.body.innerHTML = '<div class="card" id="box"><p class="count">3</p><p class="count">4</p></div>'
})

describe('$ in documents of files', () => {
  it('reads and paints elements as cards of files do', () => {
    run(`
      var counter = $('.count')
      if (+counter.first().text() > 2) counter.css('color', 'red').css({ fontSize: 20, opacity: 0.5 }).addClass('bad worse')
    `)
    const [count] = document.querySelectorAll<HTMLElement>('.count')
    expect([count?.style.color, count?.style.fontSize, count?.style.opacity]).toEqual(['red', '20px', '0.5'])
    expect(count?.className).toBe('count bad worse')
  })
  it('finds within an element, from an element up, and makes new ones', () => {
    expect(run("return $('.count', document.body).length")).toBe(2)
    expect(run("return $($('.count')[0]).closest('.card').attr('id')")).toBe('box')
    run("$('#box').append('<b>new</b>').find('b').text('made')")
    expect(document.querySelector('#box b')?.textContent).toBe('made')
    expect(run("return $('#nobody').text() + $('#nobody').css('color', 'red').length")).toBe('0')
  })
  it('listens, and starts when the document is there', () => {
    run("$(function ($) { $('#box').on('click', function () { $(this).toggleClass('on') }) })")
    document.querySelector<HTMLElement>('#box')?.click()
    expect(document.querySelector('#box')?.classList.contains('on')).toBe(true)
  })
})
