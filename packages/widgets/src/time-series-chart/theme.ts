export type ChartTheme = {
  text: string
  line: string
  pointer: string
  surface: string
  font: string
  series: string[]
}

const seriesCount = 8

/** Canvas libraries compute with colours and know only old notations: a pixel tells what any notation means. */
const toRgb = (context: CanvasRenderingContext2D | null, color: string): string => {
  if (!context || !color) return '#888888'
  context.clearRect(0, 0, 1, 1)
  context.fillStyle = color
  context.fillRect(0, 0, 1, 1)
  const [r = 0, g = 0, b = 0, a = 255] = context.getImageData(0, 0, 1, 1).data
  return a === 255 ? `rgb(${r},${g},${b})` : `rgba(${r},${g},${b},${(a / 255).toFixed(3)})`
}

/** The design tokens as they stand on the element now. */
export const readTheme = (element: Element): ChartTheme => {
  const style = getComputedStyle(element)
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const token = (name: string) => toRgb(context, style.getPropertyValue(`--tw-${name}`))
  return {
    text: token('ink-3'),
    line: token('line'),
    pointer: token('line-strong'),
    surface: token('surface'),
    font: style.fontFamily,
    series: Array.from({ length: seriesCount }, (_, index) => token(`series-${index + 1}`)),
  }
}
