import type { Page } from '@playwright/test'
import { z } from 'zod'

/** How what was set can be seen in the card of a widget; of a drawing, what was painted last counts. */
export type Sign =
  | { kind: 'text'; text: string }
  | { kind: 'pattern'; pattern: string }
  | { kind: 'painted'; color: string }
  | { kind: 'there' | 'gone'; selector: string }
  | { kind: 'width'; isLarger: boolean }

declare global {
  var benchPainted: Set<string> | undefined
  var benchShown: Promise<number> | undefined
}

/** Notes which colours drawings use. Has to be told of before the page is opened. */
export const notePainting = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const painted = new Set<string>()
    globalThis.benchPainted = painted
    const { prototype } = CanvasRenderingContext2D
    const member = Object.getOwnPropertyDescriptor(prototype, 'strokeStyle')
    if (!member) return
    Object.defineProperty(prototype, 'strokeStyle', {
      ...member,
      set(this: CanvasRenderingContext2D, value) {
        member.set?.call(this, value)
        painted.add(String(member.get?.call(this)))
      },
    })
  })

/**
 * From the first event of an action to the end of the first frame in which the card shows its sign, ms. Frames are
 * looked at once they are painted: a message that is sent from a frame comes after it.
 */
export const shownAfter = async (page: Page, widgetId: string, sign: Sign, act: () => Promise<unknown>) => {
  await page.evaluate(
    ([id, wanted]) => {
      globalThis.benchPainted?.clear()
      const card = document.querySelector(`section[data-css-scope="${id}"]`)
      const width = card?.getBoundingClientRect().width ?? 0
      const shows = (): boolean => {
        if (!card) return false
        if (wanted.kind === 'text') return card.textContent.includes(wanted.text)
        if (wanted.kind === 'pattern') return new RegExp(wanted.pattern).test(card.textContent)
        if (wanted.kind === 'painted') return globalThis.benchPainted?.has(wanted.color) ?? false
        if (wanted.kind === 'width') {
          const now = card.getBoundingClientRect().width
          return wanted.isLarger ? now > width + 1 : now < width - 1
        }
        return (card.querySelector(wanted.selector) !== null) === (wanted.kind === 'there')
      }
      let began: number | null = null
      const kinds = ['keydown', 'pointerdown', 'input', 'change'] as const
      const begin = (event: Event) => {
        began ??= event.timeStamp
      }
      for (const kind of kinds) addEventListener(kind, begin, { capture: true })
      globalThis.benchShown = new Promise((done) => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => {
          if (began !== null && shows()) {
            for (const kind of kinds) removeEventListener(kind, begin, { capture: true })
            done(performance.now() - began)
          } else requestAnimationFrame(() => port2.postMessage(null))
        }
        requestAnimationFrame(() => port2.postMessage(null))
      })
    },
    [widgetId, sign] as const,
  )
  await act()
  const shown = page.evaluate(() => globalThis.benchShown)
  const late = page.waitForTimeout(20_000).then(() => Promise.reject(new Error(`Never shown: ${JSON.stringify(sign)}`)))
  return z.number().parse(await Promise.race([shown, late]))
}
