import { type Capture, captureBoard, fontFamily } from './capture-board.ts'
import { pageBreaks } from './page-breaks.ts'
import { pdfOf } from './pdf.ts'

export type ViewFormat = 'png' | 'pdf'
export type ViewWords = {
  title: string
  /** What stands below the title: the time window, and when it was taken. */
  about: string
  /** In the place of what cannot be in a picture. */
  placeholder: string
  pageOf: (page: number, pages: number) => string
}

/** px of the page. */
const headHeight = 64
const margin = 24
/** A4 across, in points. */
const a4 = { width: 842, height: 595 }

/** Title and words above a part of a board, on one canvas. */
const compose = (
  { canvas, scale, width, ground, ink }: Capture,
  part: { top: number; height: number; pageHeight: number },
  words: { title: string; about: string; page: string },
): HTMLCanvasElement => {
  const made = document.createElement('canvas')
  made.width = Math.round((width + 2 * margin) * scale)
  made.height = Math.round(part.pageHeight * scale)
  const context = made.getContext('2d')
  if (!context) throw new Error('The browser draws no pictures')
  context.scale(scale, scale)
  context.fillStyle = ground
  context.fillRect(0, 0, width + 2 * margin, part.pageHeight)
  context.fillStyle = ink
  context.textBaseline = 'alphabetic'
  context.font = `600 20px ${fontFamily()}`
  context.fillText(words.title, margin, 32, width)
  context.globalAlpha = 0.65
  context.font = `12px ${fontFamily()}`
  context.fillText(words.about, margin, 50, width - 80)
  context.textAlign = 'right'
  context.fillText(words.page, margin + width, 50, 80)
  context.globalAlpha = 1
  context.drawImage(
    canvas,
    ...([0, part.top * scale, width * scale, part.height * scale] as const),
    ...([margin, headHeight, width, part.height] as const),
  )
  return made
}

const blobOf = (canvas: HTMLCanvasElement, type: string): Promise<Blob> =>
  new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The picture is too large for the browser'))),
      type,
      0.92,
    )
  })

const pngOf = (capture: Capture, words: ViewWords): Promise<Blob> => {
  const whole = { top: 0, height: capture.height, pageHeight: headHeight + capture.height + margin }
  return blobOf(compose(capture, whole, { ...words, page: '' }), 'image/png')
}

const pdfBlobOf = async (capture: Capture, words: ViewWords, created: Date): Promise<Blob> => {
  const pageHeight = Math.round(((capture.width + 2 * margin) * a4.height) / a4.width)
  const room = pageHeight - headHeight - margin
  const spans = capture.widgets.map(({ top, height }) => ({ top, bottom: top + height }))
  const breaks = pageBreaks(capture.height, room, spans)
  const tops = [0, ...breaks]
  const pages = []
  for (const [index, top] of tops.entries()) {
    const height = Math.min(room, (breaks[index] ?? capture.height) - top)
    const page = words.pageOf(index + 1, tops.length)
    const canvas = compose(capture, { top, height, pageHeight }, { ...words, page })
    const jpeg = new Uint8Array(await (await blobOf(canvas, 'image/jpeg')).arrayBuffer())
    pages.push({ jpeg, widthPx: canvas.width, heightPx: canvas.height })
  }
  const file = pdfOf({ title: words.title, created, pages, pageWidth: a4.width })
  return new Blob([Uint8Array.from(file)], { type: 'application/pdf' })
}

const nameOf = (title: string, now: Date, format: ViewFormat) =>
  `${title.replaceAll(/[^\p{L}\p{N}]+/gu, '_').toLowerCase()}_${now.toISOString().slice(0, 10)}.${format}`

/** The board as it is drawn now, as a file: one picture, or pages. */
export const exportView = async (
  board: HTMLElement,
  format: ViewFormat,
  words: ViewWords,
): Promise<{ name: string; content: Blob }> => {
  const now = new Date()
  const capture = await captureBoard(board, words.placeholder)
  const content = format === 'png' ? await pngOf(capture, words) : await pdfBlobOf(capture, words, now)
  return { name: nameOf(words.title, now, format), content }
}
