import { describe, expect, it } from 'vitest'
import { pageBreaks } from './page-breaks.ts'
import { pdfOf } from './pdf.ts'

const jpeg = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0xff, 0xd9])
const made = pdfOf({
  title: 'Müll & 温度 (A) \\',
  created: new Date('2026-11-22T10:00:00Z'),
  pageWidth: 842,
  pages: [
    { jpeg, widthPx: 1684, heightPx: 1190 },
    { jpeg, widthPx: 1684, heightPx: 842 },
  ],
})
const text = new TextDecoder('latin1').decode(made)

describe('a PDF of pictures', () => {
  it('begins and ends as one, with as many pages as pictures, in their shape', () => {
    expect(text.slice(0, 5)).toBe('%PDF-')
    expect(text.trimEnd().endsWith('%%EOF')).toBe(true)
    expect(text.match(/\/Type \/Page /g)).toHaveLength(2)
    expect(text).toContain('/MediaBox [0 0 842 595]')
    expect(text).toContain('/MediaBox [0 0 842 421]')
  })

  it('has a table that finds every object where it is', () => {
    const start = Number(/startxref\n(\d+)/.exec(text)?.[1])
    expect(text.slice(start, start + 4)).toBe('xref')
    const rows = [...text.slice(start).matchAll(/^(\d{10}) 00000 n/gm)].map(([, offset]) => Number(offset))
    expect(rows).toHaveLength(9)
    rows.forEach((offset, index) => {
      expect(text.slice(offset).startsWith(`${index + 1} 0 obj`)).toBe(true)
    })
  })

  it('holds the pictures as they are, and a title of any script', () => {
    const at = text.indexOf('/DCTDecode')
    const begin = text.indexOf('stream\n', at) + 'stream\n'.length
    expect([...made.slice(begin, begin + jpeg.length)]).toEqual([...jpeg])
    expect(text).toContain(`/Length ${jpeg.length} >>`)
    // U+6E29, U+5EA6
    expect(text).toMatch(/\/Title <feff[\da-f]*6e295ea6[\da-f]*>/)
  })
})

describe('where a board is cut into pages', () => {
  const span = (top: number, bottom: number) => ({ top, bottom })

  it('is nowhere when it fits one', () => {
    expect(pageBreaks(500, 500, [span(0, 500)])).toEqual([])
  })

  it('is above a widget that would be cut', () => {
    expect(pageBreaks(900, 500, [span(0, 300), span(300, 600), span(600, 900)])).toEqual([300, 600])
    expect(pageBreaks(900, 500, [span(0, 400), span(350, 700), span(420, 900)])).toEqual([350, 850])
  })

  it('goes through what is higher than a page, and always comes to an end', () => {
    expect(pageBreaks(1_200, 500, [span(0, 1_200)])).toEqual([500, 1_000])
    expect(pageBreaks(2_000, 500, [span(0, 10), span(10, 2_000)])).toEqual([500, 1_000, 1_500])
  })
})
