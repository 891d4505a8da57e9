import { toCsv } from '@thingwire/ui'
import type { ChartSeries } from './arrange.ts'
import { type Frame, isShown } from './frame.ts'
import { localText } from './zone.ts'
import type { ChartWords } from './words.ts'

/** Points as they came, not as they are drawn: nothing is left out, rounded or cut. */
const rowsOf = (frame: Frame): { ts: number; item: ChartSeries; value: unknown }[] =>
  frame.list
    .filter((item) => isShown(frame, item))
    .flatMap((item) => {
      const range = item.isComparison && frame.comparison ? frame.comparison : frame.range
      return item.series.points.flatMap(([ts, value]) =>
        ts >= range.startTs && ts <= range.endTs ? [{ ts, item, value }] : [],
      )
    })

const columnName = (item: ChartSeries): string => (item.units ? `${item.label} (${item.units})` : item.label)

/** One row a moment, one column a series, times by the clocks of the chart's zone. */
export const tableOf = (frame: Frame, words: ChartWords): { header: string[]; rows: unknown[][] } => {
  const shown = frame.list.filter((item) => isShown(frame, item))
  const places = new Map(shown.map((item, index) => [item.series.id, index + 1]))
  const byTime = new Map<number, unknown[]>()
  for (const { ts, item, value } of rowsOf(frame)) {
    const row = byTime.get(ts) ?? [localText(ts, frame.timeZone), ...shown.map(() => null)]
    row[places.get(item.series.id) ?? 0] = value
    byTime.set(ts, row)
  }
  const times = [...byTime.keys()].sort((a, b) => a - b)
  return {
    header: [`${words('time')} (${frame.timeZone})`, ...shown.map(columnName)],
    rows: times.map((ts) => byTime.get(ts) ?? []),
  }
}

const fileName = (title: string, extension: string): string =>
  `${title.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replaceAll(/^-+|-+$/g, '') || 'chart'}.${extension}`

/** Spreadsheets take the file as UTF-8 only with this mark. */
const byteOrderMark = '\uFEFF'

export const csvFile = (frame: Frame, title: string, words: ChartWords): { name: string; content: Blob } => {
  const { header, rows } = tableOf(frame, words)
  return {
    name: fileName(title, 'csv'),
    content: new Blob([byteOrderMark, toCsv(header, rows)], { type: 'text/csv;charset=utf-8' }),
  }
}

const head = 28
const lineHeight = 20
const pictureScale = 2

/** The picture as it is seen, with title and names of the series, which the canvas itself does not have. */
export const pngFile = async (
  frame: Frame,
  title: string,
  picture: HTMLCanvasElement,
): Promise<{ name: string; content: Blob } | null> => {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  if (!context) return null
  const { width, height } = frame.size
  const shown = frame.list.filter((item) => isShown(frame, item) && item.settings.showInLegend)
  context.font = `12px ${frame.theme.font}`
  const entries = placedEntries(shown, width, (text) => context.measureText(text).width)
  const top = head + (entries.at(-1)?.line ?? -1) * lineHeight + lineHeight
  canvas.width = width * pictureScale
  canvas.height = (top + height) * pictureScale
  context.scale(pictureScale, pictureScale)
  context.fillStyle = frame.theme.tokens.surface
  context.fillRect(0, 0, width, top + height)
  context.fillStyle = frame.theme.tokens.ink
  context.font = `600 13px ${frame.theme.font}`
  context.fillText(title, 12, 19)
  context.font = `12px ${frame.theme.font}`
  for (const { item, x, line } of entries) {
    const y = head + line * lineHeight
    context.fillStyle = item.color
    context.fillRect(x, y + 6, 12, 3)
    context.fillStyle = frame.theme.tokens['ink-2']
    context.fillText(columnName(item), x + 18, y + 12)
  }
  context.drawImage(picture, 0, top, width, height)
  const content = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  return content ? { name: fileName(title, 'png'), content } : null
}

const placedEntries = (list: readonly ChartSeries[], width: number, measure: (text: string) => number) => {
  let x = 12
  let line = 0
  return list.map((item) => {
    const needed = measure(columnName(item)) + 34
    if (x > 12 && x + needed > width) {
      x = 12
      line++
    }
    const placed = { item, x, line }
    x += needed
    return placed
  })
}
