/** One page: a picture that fills it. */
export type PdfPage = { jpeg: Uint8Array; widthPx: number; heightPx: number }

const encoder = new TextEncoder()

/** Text of any script, as the marks of a document need it: UTF-16 in hexadecimal, with its byte order said first. */
const hexText = (text: string): string => {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at).toString(16).padStart(4, '0'))
  return `<feff${units.join('')}>`
}

const dateText = (date: Date): string => `(D:${date.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)}Z)`

/**
 * A PDF whose pages are pictures, with a title. All words are in the pictures, drawn with the fonts of the page, so every
 * script can be read without embedding fonts. Page sizes are in points, of `pageWidth`.
 * @see ISO 32000-1, §7.5 (file structure), §7.4.8 (DCTDecode)
 */
export const pdfOf = (p: {
  title: string
  created: Date
  pages: readonly PdfPage[]
  pageWidth: number
}): Uint8Array => {
  const parts: Uint8Array[] = []
  let length = 0
  const offsets: number[] = []
  const put = (bytes: Uint8Array | string) => {
    const made = typeof bytes === 'string' ? encoder.encode(bytes) : bytes
    parts.push(made)
    length += made.length
  }
  const begin = (id: number) => {
    offsets[id] = length
    put(`${id} 0 obj\n`)
  }
  const object = (id: number, body: string) => {
    begin(id)
    put(`${body}\nendobj\n`)
  }
  const stream = (id: number, members: string, bytes: Uint8Array) => {
    begin(id)
    put(`<< ${members} /Length ${bytes.length} >>\nstream\n`)
    put(bytes)
    put('\nendstream\nendobj\n')
  }
  // 1 catalogue, 2 page tree, 3 marks, then three objects a page.
  const idOf = (page: number) => 4 + page * 3
  put('%PDF-1.4\n')
  // Bytes above 127, so that nothing on the way takes the file for text.
  put(new Uint8Array([0x25, 0xe2, 0xe3, 0xcf, 0xd3, 0x0a]))
  object(1, '<< /Type /Catalog /Pages 2 0 R >>')
  const kids = p.pages.map((_, index) => `${idOf(index)} 0 R`).join(' ')
  object(2, `<< /Type /Pages /Kids [${kids}] /Count ${p.pages.length} >>`)
  object(3, `<< /Title ${hexText(p.title)} /Producer (Thingwire) /CreationDate ${dateText(p.created)} >>`)
  p.pages.forEach(({ jpeg, widthPx, heightPx }, index) => {
    const id = idOf(index)
    const height = Math.round((p.pageWidth * heightPx) / widthPx)
    const box = `[0 0 ${p.pageWidth} ${height}]`
    object(
      id,
      `<< /Type /Page /Parent 2 0 R /MediaBox ${box} /Resources << /XObject << /P ${id + 1} 0 R >> >> /Contents ${id + 2} 0 R >>`,
    )
    const picture = `/Type /XObject /Subtype /Image /Width ${widthPx} /Height ${heightPx} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode`
    stream(id + 1, picture, jpeg)
    stream(id + 2, '', encoder.encode(`q ${p.pageWidth} 0 0 ${height} 0 0 cm /P Do Q`))
  })
  const table = length
  const rows = offsets.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
  put(`xref\n0 ${offsets.length}\n0000000000 65535 f \n${rows.join('')}`)
  put(`trailer\n<< /Size ${offsets.length} /Root 1 0 R /Info 3 0 R >>\nstartxref\n${table}\n%%EOF\n`)
  const file = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    file.set(part, at)
    at += part.length
  }
  return file
}
