import { pageFonts } from './page-fonts.ts'

type Area = { left: number; top: number; width: number; height: number }

/** A board as it is drawn, and where its widgets stand, all in px of the page; the picture has `scale` pixels for each. */
export type Capture = {
  canvas: HTMLCanvasElement
  scale: number
  width: number
  height: number
  widgets: readonly Area[]
  ground: string
  ink: string
}

/** Browsers draw no larger pictures. */
const longestEdge = 16_000
const mostPixels = 120_000_000

/** What cannot be copied into a picture: graphics of the graphics card, and frames that hide what is in them. */
const untakable = '.maplibregl-map, iframe'

const frame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()))
const settled = async () => {
  await frame()
  await frame()
}

/** The whole content of a board that scrolls by itself, else what is seen. */
const contentOf = (board: HTMLElement): { scroller: HTMLElement; content: HTMLElement } => {
  const [only, ...others] = [...board.children].filter((one): one is HTMLElement => one instanceof HTMLElement)
  const content = only?.lastElementChild
  if (!only || others.length > 0 || !(content instanceof HTMLElement)) return { scroller: board, content: board }
  return { scroller: only, content }
}

const mostWaited = 6_000

/** Widgets draw once they have been near what is seen; so all of it is, before it is taken. */
const drawAll = async (scroller: HTMLElement, content: HTMLElement) => {
  const former = scroller.scrollTop
  const step = Math.max(200, scroller.clientHeight)
  for (let top = 0; top < scroller.scrollHeight; top += step) {
    scroller.scrollTop = top
    await settled()
    const until = performance.now() + mostWaited
    while (content.querySelector('.animate-shimmer') && performance.now() < until) await settled()
  }
  scroller.scrollTop = former
  await settled()
}

const areaOf = (element: Element, within: DOMRect): Area => {
  const { left, top, width, height } = element.getBoundingClientRect()
  return { left: left - within.left, top: top - within.top, width, height }
}

const groundOf = (element: Element): string => {
  for (let one: Element | null = element; one; one = one.parentElement) {
    const { backgroundColor } = getComputedStyle(one)
    if (backgroundColor !== 'rgba(0, 0, 0, 0)' && backgroundColor !== 'transparent') return backgroundColor
  }
  return '#fff'
}

/** A picture of the board. What cannot be in it is said in its place, by `placeholder`. */
export const captureBoard = async (board: HTMLElement, placeholder: string): Promise<Capture> => {
  const { domToCanvas } = await import('modern-screenshot')
  const { scroller, content } = contentOf(board)
  if (scroller !== content) await drawAll(scroller, content)
  const box = content.getBoundingClientRect()
  const [width, height] = [Math.ceil(box.width), Math.ceil(box.height)]
  const scale = Math.min(2, longestEdge / Math.max(width, height), Math.sqrt(mostPixels / (width * height)))
  const [ground, ink] = [groundOf(content), getComputedStyle(content).color]
  const missing = [...content.querySelectorAll(untakable)].map((element) => areaOf(element, box))
  const widgets = [...content.querySelectorAll('section[data-css-scope]')].map((element) => areaOf(element, box))
  const canvas = await domToCanvas(content, {
    width,
    height,
    scale,
    backgroundColor: ground,
    font: { cssText: await pageFonts() },
    filter: (node) => !(node instanceof Element && node.matches(untakable)),
  })
  drawPlaceholders(canvas, missing, { scale, ink, ground, text: placeholder })
  return { canvas, scale, width, height, widgets, ground, ink }
}

const drawPlaceholders = (
  canvas: HTMLCanvasElement,
  areas: readonly Area[],
  { scale, ink, ground, text }: { scale: number; ink: string; ground: string; text: string },
) => {
  const context = canvas.getContext('2d')
  if (!context) return
  for (const { left, top, width, height } of areas) {
    const at = [left * scale, top * scale, width * scale, height * scale] as const
    context.fillStyle = ground
    context.fillRect(...at)
    context.globalAlpha = 0.06
    context.fillStyle = ink
    context.fillRect(...at)
    context.globalAlpha = 0.7
    context.font = `${12 * scale}px ${fontFamily()}`
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.fillText(text, (left + width / 2) * scale, (top + height / 2) * scale, Math.max(0, (width - 16) * scale))
    context.globalAlpha = 1
  }
}

export const fontFamily = () => getComputedStyle(document.body).fontFamily || 'sans-serif'
